"""Plans that somebody must be told of: the customer objects to what it was shown of one."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils import timezone

from vitalfew.language import Message
from vitalfew.plans.models import SharedSection
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import CONCERNED, ITS_MANAGER, Alarming, Matter
from vitalfew.terms import gettext_noop as _

OBJECTS: Final = _("{account} objects to a section of the plan {plan}")


def objected(_threshold: float, _back: date | None) -> Iterator[Matter]:
    """As long as the section is shown as it was objected to; shown anew, or no longer, it is answered."""
    rows = SharedSection.objects.filter(agreed=False, plan__put_away_at=None).select_related(
        "plan__account", "plan__owner"
    )
    for row in rows.order_by("pk"):
        said = Message(OBJECTS, {"account": row.plan.account.name, "plan": row.plan.title})
        owner = (row.plan.owner.username,) if row.plan.owner else ()
        since = timezone.localdate(row.answered_at) if row.answered_at else None
        yield Matter(f"section:{row.pk}", said, since, row.plan.account.code, row.plan.get_absolute_url(), owner)


ALARMING: Final = (
    Alarming(
        "plan-objected", _("The customer objects to the plan"), _("Talk about it, change the plan, and show it anew"),
        AccountPlanRight.SEE, objected, (CONCERNED, ITS_MANAGER), by_people=True, from_start=True,
    ),
)  # fmt: skip
