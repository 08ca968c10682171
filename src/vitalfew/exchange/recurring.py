from vitalfew.exchange.background import ask_to_look, ask_to_work_out


def begin() -> None:
    """What is owed, and what each exchange changed, is looked at whenever the worker begins, and every morning from then on."""
    ask_to_look()
    ask_to_work_out()
