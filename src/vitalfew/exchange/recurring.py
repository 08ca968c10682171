from vitalfew.exchange.background import ask_for_folders, ask_to_look, ask_to_work_out


def begin() -> None:
    """All is looked at whenever the worker begins, then every morning; the folders every few minutes."""
    ask_for_folders()
    ask_to_look()
    ask_to_work_out()
