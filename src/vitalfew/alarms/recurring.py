from vitalfew.alarms.work import ask_for_look


def begin() -> None:
    """The worker looks at what stands from now on."""
    ask_for_look()
