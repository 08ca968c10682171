from vitalfew.documents.work import ask_for_all


def begin() -> None:
    """What was kept before is read once."""
    ask_for_all()
