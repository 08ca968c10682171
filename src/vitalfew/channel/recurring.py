from vitalfew.channel.background import ask_to_renew


def begin() -> None:
    """Who goes first is taken anew whenever the worker begins, and every night from then on."""
    ask_to_renew()
