from vitalfew.reports.work import ask_daily, ask_for_waiting


def begin() -> None:
    """What was left waiting, and what is due, whenever the worker begins; then every morning."""
    ask_for_waiting()
    ask_daily()
