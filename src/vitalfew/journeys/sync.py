from vitalfew.journeys.background import ask_to_follow
from vitalfew.warehouse.sources import Source


def sync(source: Source) -> int:  # noqa: ARG001  (read again in the background, once the figures are whole)
    """After an import, orders may have been promised, delivered, or new."""
    ask_to_follow()
    return 0
