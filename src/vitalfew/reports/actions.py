"""Changes to reports: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible
from vitalfew.reports.kinds import open_to
from vitalfew.reports.models import Report, Schedule
from vitalfew.reports.rights import ReportRight
from vitalfew.reports.words import Form, Made
from vitalfew.terms import gettext_noop as _


@transaction.atomic
def ask(user: User, *, kind: str, account: Account | None, form: str, language: str) -> Report:
    """A report of today for who asks; it is made in the background."""
    given = asked(user, kind, account, form)
    row = Report(**given, language=language, reader=user, day=timezone.localdate())
    return records.make(user, row)


def asked(user: User, kind: str, account: Account | None, form: str) -> dict[str, Any]:
    """What may be asked for: figures that the user may see, as a workbook only who may export lists."""
    user.must(ReportRight.SEE)
    known = open_to(user).get(kind)
    if known is None:
        raise NotPossible(_("You may not have this report"))
    if form == Form.XLSX:
        user.must(Right.EXPORT)
    if known.of_account and account is None:
        raise NotPossible(_("Say which account the report is about"))
    return {"kind": kind, "form": form, "account": account if known.of_account else None}


@transaction.atomic
def again(user: User, pk: int) -> Report:
    """One that failed is tried once more."""
    row = _held(user, pk)
    if row.state != Made.FAILED:
        raise NotPossible(_("It is made, or being made"))
    waiting = {"state": Made.WAITING.value, "trouble": ""}
    made: Report = records.change(user, Report.objects.visible_to(user), pk, row.version, waiting)
    return made


@transaction.atomic
def put_away(user: User, pk: int) -> Report:
    made: Report = records.put_away(user, Report.objects.visible_to(user), pk)
    return made


@transaction.atomic
def fetch_back(user: User, pk: int) -> Report:
    made: Report = records.fetch_back(user, Report.objects.within_reach_of(user), pk)
    return made


@transaction.atomic
def plan(user: User, readers: Collection[User], fields: Mapping[str, Any]) -> Schedule:
    """Have it made regularly."""
    row: Schedule = records.make(user, Schedule(owner=user, **_planned(user, readers, fields)))
    row.readers.set(readers)
    row.noted(user, "change", {"readers": [None, _names(readers)]})
    return row


@transaction.atomic
def change(user: User, pk: int, version: int, readers: Collection[User], fields: Mapping[str, Any]) -> Schedule:
    given = _planned(user, readers, fields)
    row: Schedule = records.change(user, Schedule.objects.visible_to(user), pk, version, given)
    before = _names(row.readers.all())
    if before != _names(readers):
        row.readers.set(readers)
        row.noted(user, "change", {"readers": [before, _names(readers)]})
    return row


def _planned(user: User, readers: Collection[User], fields: Mapping[str, Any]) -> dict[str, Any]:
    if not readers:
        raise NotPossible(_("Choose at least one reader"))
    if any(each != user for each in readers):
        user.must(ReportRight.SEND)
    return {**fields, **asked(user, fields["kind"], fields["account"], fields["form"])}


@transaction.atomic
def stop(user: User, pk: int) -> Schedule:
    """No more of it is made; those that were stay."""
    row: Schedule = records.put_away(user, Schedule.objects.visible_to(user), pk)
    return row


@transaction.atomic
def go_on(user: User, pk: int) -> Schedule:
    row: Schedule = records.fetch_back(user, Schedule.objects.within_reach_of(user), pk)
    return row


def take_out(row: Report) -> None:
    """The file leaves the house, what was made stays noted."""
    place = row.place
    Report.objects.filter(pk=row.pk).update(place="", size=0)
    if place:
        transaction.on_commit(lambda: (settings.HOME.files / place).unlink(missing_ok=True))


def _held(user: User, pk: int) -> Report:
    row: Report = Report.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    return row


def _names(readers: Any) -> list[str]:
    return sorted(each.username for each in readers)
