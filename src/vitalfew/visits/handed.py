from typing import Any

from django.utils import timezone

from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _
from vitalfew.visits.models import OPEN, Visit, VisitAccount


def _ahead(account: Any, giver: Any) -> Any:
    """Those to this account alone; a round table stays with who invited to it."""
    rows = Visit.objects.filter(leader=giver, state__in=OPEN, day__gte=timezone.localdate(), put_away_at=None)
    others = VisitAccount.objects.exclude(account=account).values("visit")
    return rows.filter(accounts=account).exclude(pk__in=others)


def _not_twice(visit: Any, successor: Any) -> None:
    """Who leads a visit does not go along as well."""
    visit.companions.remove(successor)


HANDED = (Handed(_("Planned visits"), "leader", _ahead, _not_twice),)
