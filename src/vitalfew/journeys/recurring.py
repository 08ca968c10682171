from vitalfew.journeys.background import ask_to_follow


def begin() -> None:
    """The facts are asked whenever the worker begins, and every night from then on."""
    ask_to_follow()
