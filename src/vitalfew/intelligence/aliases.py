from vitalfew.intelligence.models import Competitor
from vitalfew.warehouse.merged import COMPETITOR


def aliases() -> dict[str, dict[str, str]]:
    """Each name of a competitor that was made one with another, and the name that stands for both."""
    rows = Competitor.objects.exclude(merged_into=None).select_related("merged_into").order_by("pk")
    return {COMPETITOR: {row.name: row.standing.name for row in rows}}
