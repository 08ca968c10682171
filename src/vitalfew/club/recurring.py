from vitalfew.club.background import ask_to_settle


def begin() -> None:
    """The rules are asked whenever the worker begins, and every night from then on."""
    ask_to_settle()
