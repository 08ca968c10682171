"""That a shelf will be empty, before it is."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q

from vitalfew.language import Count, Day, Message
from vitalfew.people.roles import Role
from vitalfew.rooms import Alarming, Matter, Urgency
from vitalfew.supply.models import Drawing, Stocked
from vitalfew.supply.rights import SupplyRight
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

AHEAD: Final = 7.0


def empty_shelves(days: float, back: date | None) -> Iterator[Matter]:
    """Products to be ordered within so many days, or they will be empty; since a day also those that will not any more."""
    drawing = Drawing.objects.first()
    if drawing is None:
        return
    stands = Q(order_by__lte=drawing.as_of + timedelta(days=days))
    ended = Q(short_until__gte=back) if back else Q(pk=None)
    for row in Stocked.objects.filter(stands | ended).exclude(short_since=None):
        yield _matter(row)


def _matter(row: Stocked) -> Matter:
    figures: dict[str, Any] = {"product": str(row), "n": Count(row.missing)}
    if row.short_until is not None or row.empty_on is None:
        said = Message(_("{product} does not run short any more"), figures)
        return Matter(f"stock:{row.code}", said, row.short_since, url=row.get_absolute_url(), until=row.short_until)
    figures |= {"day": Day(day_number(row.empty_on)), "by": Day(day_number(row.order_by or row.empty_on))}
    said = Message(
        _("{product} will be empty on {day}, {n} are missing within twelve weeks: goods must be ordered by {by}"),
        figures,
    )
    return Matter(f"stock:{row.code}", said, row.short_since, url=row.get_absolute_url())


ALARMING: Final = (
    Alarming(
        "shelf-empty", _("A shelf will be empty"), _("Order or make more, or share out what there is"), SupplyRight.WORK,
        empty_shelves, (f"role:{Role.SUPPLY}", f"role:{Role.DIRECTOR}"), Urgency.URGENT,
        threshold=_("Days left to order"), usual=AHEAD, least=0.0, most=84.0, from_start=True,
    ),
)  # fmt: skip
