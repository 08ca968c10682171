"""What a joint promotion changed, as far as can be told.

Its sales of what was promoted, in its days and in the same days a year before, are facts; that the promotion made the
difference they do not show: the season and the market are in it. That is asked of the analysis of campaigns, with every account
that ran a promotion of this name as treated, and the others that buy the same categories as held out. It answers from ten
accounts a side; with fewer, "cannot tell" is the answer, and why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pyarrow as pa
from django.conf import settings
from django.utils import timezone

from vitalfew.accounts.aliases import aliases
from vitalfew.catalogue import Refusal
from vitalfew.language import Count, Message
from vitalfew.plans.models import Promotion
from vitalfew.terms import Arm, CampaignVerdict, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine, connect, current_sql, named, one_of, rows_of
from vitalfew.warehouse.known import known
from vitalfew.warehouse.merged import CUSTOMER
from vitalfew.warehouse.run import day_number, start
from vitalfew.warehouse.sources import Beside, FromTables
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

YEAR: Final = timedelta(days=364)
"""The same days of the week."""
FEWEST: Final = 10
TELLING: Final = frozenset({"paid", "worked", "too_dear", "harmed"})


@dataclass(frozen=True)
class Effect:
    """What was found on a day: sales then and a year before, the verdict and why."""

    as_of: date
    sales: float
    year_before: float
    verdict: str
    low: float | None
    high: float | None
    why: Message

    @property
    def label(self) -> str:
        return label_of(CampaignVerdict, self.verdict)

    @property
    def tells(self) -> bool:
        return self.verdict in TELLING


def stored(found: Effect) -> dict[str, Any]:
    return {
        "as_of": found.as_of.isoformat(), "sales": found.sales, "year_before": found.year_before,
        "verdict": found.verdict, "low": found.low, "high": found.high, "why": found.why.stored(),
    }  # fmt: skip


def restored(kept: Mapping[str, Any]) -> Effect:
    read = {"as_of": date.fromisoformat(kept["as_of"]), "why": Message.restored(kept["why"])}
    return Effect(**{**kept, **read})


def worked_out(row: Promotion) -> Effect | Message:
    """What can be said of it, or why nothing can be yet."""
    shown = scorecards.current()
    if shown is None:
        return Message(_("Nothing has been imported and computed yet"))
    if row.plan.begun_on is None:
        return Message(_("The plan was not begun, so nothing of it was run"))
    if row.until >= timezone.localdate():
        return Message(_("The promotion has not ended yet"))
    if row.until > shown.as_of:
        return Message(_("The facts do not reach to its end yet"))
    sales, before = (_sales(row, by) for by in (timedelta(0), YEAR))
    verdict, low, high, why = _verdict(row)
    return Effect(shown.as_of, sales, before, verdict, low, high, why)


def _sales(row: Promotion, back: timedelta) -> float:
    """Of what is promoted, in its days so long ago; in the plan's currency."""
    store = Store(settings.HOME.facts)
    lines, products = (current_sql(store.ledger(TABLES[name]).snapshot()) for name in ("order_lines", "products"))
    since, until = (day_number(day - back) for day in (row.since, row.until))
    codes = row.plan.account.codes
    query = (
        f"SELECT coalesce(sum(amount), 0)::DOUBLE AS amount FROM ({lines}) WHERE {one_of(codes)} "  # noqa: S608  (our own texts)
        f"AND ordered_on BETWEEN {since} AND {until} AND coalesce(currency, $currency) = $currency "
        f"AND product IN (SELECT product FROM ({products}) WHERE category IN (SELECT unnest($categories)))"
    )
    asked = {**named(codes), "currency": row.plan.currency, "categories": row.promoted}
    return float(rows_of(query, asked)[0]["amount"])


def _verdict(row: Promotion) -> tuple[str, float | None, float | None, Message]:
    arms = dict(_arms(row))
    treated = sum(arm == Arm.TREATED for arm in arms.values())
    if treated < FEWEST or len(arms) - treated < FEWEST:
        text = _(
            "{treated} {treated:account|accounts} ran it and {others} bought the same without it: at least {n} on either side "
            "are needed to tell what it changed"
        )
        figures = {"treated": Count(treated), "others": Count(len(arms) - treated), "n": Count(FEWEST)}
        return CampaignVerdict.CANNOT_TELL.value, None, None, Message(text, figures)
    return _compared(row, arms)


def _compared(row: Promotion, arms: Mapping[str, str]) -> tuple[str, float | None, float | None, Message]:
    day = [day_number(each) for each in (row.since, row.until)]
    n = len(arms)
    table = pa.table({
        "campaign": [row.name] * n, "customer": list(arms), "arm": list(arms.values()),
        "starts_on": pa.array([day[0]] * n, pa.int32()).cast(pa.date32()),
        "ends_on": pa.array([day[1]] * n, pa.int32()).cast(pa.date32()),
    })  # fmt: skip
    engine = DuckEngine(connect("1GB"))
    run = start(Beside(known(settings.HOME, engine), FromTables(engine, {"campaign": table})), engine)
    try:
        result = run.result("campaign-effect", cost=float(row.budget))
    except Refusal as refused:
        return CampaignVerdict.CANNOT_TELL.value, None, None, refused.message
    found = result.table.to_pylist()[0]
    return found["verdict"], found["low"], found["high"], result.findings.headline or Message("")


def _arms(row: Promotion) -> Iterator[tuple[str, str]]:
    """Accounts that ran a promotion of this name in these days, and the others that bought of the same categories before."""
    same = Promotion.objects.filter(
        name=row.name,
        put_away_at=None,
        plan__put_away_at=None,
        plan__begun_on__isnull=False,
        since__lte=row.until,
        until__gte=row.since,
    )
    treated = {row.plan.account.code, *same.values_list("plan__account__code", flat=True)}
    for code in sorted(_buyers(row) | treated):
        yield code, (Arm.TREATED if code in treated else Arm.HOLDOUT).value


def _buyers(row: Promotion) -> set[str]:
    store = Store(settings.HOME.facts)
    lines, products = (current_sql(store.ledger(TABLES[name]).snapshot()) for name in ("order_lines", "products"))
    since = day_number(row.since)
    query = (
        f"SELECT DISTINCT customer FROM ({lines}) WHERE ordered_on BETWEEN {since - 365} AND {since - 1} "  # noqa: S608  (our own texts)
        f"AND product IN (SELECT product FROM ({products}) WHERE category IN (SELECT unnest($categories)))"
    )
    names = aliases()[CUSTOMER]
    return {names.get(each["customer"], each["customer"]) for each in rows_of(query, {"categories": row.promoted})}
