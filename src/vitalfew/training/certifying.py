"""Certificates: issued to who came and, where there is a test, passed it; revoked with a reason, and given back."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.spans import months_later
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.training.models import Attendee, Certificate, Session
from vitalfew.training.rights import TrainingRight


def last_day(issued: date, months: int) -> date:
    """Of a certificate: the day before the same day so many months later.

    >>> last_day(date(2026, 1, 31), 1), last_day(date(2026, 3, 5), 12)
    (datetime.date(2026, 2, 27), datetime.date(2027, 3, 4))
    """
    return months_later(issued, months) - timedelta(days=1)


def deserved(attendee: Attendee) -> bool:
    """Whether he or she came, and passed where there is a test to pass."""
    if attendee.came_at is None:
        return False
    return attendee.session.programme.test is None or attendee.attempts.filter(passed=True).exists()


def issue(who: Any, attendee: Attendee, day: date) -> Certificate | None:
    """Once; None where nothing is to be certified, or it is already."""
    held = attendee.certificates.filter(revoked_on=None, put_away_at=None).exists()
    if held or not deserved(attendee):
        return None
    programme = attendee.session.programme
    until = last_day(day, programme.valid_months) if programme.valid_months else None
    made: Certificate = records.make(who, Certificate(
        attendee=attendee, programme=programme, account=attendee.account, person=attendee.person, name=attendee.name,
        code=secrets.token_hex(16), issued_on=day, expires_on=until,
    ))  # fmt: skip
    made.number = f"{day.year}-{made.pk:05d}"
    made.save(update_fields=["number"])
    return made


@transaction.atomic
def issue_all(user: User, pk: int) -> Session:
    """To everybody of a session whom the user sees, who deserves one and has none."""
    user.must(TrainingRight.RUN)
    session: Session = Session.objects.visible_to(user).get(pk=pk)
    issue_to(user, Attendee.objects.visible_to(user).filter(session=session))
    return session


def issue_to(user: User, rows: Any) -> int:
    """Gives how many were issued, as of the day of their session."""
    came = rows.filter(came_at__isnull=False, put_away_at=None).select_related("session__programme")
    return sum(issue(user, row, row.session.day) is not None for row in came)


@transaction.atomic
def revoke(user: User, pk: int, version: int, reason: str) -> Certificate:
    """From today on whoever checks it reads that it was revoked; why, we alone know."""
    user.must(TrainingRight.RUN)
    row: Certificate = Certificate.objects.visible_to(user).get(pk=pk)
    if row.revoked_on is not None:
        raise NotPossible(_("This certificate is revoked already"))
    fields = {"revoked_on": timezone.localdate(), "reason": reason}
    changed: Certificate = records.change(user, Certificate.objects.visible_to(user), pk, version, fields)
    return changed


@transaction.atomic
def give_back(user: User, pk: int) -> Certificate:
    """As if it had never been revoked, unless another was issued meanwhile."""
    user.must(TrainingRight.RUN)
    row: Certificate = Certificate.objects.visible_to(user).get(pk=pk)
    if row.attendee.certificates.filter(revoked_on=None, put_away_at=None).exists():
        raise NotPossible(_("There is a valid certificate for this already"))
    fields = {"revoked_on": None, "reason": ""}
    changed: Certificate = records.change(user, Certificate.objects.visible_to(user), pk, row.version, fields)
    return changed
