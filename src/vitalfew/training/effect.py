"""What a programme changed, as far as can be told: trained accounts beside comparable ones, before and after.

    trained      accounts of which somebody came to a session of it, ninety days or longer before the figures' day
    comparable   accounts of which nobody was ever trained, that bought of the same goods in the ninety days before between the
                 least and the most that a trained one did
    change       difference in differences of ninety days after and ninety before, an account, as the analysis of campaigns
                 works it out: (trained after - trained before) - (others after - others before), with its interval

Of what the account sold on, where ten on either side report that, else of what it ordered; of the programme's categories
alone, where it names any. From fewer than ten accounts a side nothing is told. Who is trained was chosen by people, not drawn by
lot: the difference is no proof, and what the analysis doubts is told beside it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import pyarrow as pa
from django.conf import settings

from vitalfew.catalogue import Refusal
from vitalfew.language import Count, Message, Money
from vitalfew.terms import Arm
from vitalfew.terms import gettext_noop as _
from vitalfew.training.models import Attendee, Programme
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine, connect
from vitalfew.warehouse.given import checked
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.run import day_number, start
from vitalfew.warehouse.sources import Beside, FromTables

DAYS: Final = 90
FEWEST: Final = 10
MEMORY: Final = "512MB"


class Basis(NamedTuple):
    """Of which facts it is told."""

    name: str
    table: str
    day: str
    columns: str


BASES: Final = (
    Basis("sell-out", "sell_out", "date", "quantity::DOUBLE AS amount, quantity::DOUBLE AS quantity, NULL::DOUBLE AS cost"),
    Basis("orders", "order_lines", "ordered_on", "amount::DOUBLE AS amount, quantity::DOUBLE AS quantity, cost::DOUBLE AS cost"),
)  # fmt: skip


def worked_out(programme: Programme, currency: str) -> dict[str, Any]:
    """To be kept as it is: what is said, the figures behind it, and what speaks against believing it."""
    shown = scorecards.current()
    if shown is None:
        return _said(Message(_("Nothing has been imported and computed yet")))
    starts = _starts(programme, shown.as_of)
    for place, basis in enumerate(BASES):
        arms = _arms(programme, starts, basis)
        treated = sum(arm == Arm.TREATED for _code, arm, _day in arms)
        enough = treated >= FEWEST and len(arms) - treated >= FEWEST
        if enough or place == len(BASES) - 1:
            break
    if not enough:
        return {**_said(_too_few(treated, len(arms) - treated)), "as_of": shown.as_of.isoformat()}
    return {**_compared(programme, arms, basis, currency), "as_of": shown.as_of.isoformat(), "basis": basis.name}


def _said(what: Message) -> dict[str, Any]:
    return {"said": what.stored(), "tells": False, "doubts": []}


def _too_few(trained: int, others: int) -> Message:
    text = _(
        "Cannot tell: {trained} trained {trained:account|accounts} and {others} comparable {others:one|ones} have ninety days "
        "of facts before and after; {n} on either side are needed"
    )
    return Message(text, {"trained": Count(trained), "others": Count(others), "n": Count(FEWEST)})


def _starts(programme: Programme, as_of: date) -> dict[str, int]:
    """By account, the day after its people first came; where the facts reach ninety days beyond."""
    came = Attendee.objects.filter(
        session__programme=programme, came_at__isnull=False, put_away_at=None, account__isnull=False,
        session__day__lte=as_of - timedelta(days=DAYS), session__put_away_at=None,
    )  # fmt: skip
    rows = came.order_by("-session__day").values_list("account__code", "session__day")
    return {code: day_number(day) + 1 for code, day in rows}


def _arms(programme: Programme, starts: Mapping[str, int], basis: Basis) -> list[tuple[str, str, int]]:
    """Trained and comparable accounts, each with the day its ninety days begin; others take the days of the trained in turn."""
    if not starts:
        return []
    engine = DuckEngine(connect(MEMORY))
    lines = _lines(engine, programme, basis)
    ever = set(
        Attendee.objects.filter(came_at__isnull=False, account__isnull=False).values_list("account__code", flat=True)
    )
    known = _rows(engine, f"SELECT DISTINCT customer FROM ({lines}) ORDER BY 1")  # noqa: S608  (our own texts)
    others = [code for (code,) in known if code not in ever]
    days = sorted(starts.values())
    begun = {**starts, **{code: days[place % len(days)] for place, code in enumerate(others)}}
    sold = _sold_before(engine, lines, begun)
    treated = [(code, Arm.TREATED.value, day) for code, day in sorted(starts.items()) if sold.get(code)]
    if not treated:
        return []
    least, most = (pick(sold[code] for code, _arm, _day in treated) for pick in (min, max))
    alike = [code for code in others if least <= sold.get(code, 0.0) <= most and sold.get(code)]
    return [*treated, *((code, Arm.HOLDOUT.value, begun[code]) for code in alike)]


def _lines(engine: DuckEngine, programme: Programme, basis: Basis) -> str:
    """What is counted, a row a line, of the programme's categories; our own texts, what people wrote is handed in beside."""
    source = facts(settings.HOME, engine)
    counted: Any = source.frame(basis.table, None).to_native()
    query = f"SELECT customer, {basis.day} AS ordered_on, product, {basis.columns} FROM ({counted.sql_query()})"  # noqa: S608  (our own texts)
    if not programme.categories:
        return query
    engine.connection.register("taught", pa.table({"category": pa.array(programme.categories, pa.string())}))
    products: Any = source.frame("products", None).to_native()
    chosen = f"SELECT product FROM ({products.sql_query()}) SEMI JOIN taught USING (category)"  # noqa: S608  (as above)
    return f"SELECT * FROM ({query}) WHERE product IN ({chosen})"  # noqa: S608  (as above)


