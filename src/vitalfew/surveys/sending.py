"""Who is written, and reminded: once each, on working days, never who has answered or does not want to."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from vitalfew.department.workdays import calendar
from vitalfew.outbox import server
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.rooms import ERASED
from vitalfew.surveys import letters
from vitalfew.surveys.models import Respondent, Wave
from vitalfew.surveys.questions import OPEN
from vitalfew.surveys.rights import SurveyRight
from vitalfew.surveys.words import Reached, WaveState, Whom
from vitalfew.terms import gettext_noop as _

US: Final = "vitalfew"


@transaction.atomic
def send(user: User, pk: int) -> Wave:
    """A letter to everybody who has none yet and can be written to."""
    user.must(SurveyRight.PLAN)
    wave: Wave = Wave.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    if wave.state != WaveState.RUNNING or wave.whom != Whom.ACCOUNTS:
        raise NotPossible(_("Begin the survey first"))
    rows = wave.respondents.filter(put_away_at=None, revoked=False, reached=Reached.UNSENT, sent_on=None)
    if not sum(_sent(row, user) for row in rows.exclude(email="").select_related("wave", "account", "post__person")):
        raise NotPossible(_("Nobody is left who can be written to: hand out the links by hand"))
    audit.record(user, "wave-send", wave.subject)
    return wave


@transaction.atomic
def given_by_hand(user: User, pk: int) -> Respondent:
    """The link went out another way, such as by WeChat."""
    user.must(SurveyRight.PLAN)
    row: Respondent = Respondent.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    if row.reached == Reached.UNSENT:
        _marked(row)
        row.refresh_from_db()
        row.noted(user, "change", {"sent_on": [None, row.sent_on]})
    return row


def _sent(row: Respondent, by: User | str) -> bool:
    try:
        gone = letters.send_to(row, by)
    except NotPossible:
        return False
    if gone:
        _marked(row)
    return gone


def _marked(row: Respondent) -> None:
    Respondent.objects.filter(pk=row.pk, reached=Reached.UNSENT).update(
        reached=Reached.SENT.value, sent_on=timezone.localdate(), version=F("version") + 1
    )


def remind(today: date | None = None) -> int:
    """Those who have not answered for so many working days, at most so many times. Gives how many were written."""
    day, firm = today or timezone.localdate(), calendar()
    if not firm.works(day) or not server.is_set_up():
        return 0
    return sum(_reminded(row, day) for row in _silent(day) if _is_due(row, day, firm))


def _silent(day: date) -> Any:
    rows = Respondent.objects.filter(
        put_away_at=None, revoked=False, reached__in=OPEN, sent_on__isnull=False, wave__state=WaveState.RUNNING,
        wave__put_away_at=None, wave__closes__gte=day, reminded__lt=F("wave__remind_most"),
    )  # fmt: skip
    return rows.exclude(email="").select_related("wave", "account", "post__person").order_by("pk")


def _is_due(row: Respondent, day: date, firm: Any) -> bool:
    since = row.reminded_on or row.sent_on
    return since is not None and firm.after(since, row.wave.remind_after) <= day


@transaction.atomic
def _reminded(row: Respondent, day: date) -> bool:
    """Counted before it is written, so that two at once write it once."""
    mine = Respondent.objects.filter(pk=row.pk, reminded=row.reminded)
    if not mine.update(reminded=row.reminded + 1, reminded_on=day):
        return False
    try:
        return letters.send_to(row, US, again=True)
    except NotPossible:
        return False


def let_go(today: date | None = None) -> int:
    """Who was asked is not known any longer than was said; what accounts answered stays."""
    day = today or timezone.localdate()
    named = ~Q(name=ERASED) | Q(post__isnull=False)
    rows = Respondent.objects.filter(named, wave__keep_until__lt=day)
    return rows.update(name=ERASED, email="", post=None, colleague=None)
