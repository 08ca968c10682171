"""What pages, API and Today ask about training. Every answer starts from what the user may see."""

from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.training.marking import missed
from vitalfew.training.models import Attempt, Attendee, Certificate, Company, Door, Programme, Session, Test
from vitalfew.training.rights import TrainingRight
from vitalfew.training.words import SessionState

SHOWN: Final = 100
LATEST: Final = 1000
PREPARE: Final = timedelta(days=14)
RUNS_OUT: Final = timedelta(days=60)
LAPSED: Final = timedelta(days=30)
"""So long after its end a certificate is still asked for again."""


def _seen(user: User, at: str) -> Q:
    """Of attendees or certificates, those at accounts that the user sees."""
    seen = Q(**{f"{at}__put_away_at": None})
    if not user.sees_all_accounts:
        seen &= Q(**{f"{at}__account__in": Account.objects.visible_to(user)})
    return seen


def programmes(user: User) -> QuerySet[Any]:
    """Each with how many sessions were planned or held, and how many valid certificates the user sees."""
    valid = Q(certificates__revoked_on=None) & _seen(user, "certificates")
    valid &= Q(certificates__expires_on=None) | Q(certificates__expires_on__gte=timezone.localdate())
    there = Q(sessions__put_away_at=None) & ~Q(sessions__state=SessionState.CANCELLED)
    rows: QuerySet[Any] = Programme.objects.visible_to(user)
    counted: QuerySet[Any] = rows.annotate(
        times=Count("sessions", filter=there, distinct=True), holders=Count("certificates", filter=valid, distinct=True)
    )
    return counted


def found_programmes(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(title__icontains=text) | Q(aim__icontains=text))


def sessions(user: User) -> QuerySet[Any]:
    """Each with how many were expected and how many came, of those the user sees."""
    rows: QuerySet[Any] = Session.objects.visible_to(user).filter(programme__put_away_at=None)
    seen = _seen(user, "attendees")
    counted: QuerySet[Any] = (
        rows.select_related("programme", "trainer")
        .annotate(
            expected=Count("attendees", filter=seen),
            came=Count("attendees", filter=seen & Q(attendees__came_at__isnull=False)),
        )
        .order_by("-day", "-pk")
    )
    return counted


def found_sessions(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(programme__title__icontains=text) | Q(place__icontains=text) | Q(outcome__icontains=text))


def companies(user: User) -> Any:
    return Company.objects.visible_to(user).filter(session__put_away_at=None).select_related("account", "session")


def attendees(user: User) -> Any:
    rows = Attendee.objects.visible_to(user).filter(session__put_away_at=None, session__programme__put_away_at=None)
    return rows.select_related("account", "account__manager", "person", "session", "session__programme")


def found_attendees(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(_called(text) | Q(company__icontains=text) | Q(session__programme__title__icontains=text))


def certificates(user: User) -> Any:
    rows = Certificate.objects.visible_to(user)
    return rows.select_related("account", "account__manager", "person", "programme")


def found_certificates(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(_called(text) | Q(number__iexact=text) | Q(programme__title__icontains=text))


def _called(text: str) -> Q:
    return Q(name__icontains=text) | Q(account__name__icontains=text) | Q(account__code__iexact=text)


def of_session(user: User, row: Session) -> list[Attendee]:
    """Who is expected and who came, with their tries and certificates."""
    rows = attendees(user).filter(session=row).prefetch_related("attempts", "certificates")
    return list(rows)


def door_of(row: Session) -> Door | None:
    """The link that is open now."""
    latest = row.doors.filter(revoked_at=None).first()
    return latest if latest and latest.is_valid else None


def of_account(user: User, account: Account) -> list[Attendee]:
    """Its people's latest sessions."""
    return list(attendees(user).filter(account=account).order_by("-session__day", "name")[:SHOWN])


def of_person(user: User, person: Person) -> list[Attendee]:
    return list(attendees(user).filter(person=person).order_by("-session__day", "-pk")[:SHOWN])


def certificates_of(user: User, **whose: Any) -> list[Certificate]:
    return list(certificates(user).filter(**whose)[:SHOWN])


def results(programme: Programme, test: Test) -> dict[str, Any]:
    """How that version of the test was answered: of everybody's first tries, which tell what was not understood."""
    done = Attempt.objects.filter(test=test, handed_in_at__isnull=False)
    counts = done.aggregate(n=Count("pk"), passed=Count("pk", filter=Q(passed=True)))
    first = done.filter(number=1).order_by("-handed_in_at").values_list("answers", flat=True)[:LATEST]
    return {**counts, "missed": missed(test.questions, first), "of": programme}


def to_do(user: User, today: date) -> QuerySet[Any]:
    """Sessions that ask their trainer for something, soon; those without one ask who planned them."""
    rows: QuerySet[Any] = Session.objects.visible_to(user).filter(programme__put_away_at=None)
    mine = Q(trainer=user) | Q(trainer=None, made_by=user.username)
    open_ = Q(state=SessionState.PLANNED, day__lte=today + PREPARE) | Q(state=SessionState.HELD)
    return rows.filter(mine, open_)


def running_out(user: User, today: date) -> QuerySet[Any]:
    """Certificates of the user's own accounts that end soon or ended lately, with nothing newer to follow them."""
    newer = Certificate.objects.filter(
        person=OuterRef("person"), programme=OuterRef("programme"), revoked_on=None, put_away_at=None,
        issued_on__gt=OuterRef("issued_on"),
    )  # fmt: skip
    rows: QuerySet[Any] = Certificate.objects.visible_to(user).filter(
        revoked_on=None, expires_on__range=(today - LAPSED, today + RUNS_OUT), person__isnull=False,
        account__manager=user, programme__put_away_at=None,
    )  # fmt: skip
    return rows.exclude(Exists(newer))


class Asking(NamedTuple):
    """What asks for something: a session, or the certificates of an account of one programme by the first that ends."""

    day: date
    title: str
    number: int
    state: str
    code: str
    name: str
    n: int


def asking(user: User, today: date, most: int) -> list[Asking]:
    """All of it in one question, the soonest first."""
    sessions = to_do(user, today).order_by().annotate(
        title=F("programme__title"), number=F("pk"), of=F("state"), code=_text(), named=_text(), n=Value(0)
    )  # fmt: skip
    ending = running_out(user, today).order_by().values("account", "programme").annotate(
        day=Min("expires_on"), title=F("programme__title"), number=Value(0), of=_text(), code=F("account__code"),
        named=F("account__name"), n=Count("pk"),
    )  # fmt: skip
    names = ("day", "title", "number", "of", "code", "named", "n")
    both = sessions.values_list(*names).union(ending.values_list(*names), all=True)
    return [Asking(*row) for row in both.order_by("day")[:most]]


def _text() -> Any:
    return Value("", output_field=CharField())


def may_run(user: User) -> bool:
    return user.may(TrainingRight.RUN)
