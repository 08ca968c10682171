"""Which reports are due: of each schedule, for each of its readers, once a day on which it is due."""

from collections.abc import Iterator
from datetime import date

from django.db import IntegrityError, transaction

from vitalfew.department.workdays import calendar
from vitalfew.people.models import User
from vitalfew.reports.making import spoken
from vitalfew.reports.models import Report, Schedule
from vitalfew.reports.rhythm import latest_due
from vitalfew.reports.words import Mailed


def ask(today: date) -> list[Report]:
    """Those that were not asked for yet, as they are asked for now."""
    works, rows = calendar(), Schedule.objects.filter(put_away_at=None).select_related("account")
    return [made for row in rows for made in _due(row, latest_due(row.rhythm, int(row.weekday or 0), today, works))]


def _due(row: Schedule, day: date | None) -> Iterator[Report]:
    """None before the day on which the schedule was made."""
    if day is None or day < row.made_at.date():
        return
    for reader in row.readers.filter(is_active=True):
        if not Report.objects.filter(schedule=row, reader=reader, day=day).exists():
            yield from _asked(row, reader, day)


def _asked(row: Schedule, reader: User, day: date) -> Iterator[Report]:
    mail = Mailed.WAITING if row.mailed else Mailed.NOT
    made = Report(
        schedule=row, reader=reader, day=day, kind=row.kind, account=row.account, form=row.form, language=spoken(reader),
        mail=mail.value, made_by=row.owner.username, changed_by=row.owner.username,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return
    made.noted(row.owner, "add", {"kind": [None, row.kind], "reader": [None, reader.username]})
    yield made
