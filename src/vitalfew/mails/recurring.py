from vitalfew.mails.work import ask_for_fetch


def begin() -> None:
    """The worker fetches mail from now on."""
    ask_for_fetch()
