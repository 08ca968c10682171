from vitalfew.exchange.background import ask_to_look


def begin() -> None:
    """What is owed is looked at whenever the worker begins, and every morning from then on."""
    ask_to_look()
