from vitalfew.milestones.following import follow


def begin() -> None:
    """What the facts tell is noted, and what passed is counted, whenever the worker begins."""
    follow()
