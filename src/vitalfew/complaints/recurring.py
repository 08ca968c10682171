from vitalfew.complaints.background import ask_to_group


def begin() -> None:
    """Texts are looked at whenever the worker begins, and every night from then on."""
    ask_to_group()
