from collections.abc import Iterator

from vitalfew.campaigns import questions
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.people.models import User
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """By name, aim and lessons; the latest first."""
    if not user.may(CampaignRight.SEE):
        return
    for row in questions.found(questions.campaigns(user), text).order_by("-since", "-pk")[:most]:
        yield Hit("campaign", str(row.pk), row.name, row.since.isoformat(), row.get_absolute_url())
