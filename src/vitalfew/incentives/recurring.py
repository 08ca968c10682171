from vitalfew.incentives.background import ask_for_accrual


def begin() -> None:
    """What is earned is accrued whenever the worker begins, and every day from then on."""
    ask_for_accrual()
