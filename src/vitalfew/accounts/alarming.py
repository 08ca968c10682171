"""What the figures tell of accounts that somebody must know: leaving, credit, what is unusual, on whom it hangs."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from vitalfew.accounts.dependence import HANGING
from vitalfew.accounts.models import Account, TeamRole
from vitalfew.accounts.remembered import kept
from vitalfew.batches import batched
from vitalfew.catalogue import Refusal
from vitalfew.language import Day, Message, Percent, Word
from vitalfew.people.permissions import Right
from vitalfew.people.roles import Role
from vitalfew.rooms import ITS_MANAGER, Alarming, Matter, Urgency
from vitalfew.terms import AnomalyKind, CreditSign, Dependence, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, RefreshState, Scorecard
from vitalfew.warehouse.run import day_number

BATCH: Final = 2000
APART: Final = timedelta(days=20)
"""Risks are compared over a month or so: of two days they differ by noise."""
JUMP: Final = 20
RISEN: Final = _("The risk that {account} leaves rose from {before} to {now} between {day} and {today}")
OWES: Final = _("Credit of {account}: {sign}")
UNUSUAL: Final = _("{account}: {kind}")
HANGS: Final = _("{account}: {dependence}")
GRAVE: Final = frozenset({CreditSign.OVERDUE.value, CreditSign.OVER_LIMIT.value, CreditSign.SLOWER.value})


def leaving(points: float, _back: date | None) -> Iterator[Matter]:
    """Whose risk of leaving is higher by so many points than about a month before."""
    now = scorecards.current()
    before = _before(now) if now else None
    if now is None or before is None:
        return
    earlier = Scorecard.objects.filter(refresh=before, customer=OuterRef("customer")).values("churn")[:1]
    cards = Scorecard.objects.filter(refresh=now, churn__isnull=False).annotate(earlier=Subquery(earlier))
    risen = cards.filter(churn__gte=F("earlier") + points / 100).order_by("-at_stake", "customer")
    for customers in batched(risen.values_list("customer", "earlier", "churn").iterator(), BATCH):
        names = _names(row[0] for row in customers)
        for code, was, risk in customers:
            figures: dict[str, Any] = {
                "before": Percent(was or 0.0, 0), "now": Percent(risk or 0.0, 0), "day": Day(day_number(before.as_of)),
                "today": Day(day_number(now.as_of)),
            }  # fmt: skip
            yield from _of(code, names, RISEN, figures, now.as_of)


def _before(now: Refresh) -> Refresh | None:
    """The latest refresh of at least so many days before."""
    older = Refresh.objects.filter(state=RefreshState.DONE, as_of__lte=now.as_of - APART)
    return older.defer("summaries", "done_steps").order_by("-as_of", "-id").first()


def credit(_threshold: float, _back: date | None) -> Iterator[Matter]:
    """Whose payment needs a look."""
    for code, sign, names in _told("credit-watch", "sign", GRAVE):
        yield from _of(code, names, OWES, {"sign": Word(label_of(CreditSign, sign))}, None)


def hanging(_threshold: float, _back: date | None) -> Iterator[Matter]:
    """Which accounts hang on one person, or have nobody left."""
    for code, dependence, names in _told("single-thread", "dependence", HANGING):
        yield from _of(code, names, HANGS, {"dependence": Word(label_of(Dependence, dependence))}, None)


def unusual(_threshold: float, _back: date | None) -> Iterator[Matter]:
    """Which accounts are silent for unusually long, or bought unusually little in the last month."""
    kinds = (AnomalyKind.SILENCE.value, AnomalyKind.DROP.value)
    cards = Scorecard.objects.filter(refresh=scorecards.current(), anomaly__in=kinds).order_by(
        "-revenue_12m", "customer"
    )
    for rows in batched(cards.values_list("customer", "anomaly").iterator(), BATCH):
        names = _names(row[0] for row in rows)
        for code, kind in rows:
            yield from _of(code, names, UNUSUAL, {"kind": Word(label_of(AnomalyKind, kind))}, None)


def _told(analysis: str, column: str, words: frozenset[str]) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Accounts and what an analysis found of each, where that is one of the words; read once a refresh."""
    refresh = scorecards.current()
    found = kept(refresh, f"alarming.{analysis}", lambda: _read(refresh, analysis, column, words)) if refresh else []
    for rows in batched(found, BATCH):
        names = _names(row[0] for row in rows)
        yield from ((code, word, names) for code, word in rows)


def _read(refresh: Refresh, analysis: str, column: str, words: frozenset[str]) -> list[list[str]]:
    try:
        table = scorecards.result(settings.HOME, Refresh.objects.get(pk=refresh.pk), analysis).table
    except Refusal:
        return []
    pairs = zip(table["customer"].to_pylist(), table[column].to_pylist(), strict=True)
    return [[code, word] for code, word in pairs if word in words]


def _names(codes: Iterator[str]) -> dict[str, str]:
    return dict(Account.objects.filter(code__in=list(codes)).values_list("code", "name"))


def _of(
    code: str, names: Mapping[str, str], text: str, figures: Mapping[str, Any], since: date | None
) -> Iterator[Matter]:
    """Of an account that is there."""
    if code in names:
        said = Message(text, {"account": names[code], **figures})
        yield Matter(f"account:{code}", said, since, code, reverse("account", args=[code]))


SALES: Final = f"team:{TeamRole.SALES}"
ALARMING: Final = (
    Alarming(
        "leaving", _("Risk of leaving jumped"), _("Ask the customer what changed, this week, in person"), Right.ACCOUNTS,
        leaving, (ITS_MANAGER, f"role:{Role.DIRECTOR}"), Urgency.URGENT, threshold=_("Percentage points within a month or so"),
        usual=JUMP, least=1, most=100, of_figures=True,
    ),
    Alarming(
        "credit", _("Credit needs a look"), _("Talk about payment before the next delivery"), Right.ACCOUNTS, credit,
        (ITS_MANAGER, f"team:{TeamRole.FINANCE}"), of_figures=True,
    ),
    Alarming(
        "unusual", _("Unusual buying"), _("Ask the customer why"), Right.ACCOUNTS, unusual, (ITS_MANAGER, SALES), of_figures=True,
    ),
    Alarming(
        "hanging", _("Hangs on one person or nobody"), _("Meet somebody more there, or bring in a second colleague"),
        Right.ACCOUNTS, hanging, (ITS_MANAGER,), Urgency.LOW, of_figures=True,
    ),
)  # fmt: skip
