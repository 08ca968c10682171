"""A session from planned to closed, and what other rooms get of it.

Closed, an account of which somebody came has one training more in the figures of incentives, and where its level of the club
carries a right to training, that right was used. Opened again, both are put away.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from vitalfew.club.models import Benefit, Use
from vitalfew.club.words import BenefitKind
from vitalfew.incentives.models import Case
from vitalfew.incentives.words import CaseKind
from vitalfew.language import Count, Message
from vitalfew.people import records
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.training import certifying
from vitalfew.training.models import Company, Session
from vitalfew.training.rights import TrainingRight
from vitalfew.training.words import SessionState


@transaction.atomic
def held(user: User, pk: int) -> Session:
    """It took place; from its day on."""
    row = _held(user, pk, {SessionState.PLANNED})
    if not row.has_come:
        raise NotPossible(_("The session lies ahead: nobody has come yet"))
    return _moved(user, row, row.version, {"state": SessionState.HELD.value})


@transaction.atomic
def close(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Session:
    """What it cost and what came of it; other rooms get what they count, who deserves a certificate gets it."""
    row = _held(user, pk, {SessionState.PLANNED, SessionState.HELD})
    if not row.has_come:
        raise NotPossible(_("The session lies ahead: nobody has come yet"))
    if not row.attendees.filter(came_at__isnull=False, put_away_at=None).exists():
        raise NotPossible(_("Nobody is noted to have come: note who came, or cancel the session"))
    closed = _moved(user, row, version, {**fields, "state": SessionState.CLOSED.value})
    certifying.issue_to(user, closed.attendees.all())
    _give(user, closed)
    return closed


@transaction.atomic
def cancel(user: User, pk: int, version: int, reason: str) -> Session:
    row = _held(user, pk, {SessionState.PLANNED})
    return _moved(user, row, version, {"state": SessionState.CANCELLED.value, "reason": reason})


@transaction.atomic
def reopen(user: User, pk: int) -> Session:
    """Closed, it is held again, and other rooms lose what they got; held or cancelled, it is planned again."""
    row = _held(user, pk, {SessionState.HELD, SessionState.CLOSED, SessionState.CANCELLED})
    if row.state == SessionState.CLOSED:
        _take_back(user, row)
        return _moved(user, row, row.version, {"state": SessionState.HELD.value})
    return _moved(user, row, row.version, {"state": SessionState.PLANNED.value, "reason": ""})


def _held(user: User, pk: int, states: set[SessionState]) -> Session:
    user.must(TrainingRight.RUN)
    row: Session = Session.objects.visible_to(user).select_for_update().get(pk=pk)
    if row.state not in states:
        raise NotPossible(_("The session is not in a state for this any more"))
    return row


def _moved(user: User, row: Session, version: int, fields: Mapping[str, Any]) -> Session:
    changed: Session = records.change(user, Session.objects.visible_to(user), row.pk, version, fields)
    return changed


def _give(user: User, session: Session) -> None:
    """To incentives and the club, for every invited account of which somebody came."""
    came = session.attendees.filter(came_at__isnull=False, put_away_at=None, account__isnull=False)
    for number in came.order_by().values_list("account", flat=True).distinct():
        row = Company.objects.filter(session=session, account=number, put_away_at=None).first()
        company = row or records.make(user, Company(session=session, account_id=number))
        n = came.filter(account=number).count()
        company.case, company.use = _case(user, company, n), _use(user, company)
        company.save(update_fields=["case", "use"])


def _case(user: User, company: Company, n: int) -> Case:
    figures: dict[str, Any] = {"title": company.session.programme.title, "n": Count(n)}
    evidence = Message(_("{title}: {n} {n:person|people} took part"), figures).say(language())
    row = Case(account=company.account, kind=CaseKind.TRAINING.value, day=company.session.day, evidence=evidence)
    return records.make(user, row)


def _use(user: User, company: Company) -> Use | None:
    """Of its level's right to training, where it has one."""
    right = Benefit.objects.filter(
        kind=BenefitKind.TRAINING, put_away_at=None, level__members__account=company.account,
        level__members__until=None, level__members__put_away_at=None,
    ).first()  # fmt: skip
    if right is None:
        return None
    note = company.session.programme.title
    return records.make(user, Use(account=company.account, benefit=right, day=company.session.day, note=note))


def _take_back(user: User, session: Session) -> None:
    for company in session.companies.select_related("case", "use"):
        if company.case and company.case.put_away_at is None:
            records.put_away(user, Case.objects.all(), company.case.pk)
        if company.use and company.use.put_away_at is None:
            records.put_away(user, Use.objects.all(), company.use.pk)
    session.companies.update(case=None, use=None)
