from vitalfew.outbox.work import ask_for_next


def begin() -> None:
    """The worker sends what waited while none was there."""
    ask_for_next()
