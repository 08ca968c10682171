"""Changes to the department: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction

from vitalfew.accounts.actions import assign
from vitalfew.accounts.models import Absence, Account
from vitalfew.department import questions
from vitalfew.department.models import Capacity, FirmDays
from vitalfew.department.rights import DepartmentRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS, Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

A_YEAR: Final = timedelta(days=366)


@transaction.atomic
def set_capacity(user: User, of: User, version: int, accounts: float | None) -> Capacity | None:
    """Say how much somebody can look after, or nothing any more; version 0 where nothing was said yet."""
    user.must(DepartmentRight.CAPACITY)
    known = Capacity.objects.select_for_update().filter(user=of).first()
    if known is None:
        return None if accounts is None else records.make(user, Capacity(user=of, accounts=accounts))
    if known.version != version and (version or known.put_away_at is None):
        raise records.Stale(known)
    if accounts is None:
        return records.put_away(user, Capacity.objects.all(), known.pk)
    records.fetch_back(user, Capacity.objects.all(), known.pk)
    known.refresh_from_db()
    return records.change(user, Capacity.objects.all(), known.pk, known.version, {"accounts": accounts})


@transaction.atomic
def accept(user: User, wanted: Mapping[Account, User]) -> int:
    """Give accounts to those who were proposed for them; gives how many changed."""
    whose: dict[User, list[Account]] = {}
    for account, manager in wanted.items():
        whose.setdefault(manager, []).append(account)
    return sum(assign(user, accounts, manager) for manager, accounts in whose.items())


@transaction.atomic
def be_away(user: User, who: User, deputy: User, since: date, until: date) -> Absence:
    """Enter an absence: one's own, or, as a head of the department, anybody's."""
    _may(user, who)
    absence = Absence(user=who, deputy=deputy, since=since, until=until)
    _possible(absence)
    return records.make(user, absence)


@transaction.atomic
def change_absence(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Absence:
    """Change it, unless somebody saved since ``version``."""
    found = questions.absences(user).select_related(None)
    absence = found.get(pk=pk)
    _may(user, absence.user)
    for name, value in fields.items():
        setattr(absence, name, value)
    _possible(absence)
    return records.change(user, found, pk, version, fields)


@transaction.atomic
def take_back(user: User, pk: int) -> Absence:
    found = questions.absences(user).select_related(None)
    _may(user, found.get(pk=pk).user)
    return records.put_away(user, found, pk)


@transaction.atomic
def enter_again(user: User, pk: int) -> Absence:
    found = Absence.objects.all() if user.sees_all_accounts else Absence.objects.filter(user=user)
    absence = found.get(pk=pk)
    _may(user, absence.user)
    _possible(absence)
    return records.fetch_back(user, found, pk)


def _may(user: User, who: User) -> None:
    user.must(DepartmentRight.AWAY)
    if who != user and user.role not in HEADS:
        raise Forbidden(DepartmentRight.AWAY.value)


def _possible(absence: Absence) -> None:
    """Somebody else who is there stands in, and nobody is away twice."""
    if absence.until < absence.since:
        raise NotPossible(_("It ends before it begins"))
    if absence.user == absence.deputy:
        raise NotPossible(_("Nobody stands in for oneself"))
    others = Absence.objects.filter(put_away_at=None, since__lte=absence.until, until__gte=absence.since)
    others = others.exclude(pk=absence.pk)
    if others.filter(user=absence.user).exists():
        raise NotPossible(_("An absence in these days is entered already"))
    if others.filter(user=absence.deputy).exists():
        raise NotPossible(_("The deputy is away in these days too"))
    if others.filter(deputy=absence.user).exists():
        raise NotPossible(_("This person stands in for somebody else in these days"))


@transaction.atomic
def enter_days(user: User, fields: Mapping[str, Any]) -> FirmDays:
    """The firm is closed, or open, on days on which its country is not."""
    user.must(DepartmentRight.WORKDAYS)
    days = FirmDays(**fields)
    _alone(days)
    return records.make(user, days)


@transaction.atomic
def change_days(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> FirmDays:
    user.must(DepartmentRight.WORKDAYS)
    days = questions.firm_days().get(pk=pk)
    for name, value in fields.items():
        setattr(days, name, value)
    _alone(days)
    return records.change(user, questions.firm_days(), pk, version, fields)


@transaction.atomic
def take_days_back(user: User, pk: int) -> FirmDays:
    user.must(DepartmentRight.WORKDAYS)
    return records.put_away(user, questions.firm_days(), pk)


@transaction.atomic
def enter_days_again(user: User, pk: int) -> FirmDays:
    user.must(DepartmentRight.WORKDAYS)
    _alone(FirmDays.objects.get(pk=pk))
    return records.fetch_back(user, FirmDays.objects.all(), pk)


def _alone(days: FirmDays) -> None:
    """They end after they begin, within a year, and no others lie among them."""
    if days.until < days.since:
        raise NotPossible(_("It ends before it begins"))
    if days.until - days.since >= A_YEAR:
        raise NotPossible(_("That is longer than a year"))
    others = questions.firm_days().filter(since__lte=days.until, until__gte=days.since).exclude(pk=days.pk)
    if others.exists():
        raise NotPossible(_("Some of these days are entered already"))
