"""The portfolio: four sentences, the Pareto and the whale curve, who rises and falls, and where to act."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vitalfew.accounts import questions
from vitalfew.accounts.models import Account
from vitalfew.catalogue import Refusal, catalogue
from vitalfew.language import Count as Figure
from vitalfew.language import Message, Money, translate
from vitalfew.outlets.movement import movement
from vitalfew.outlets.remembered import remembered
from vitalfew.outlets.templatetags.figures import language
from vitalfew.people import audit
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Right
from vitalfew.terms import Direction, Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

SENTENCES = ("pareto", "whale-curve", "retention", "trend")
CHARTS = ("pareto", "whale-curve", "retention")
LISTS = {
    "pareto": "class=A&order=-revenue_12m", "whale-curve": "order=contribution", "retention": "order=-recency",
    "risk": "risk=high&order=-at_stake",
}  # fmt: skip
"""The list behind each chart."""
LISTED, RISKS, EVEN, MOVED = 8, 300, 0.5, 5000


@needs(Right.PORTFOLIO)
@require_GET
def portfolio(request: HttpRequest) -> HttpResponse:
    user, refresh = signed_in(request), scorecards.current()
    if refresh is None:
        return render(request, "outlets/portfolio.html", {"refresh": None})
    moved = remembered(refresh, "movement", partial(movement, refresh))
    context = {
        "refresh": refresh,
        "currency": refresh.currency,
        "sentences": [_sentence(refresh, name) for name in SENTENCES],
        "charts": [(f"chart-{n}", questions.with_names(user, spec), LISTS[n]) for n, spec in _specs(refresh)],
        "tiers": remembered(refresh, "tiers", partial(_tiers, refresh)),
        "movement": moved,
        "risen": _largest(refresh, moved.rose) if moved else [],
        "fallen": _largest(refresh, moved.fell) if moved else [],
        "rising": _movers(refresh, Direction.RISING),
        "falling": _movers(refresh, Direction.FALLING),
        "managers": remembered(refresh, f"managers:{audit.latest()}", partial(_managers, refresh)),
    }
    return render(request, "outlets/portfolio.html", context)


def _chart(refresh: Refresh, name: str) -> dict[str, Any] | None:
    return remembered(refresh, f"{name}:{language()}", partial(chart, refresh, name))


def _specs(refresh: Refresh) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the page draws: curves of kept results, and risk against worth."""
    for name in CHARTS:
        if spec := _chart(refresh, name):
            yield name, spec
    yield "risk", _risk(refresh)


def _sentence(refresh: Refresh, name: str) -> dict[str, Any]:
    """An analysis' finding in words, or why there is none."""
    found = refresh.summaries.get(name, {})
    kept = found.get("headline") or found.get("refused")
    return {
        "name": name,
        "title": catalogue()[name].title,
        "message": Message.restored(kept) if kept else None,
        "figures": found.get("figures", {}),
    }


def chart(refresh: Refresh, name: str) -> dict[str, Any] | None:
    """A kept result's chart data, in the page's language."""
    try:
        drawn = scorecards.result(settings.HOME, refresh, name).chart(language())
    except Refusal:
        return None
    return drawn.spec if drawn else None


def _tiers(refresh: Refresh) -> list[dict[str, Any]]:
    rows = Scorecard.objects.filter(refresh=refresh).exclude(tier="").values("tier")
    sums = {
        row["tier"]: row for row in rows.annotate(n=Count("id"), revenue=Sum("revenue_12m"), earned=Sum("contribution"))
    }
    return [{**sums[tier.value], "tier": tier} for tier in Tier if tier.value in sums]


def _movers(refresh: Refresh, direction: Direction) -> list[tuple[Account, Scorecard]]:
    cards = Scorecard.objects.filter(refresh=refresh, direction=direction, growth__isnull=False)
    return _with_accounts(list(cards.order_by(F("revenue_12m").desc(nulls_last=True), "customer")[:LISTED]))


def _largest(refresh: Refresh, codes: list[str]) -> list[tuple[Account, Scorecard]]:
    """The largest of these accounts; of very many, of the first ones."""
    cards = Scorecard.objects.filter(refresh=refresh, customer__in=codes[:MOVED])
    return _with_accounts(list(cards.order_by(F("revenue_12m").desc(nulls_last=True), "customer")[:LISTED]))


def _with_accounts(cards: list[Scorecard]) -> list[tuple[Account, Scorecard]]:
    accounts = {a.code: a for a in Account.objects.filter(code__in=[card.customer for card in cards])}
    return [(accounts[card.customer], card) for card in cards if card.customer in accounts]


def _risk(refresh: Refresh) -> dict[str, Any]:
    """Risk against worth: the upper right is where to act now. In its quiet season an account has nothing at stake."""
    rows = Scorecard.objects.filter(refresh=refresh, churn__isnull=False, revenue_12m__gt=0)
    top = list(rows.order_by("-revenue_12m").values_list("customer", "churn", "revenue_12m", "at_stake")[:RISKS])
    doubtful = [money or 0.0 for _code, churn, money, stake in top if (churn or 0.0) > EVEN and stake]
    text = _("{n} accounts with {money} of yearly sales are more likely gone than not")
    title = Message(text, {"n": Figure(len(doubtful)), "money": Money(sum(doubtful), refresh.currency)})
    return {
        "kind": "points",
        "title": title.say(language()),
        "x": translate(_("Risk of leaving"), language()),
        "y": translate(_("Net sales, 12 months"), language()),
        "unit": "money",
        "x_unit": "share",
        "currency": refresh.currency,
        "points": [[churn, money] for _code, churn, money, _stake in top],
        "names": [code for code, *_figures in top],
    }


def _managers(refresh: Refresh) -> list[dict[str, Any]]:
    """Who covers whom: accounts, net sales and money at stake by manager, on cards or not."""
    card = Scorecard.objects.filter(refresh=refresh, customer=OuterRef("code"))
    figures = {name: Coalesce(Subquery(card.values(name)), 0.0) for name in ("revenue_12m", "at_stake")}
    sums = {"n": Count("pk"), "revenue": Sum("revenue_12m"), "stake": Sum("at_stake")}
    who = Coalesce("manager__name", "manager_name")
    found: Any = Account.objects.annotate(name_of=who, **figures).order_by().values("name_of").annotate(**sums)
    largest = sorted(found, key=lambda row: -row["revenue"])[:30]
    return [
        {"name": row["name_of"], "n": row["n"], "revenue": row["revenue"], "stake": row["stake"]} for row in largest
    ]
