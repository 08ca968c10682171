"""The portfolio: four sentences, the Pareto and the whale curve, who rises and falls, and where to act."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_GET

from vitalfew.accounts import questions
from vitalfew.accounts.models import Account
from vitalfew.accounts.remembered import kept
from vitalfew.catalogue import Refusal, catalogue
from vitalfew.language import LANGUAGES, Message, Money, translate
from vitalfew.language import Count as Figure
from vitalfew.outlets.movement import Movement, before, movement
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.permissions import Right
from vitalfew.terms import Direction, Tier
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard

SENTENCES = ("pareto", "whale-curve", "retention", "trend")
A_LINE = 2
"""So many points make a line; one by itself says nothing that its sentence doesn't."""
CHARTS = ("pareto", "whale-curve", "retention")
LISTS = {
    "pareto": "class=A&order=-revenue_12m", "whale-curve": "order=contribution", "retention": "order=-recency",
    "risk": "risk=high&order=-at_stake",
}  # fmt: skip
"""The list behind each chart."""
LISTED, RISKS, EVEN, MANAGERS = 8, 300, 0.5, 30


@needs(Right.PORTFOLIO)
@require_GET
def portfolio(request: HttpRequest) -> HttpResponse:
    user, refresh = signed_in(request), scorecards.told()
    if refresh is None:
        return render(request, "outlets/portfolio.html", {"refresh": None, "facts": None})
    moved, specs = moved_since(refresh), dict(drawn(refresh))
    named = questions.with_names(user, *specs.values())
    context = {
        "refresh": refresh,
        "facts": refresh,
        "currency": refresh.currency,
        "sentences": [told_by(refresh, name) for name in SENTENCES if name not in specs],
        "charts": [(n, spec, LISTS[n]) for n, spec in zip(specs, named, strict=True)],
        "tiers": by_tier(refresh),
        "movement": moved,
        **movers(refresh, moved),
        "managers": kept(refresh, "managers", partial(managers, refresh), decided=True),
    }
    return render(request, "outlets/portfolio.html", context)


def work_out(refresh: Refresh) -> None:
    """What the page shows of all accounts, before anybody looks at it."""
    for code in LANGUAGES:
        with override(code):
            for name in CHARTS:
                _chart(refresh, name)
    moved_since(refresh)
    by_tier(refresh)
    kept(refresh, "managers", partial(managers, refresh), decided=True)


def _chart(refresh: Refresh, name: str) -> dict[str, Any] | None:
    spec: dict[str, Any] | None = kept(refresh, f"{name}.{language()}", partial(chart, refresh, name))
    return spec


def moved_since(refresh: Refresh) -> Movement | None:
    """Against the latest refresh that is a quarter older: looking back may have added it since."""
    earlier = before(refresh)
    plain = kept(refresh, f"movement.{earlier.pk}", partial(_movement, earlier, refresh)) if earlier else None
    return Movement.restored(plain) if plain else None


def _movement(earlier: Refresh, refresh: Refresh) -> dict[str, Any] | None:
    moved = movement(earlier, refresh)
    return moved.plain() if moved else None


def drawn(refresh: Refresh) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the page draws: curves of kept results, each under what it says, and risk against worth."""
    for name in CHARTS:
        if spec := _chart(refresh, name):
            yield name, spec
    yield "risk", _risk(refresh)


def told_by(refresh: Refresh, name: str) -> dict[str, Any]:
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
        result = scorecards.result(settings.HOME, refresh, name)
    except Refusal:
        return None
    drawing = result.analysis.drawing
    if drawing and drawing.kind == "line" and result.table.num_rows < A_LINE:
        return None
    drawn = result.chart(language())
    return drawn.spec if drawn else None


def by_tier(refresh: Refresh) -> list[dict[str, Any]]:
    sums = {row["tier"]: row for row in kept(refresh, "tiers", partial(tiers, refresh), decided=True)}
    told = [{**sums[tier.value], "tier": tier} for tier in Tier if tier.value in sums]
    return [*told, {**sums[""], "tier": None}] if "" in sums else told


def tiers(refresh: Refresh) -> list[dict[str, Any]]:
    """Accounts, net sales and contribution by tier, and of those without one."""
    rows = Scorecard.objects.filter(refresh=refresh).values("tier")
    sums: Any = rows.annotate(n=Count("id"), revenue=Sum("revenue_12m"), earned=Sum("contribution"))
    return list(sums)


def movers(refresh: Refresh, moved: Movement | None) -> dict[str, list[tuple[Account, Scorecard]]]:
    """Who went to a higher and a lower tier, and who rises and falls, each with its account."""
    cards = {
        **_between_tiers(refresh, moved),
        "rising": _movers(refresh, Direction.RISING),
        "falling": _movers(refresh, Direction.FALLING),
    }
    codes = {card.customer for each in cards.values() for card in each}
    accounts = {account.code: account for account in Account.objects.filter(code__in=codes)}
    return {
        name: [(accounts[card.customer], card) for card in each if card.customer in accounts]
        for name, each in cards.items()
    }


def _between_tiers(refresh: Refresh, moved: Movement | None) -> dict[str, list[Scorecard]]:
    if moved is None:
        return {"risen": [], "fallen": []}
    found = Scorecard.objects.filter(refresh=refresh, customer__in=[*moved.risen, *moved.fallen])
    cards = {card.customer: card for card in found}
    return {
        name: [cards[code] for code in codes if code in cards]
        for name, codes in (("risen", moved.risen), ("fallen", moved.fallen))
    }


def _movers(refresh: Refresh, direction: Direction) -> list[Scorecard]:
    """The largest; in an order that both databases have an index for."""
    known = {"growth__isnull": False, "revenue_12m__isnull": False}
    cards = Scorecard.objects.filter(refresh=refresh, direction=direction, **known)
    return list(cards.order_by("-revenue_12m", "customer")[:LISTED])


def _risk(refresh: Refresh) -> dict[str, Any]:
    """Risk against worth: the upper right is where to act now. In its quiet season an account has nothing at stake."""
    rows = Scorecard.objects.filter(refresh=refresh, churn__isnull=False, revenue_12m__gt=0)
    top = list(rows.order_by("-revenue_12m").values_list("customer", "churn", "revenue_12m", "at_stake")[:RISKS])
    doubtful = [money or 0.0 for _code, churn, money, stake in top if (churn or 0.0) > EVEN and stake]
    text = _(
        "{n} {n:account|accounts}, which bought for {money} in twelve months, are more likely to leave than to stay"
    )
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


def managers(refresh: Refresh) -> list[dict[str, Any]]:
    """Who covers whom: accounts, net sales and money at stake by manager, on cards or not."""
    card = "(SELECT customer, revenue_12m, at_stake FROM warehouse_scorecard WHERE refresh_id = %s)"
    query = (
        "SELECT coalesce(u.name, a.manager_name) AS who, u.username, count(*), "  # noqa: S608  (our own texts)
        "sum(coalesce(c.revenue_12m, 0.0)) AS revenue, sum(coalesce(c.at_stake, 0.0)) FROM accounts_account a "
        f"LEFT JOIN people_user u ON u.id = a.manager_id LEFT JOIN {card} c ON c.customer = a.code "
        f"GROUP BY 1, 2 ORDER BY revenue DESC, who LIMIT {MANAGERS}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [refresh.pk])
        return [dict(zip(("name", "username", "n", "revenue", "stake"), row, strict=True)) for row in cursor.fetchall()]