def _sold_before(engine: DuckEngine, lines: str, begun: Mapping[str, int]) -> dict[str, float]:
    table = {"customer": pa.array(list(begun), pa.string()), "starts": pa.array(list(begun.values()), pa.int32())}
    engine.connection.register("members", pa.table(table))
    query = (
        f"SELECT customer, sum(amount) FROM ({lines}) JOIN members USING (customer) "  # noqa: S608  (our own texts)
        f"WHERE ordered_on BETWEEN starts - {DAYS} AND starts - 1 GROUP BY customer"
    )
    return {code: float(amount or 0) for code, amount in _rows(engine, query)}


def _rows(engine: DuckEngine, query: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = engine.connection.execute(query).fetchall()
    return found


def _compared(
    programme: Programme, arms: Sequence[tuple[str, str, int]], basis: Basis, currency: str
) -> dict[str, Any]:
    engine = DuckEngine(connect(MEMORY))
    codes, names, days = (list(column) for column in zip(*arms, strict=True))
    begins = pa.array(days, pa.int32())
    ends = pa.array([day + DAYS - 1 for day in days], pa.int32())
    campaign = pa.table({
        "campaign": [programme.title] * len(arms), "customer": codes, "arm": names,
        "starts_on": begins.cast(pa.date32()), "ends_on": ends.cast(pa.date32()),
    })  # fmt: skip
    given = {"campaign": campaign, "order_lines": _order_lines(programme, basis, codes)}
    run = start(Beside(facts(settings.HOME, engine), FromTables(engine, given)), engine)
    try:
        result = run.result("campaign-effect", before=DAYS)
    except Refusal as refused:
        return _said(refused.message)
    return _told(result.table.to_pylist()[0], result.findings.warnings, currency if basis.name == "orders" else "")


def _order_lines(programme: Programme, basis: Basis, codes: Sequence[str]) -> pa.Table:
    """What is counted as order lines, a row an account and day."""
    engine = DuckEngine(connect(MEMORY))
    lines = _lines(engine, programme, basis)
    engine.connection.register("wanted", pa.table({"customer": pa.array(list(codes), pa.string())}))
    query = (
        f"SELECT customer || '-' || ordered_on AS order_id, '1' AS line_no, customer, "  # noqa: S608  (our own texts)
        f"DATE '1970-01-01' + ordered_on AS ordered_on, "
        f"sum(quantity) AS quantity, sum(amount) AS amount, sum(cost) AS cost FROM ({lines}) SEMI JOIN wanted USING (customer) "
        f"GROUP BY customer, ordered_on"
    )
    table, _caveats = checked("order_lines", engine.connection.sql(query).to_arrow_table())
    return table


def _told(row: Mapping[str, Any], warnings: Sequence[Message], currency: str) -> dict[str, Any]:
    change, low, high = (row[name] for name in ("change", "change_low", "change_high"))
    counts = {"treated": row["accounts"], "others": row["accounts_held_out"]}
    if change is None or low is None or high is None:
        return {**_said(_too_few(*counts.values())), **counts}
    text = _better(low, high, currency)
    unit: dict[str, Any] = {
        name: _figure(value, currency) for name, value in (("change", change), ("low", low), ("high", high))
    }
    said = Message(text, unit)
    doubts = [each.stored() for each in warnings if "{campaign}" in each.text]
    return {
        "said": said.stored(),
        "tells": low > 0 or high < 0,
        "doubts": doubts,
        "change": change,
        "low": low,
        "high": high,
        **counts,
    }


def _figure(value: float, currency: str) -> Any:
    return Money(value, currency) if currency else Count(round(value))


def _better(low: float, high: float, currency: str) -> str:
    """The sentence, by where the interval lies."""
    if low > 0:
        return (
            _("Trained accounts bought {change} more in ninety days than comparable ones ({low} to {high} an account)")
            if currency else
            _("Trained accounts sold {change} pieces more in ninety days than comparable ones ({low} to {high} an account)")
        )  # fmt: skip
    if high < 0:
        return (
            _("Trained accounts bought less in ninety days than comparable ones: {change} an account ({low} to {high})")
            if currency else
            _("Trained accounts sold less in ninety days than comparable ones: {change} pieces an account ({low} to {high})")
        )  # fmt: skip
    return (
        _("Cannot tell whether training changed what was bought: {change} an account in ninety days ({low} to {high})")
        if currency else
        _("Cannot tell whether training changed what was sold on: {change} pieces an account in ninety days ({low} to {high})")
    )  # fmt: skip
