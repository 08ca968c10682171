from vitalfew.surveys.work import ask


def begin() -> None:
    """People are reminded whenever the worker begins, and every morning from then on."""
    ask()
