from vitalfew.alarms import actions
from vitalfew.alarms.work import ask_for_look


def begin() -> None:
    """The worker looks at what stands from now on."""
    actions.begin()
    ask_for_look()
