"""Another person or week by hand: the first day there that has room, and what stands in the way."""

from datetime import date, timedelta
from typing import Final

from django.utils import timezone

from vitalfew.accounts.models import Absence, Account
from vitalfew.department.workdays import calendar
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.visit_plans.models import WEEK, Proposal
from vitalfew.visit_plans.words import ProposalState
from vitalfew.visits.models import Visit
from vitalfew.visits.words import VisitState

DAY: Final = timedelta(days=1)


def day_for(row: Proposal, person: User, monday: date) -> date:
    """The first day of the week on which the person has room, one already spent in the region before others."""
    if monday not in row.plan.mondays or not row.plan.people.filter(pk=person.pk).exists():
        raise NotPossible(_("This person or week is not in the plan"))
    if not Account.objects.visible_to(person).filter(pk=row.account_id).exists():
        raise NotPossible(_("This colleague does not see the account: add him or her to its team first"))
    _alone(row, monday)
    taken = _taken(row, person, monday)
    if sum(map(len, taken.values())) >= row.plan.most_a_week:
        raise NotPossible(_("This week is full"))
    free = [day for day in _days(person, monday) if len(taken.get(day, ())) < row.plan.most_a_day]
    if not free:
        raise NotPossible(_("No working day of this person has room in this week"))
    return min(free, key=lambda day: (row.account.region not in taken.get(day, ()), bool(taken.get(day)), day))


def _alone(row: Proposal, monday: date) -> None:
    """Nobody else of ours calls there in that week."""
    others = Proposal.objects.filter(plan=row.plan, account=row.account, day__range=(monday, monday + WEEK - DAY))
    if others.exclude(pk=row.pk).exclude(state=ProposalState.REJECTED).exists() or stands(
        row, monday, monday + WEEK - DAY
    ):
        raise NotPossible(_("Another visit to this account stands in this week"))


def stands(row: Proposal, since: date, until: date) -> bool:
    """Whether a visit to the account, other than this one, is planned or held on these days."""
    visits = Visit.objects.filter(put_away_at=None, parts__account=row.account_id, day__range=(since, until))
    return visits.exclude(state=VisitState.CANCELLED).exclude(pk=row.visit_id or 0).exists()


def _taken(row: Proposal, person: User, monday: date) -> dict[date, list[str]]:
    """The regions of the person's visits by day: those proposed, and those that stand."""
    span = (monday, monday + WEEK - DAY)
    proposed = Proposal.objects.filter(plan=row.plan, person=person, state=ProposalState.OPEN, day__range=span)
    standing = Visit.objects.of_ours(person).filter(put_away_at=None, day__range=span)
    standing = standing.exclude(state=VisitState.CANCELLED)
    found: dict[date, list[str]] = {}
    for day, region in [
        *proposed.exclude(pk=row.pk).values_list("day", "account__region"),
        *standing.values_list("day", "parts__account__region"),
    ]:
        found.setdefault(day, []).append(region or "")
    return found


def _days(person: User, monday: date) -> list[date]:
    """The worked days of the week that lie ahead and on which the person is there."""
    since = max(monday, timezone.localdate() + DAY)
    away = Absence.objects.filter(put_away_at=None, user=person, since__lte=monday + WEEK, until__gte=since)
    spans = [(each.since, each.until) for each in away]
    days = calendar().days(since, monday + WEEK - DAY)
    return [day for day in days if not any(first <= day <= last for first, last in spans)]
