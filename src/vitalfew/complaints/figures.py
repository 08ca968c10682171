"""How complaints are settled, with their denominators.

    acknowledged in time   = acknowledged in time / all whose time has come or that were acknowledged
    settled in time        = settled in time / (settled + open and overdue)
    answered in time       = first answered in time / all whose time has come or that were answered
    the same again         = see ``repeating``
    opened again           = opened again / settled at least once
    satisfied              = satisfied / those who said so
    times                  median and 90th percentile, by Kaplan and Meier: open ones count as long as they have lasted

Shares with Wilson's interval at 95 %. ISO 10002:2018, 8.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from vitalfew.coins import written
from vitalfew.complaints.models import Cause, Claim, Compensation, Complaint, Inquiry
from vitalfew.complaints.repeating import WITHIN, Told, repeated
from vitalfew.complaints.words import Answer, Category, Granted, State
from vitalfew.language import Count as Count_
from vitalfew.language import Message, Percent
from vitalfew.maths.intervals import wilson
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.warehouse import scorecards

EFFECT: Final = "complaint-effect"
FEWEST: Final = 5
DAY: Final = 86_400
FIRST: Final = 0.8
NEXT: Final = 0.95


@dataclass(frozen=True)
class Share:
    """So many of so many, with its interval; None of none."""

    n: int
    of: int

    @property
    def rate(self) -> float | None:
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        if not self.of:
            return None
        low, high = wilson(self.n, self.of)
        return low, high

    @property
    def is_thin(self) -> bool:
        return self.of < FEWEST


def received(user_rows: QuerySet[Complaint], since: date, until: date) -> QuerySet[Complaint]:
    """Those settled here that came in these days; merged ones count once."""
    rows = user_rows.exclude(imported=True, taken_up=False).filter(merged_into=None)
    return rows.filter(received_on__gte=since, received_on__lte=until).order_by()


def shares(rows: QuerySet[Complaint], now: datetime) -> dict[str, Share]:
    """All of them by their names. While the customer has to answer, nothing is overdue."""
    heard, goes = Q(acknowledged_at__isnull=False), Q(waiting_since=None)
    heard_well = heard & Q(acknowledged_at__lte=F("due_acknowledge"))
    closed = Q(state=State.CLOSED)
    told = rows.aggregate(
        replied=Count("pk", filter=Q(answered_at__lte=F("due_answer"))),
        asked=Count("pk", filter=Q(answered_at__isnull=False) | goes & Q(due_answer__lt=now)),
        heard_well=Count("pk", filter=heard_well), heard=Count("pk", filter=heard | goes & Q(due_acknowledge__lt=now)),
        well=Count("pk", filter=closed & Q(closed_at__lte=F("due_close"))), closed=Count("pk", filter=closed),
        over=Count("pk", filter=~closed & goes & Q(due_close__lt=now)), again=Count("pk", filter=Q(reopened__gt=0)),
        once=Count("pk", filter=closed | Q(reopened__gt=0)), pleased=Count("pk", filter=Q(satisfied=True)),
        said=Count("pk", filter=Q(satisfied__isnull=False)),
    )  # fmt: skip
    return {
        "acknowledged": Share(told["heard_well"], told["heard"]), "answered": Share(told["replied"], told["asked"]),
        "closed": Share(told["well"], told["closed"] + told["over"]),
        "reopened": Share(told["again"], told["once"]), "satisfied": Share(told["pleased"], told["said"]),
    }  # fmt: skip


def again(user_rows: QuerySet[Complaint], since: date, until: date) -> Share:
    """Those that are the same again, of those that can be told again."""
    rows = received(user_rows, since - WITHIN, until).exclude(account=None)
    told = rows.values_list("account", "received_on", "cause", "product")
    return Share(*repeated((Told(*each) for each in told), since))


def answered(rows: QuerySet[Complaint], now: datetime) -> list[tuple[float, bool]]:
    """Days until the first answer, and whether there is one."""
    times = rows.exclude(received_at=None).values_list("received_at", "answered_at", "closed_at")
    return [
        (((answer or closed or now) - began).total_seconds() / DAY, bool(answer or closed))
        for began, answer, closed in times if began
    ]  # fmt: skip


def lasted(rows: QuerySet[Complaint], now: datetime) -> list[tuple[float, bool]]:
    """Days until it was settled, and whether it is."""
    times = rows.exclude(received_at=None).values_list("received_at", "closed_at")
    return [(((closed or now) - began).total_seconds() / DAY, closed is not None) for began, closed in times if began]


def percentile(times: Sequence[tuple[float, bool]], share: float) -> float | None:
    """The time by which so many are settled; None where that many are not settled yet.

    >>> percentile([(1.0, True), (2.0, True), (3.0, False), (4.0, True)], 0.5)
    2.0
    """
    if not times:
        return None
    import numpy as np

    from vitalfew.maths.survival import kaplan_meier

    lasted_for, settled = zip(*times, strict=True)
    found = kaplan_meier(np.array(lasted_for, dtype=np.float64), np.array(settled))
    reached = np.flatnonzero(found.survival <= 1 - share + 1e-12)
    return float(found.time[reached[0]]) if reached.size else None


def money(rows: QuerySet[Complaint]) -> dict[str, Any]:
    """What was given and what came back, each currency on its own."""
    given = Compensation.objects.filter(complaint__in=rows, state=Granted.GIVEN, put_away_at=None)
    claims = Claim.objects.filter(complaint__in=rows, put_away_at=None)
    return {
        "given": _sums(given, "amount"), "claimed": _sums(claims, "amount"), "recovered": _sums(claims, "recovered"),
    }  # fmt: skip


def _sums(rows: QuerySet[Any], name: str) -> list[tuple[str, str]]:
    counted = rows.order_by().values_list("currency").annotate(sum=Sum(name)).order_by("currency")
    return [(currency, written(whole, currency)) for currency, whole in counted]


class Line(NamedTuple):
    """A line of a Pareto table: how many, the share up to here, and its class by it."""

    name: str
    n: int
    share: float
    rank: str
    url: str = ""


def pareto(counted: Iterable[tuple[str, int, str]]) -> list[Line]:
    """The most frequent first; A are those that make the first 80 % of all, B the next 15 %, C the rest.

    >>> [(each.name, each.rank) for each in pareto([("x", 1, ""), ("y", 15, ""), ("z", 4, "")])]
    [('y', 'A'), ('z', 'A'), ('x', 'B')]
    """
    rows = sorted((each for each in counted if each[1]), key=lambda each: (-each[1], each[0]))
    whole, before, told = sum(n for _name, n, _url in rows), 0, []
    for name, n, url in rows:
        rank = "A" if before < FIRST * whole else "B" if before < NEXT * whole else "C"
        before += n
        told.append(Line(name, n, before / whole, rank, url))
    return told


def by_category(rows: QuerySet[Complaint]) -> list[Line]:
    """What they are about; those of which nobody has said it lead to their list."""
    counted = rows.values_list("category").annotate(n=Count("pk"))
    return pareto((_category(name), n, "" if name else _missing("no-subject")) for name, n in counted)


def _category(name: str) -> str:
    if not name:
        return gettext("No subject yet")
    return gettext(label_of(Category, name)) if name in {*Category} else name


def by_cause(rows: QuerySet[Complaint]) -> tuple[list[Line], int]:
    """From what they came, of those that stand on the tree; and how many do not yet."""
    counted = dict(rows.values_list("cause").annotate(n=Count("pk")))
    known = Cause.objects.select_related("branch").in_bulk([pk for pk in counted if pk])
    lines = pareto((known[pk].path, n, known[pk].get_absolute_url()) for pk, n in counted.items() if pk)
    return lines, counted.get(None, 0)


def pareto_chart(lines: Sequence[Line]) -> dict[str, Any] | None:
    """Bars, with what they say as the title; None below five complaints, which say nothing."""
    n = sum(each.n for each in lines)
    if n < FEWEST:
        return None
    vital = [each for each in lines if each.rank == "A"]
    figures: dict[str, Any] = {"k": Count_(len(vital)), "of": Count_(len(lines)), "share": Percent(vital[-1].share, 0)}
    said = Message(_("{k} of {of} causes make {share} of the complaints"), figures)
    return {
        "kind": "bars", "title": said.say(language()), "x": gettext("Cause"), "y": gettext("Complaints"), "unit": "count",
        "names": [each.name for each in lines], "points": [each.n for each in lines],
    }  # fmt: skip


def _missing(word: str) -> str:
    return f"{reverse('complaints')}?gap={word}"


def right(user: User) -> Share:
    """Of the questions that were asked before there was a complaint, and answered, how many were a problem."""
    said = Inquiry.objects.visible_to(user).filter(answer__in=(Answer.EXPLAINED, Answer.PROBLEM))
    return Share(said.filter(answer=Answer.PROBLEM).count(), said.count())


def effect(user: User) -> Message | None:
    """What the analysis ``complaint-effect`` found at the last refresh, or why it found nothing; for who sees analyses."""
    refresh = scorecards.current() if user.may(Right.INSIGHT) else None
    kept = refresh.summaries.get(EFFECT, {}) if refresh else {}
    said = kept.get("headline") or kept.get("refused")
    return Message.restored(said) if said else None


def now() -> datetime:
    return timezone.now()
