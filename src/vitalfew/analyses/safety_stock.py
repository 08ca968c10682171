"""How much stock each product needs, and when which shelf will be empty.

Our own stock, and that of customers who report it, against what leaves it. With ``D`` and ``sd_D`` a day's demand and its
deviation (from the last weeks, empty ones too), ``L`` and ``sd_L`` the days until goods arrive and their deviation,

    safety stock    the service level's quantile of the demand over the lead time, less its mean  L D
    reorder point   L D + safety stock
    order now       reorder point − on hand − on order, where that is above zero
    empty on        the day of the count plus days of cover (on hand / D);  short: what is missing until goods ordered then come

Demand is taken as normal while its deviation over the lead time is below half of its mean, else as gamma. Where three years
prove a season for the product, or for all together, D is that of the coming weeks. ``fill_rate`` is the share of demand met
from the shelf with the safety stock kept and a month's demand ordered at a time; ``enough`` how likely today's stock lasts the
lead time.

The service level is the user's, or follows from costs: ``too_few`` for a piece that is missing, ``too_many`` for one left over,
give ``too_few / (too_few + too_many)``, at which one piece more costs as much as it saves.

    55 lost on a piece too few, 5 on one too many  →  service level .917
    D 2,500, sd 500, L 7 days, sd_L 7, 90 %   →   safety stock 22,491

Lead times are those of our own deliveries, ordered to delivered, and their spread that of promised to delivered. How long our
suppliers take is in no order line: give it as an option where it is known. What customers' shelves need is told from what
they sold on, not from what they ordered of us.

Chopra & Meindl (2016). Supply Chain Management, chapter 12. Silver, Pyke & Thomas (2017). Inventory and Production Management.
"""

from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message
from vitalfew.maths.seasons import factors_of_each
from vitalfew.maths.stock import chance_enough, critical_ratio, fill_rate, over_lead_time
from vitalfew.maths.stock import safety_stock as kept_beyond
from vitalfew.panels import MONTHS_A_YEAR, Floats, figures, last_whole_month, month_of
from vitalfew.terms import Group, Unit
from vitalfew.terms import gettext_noop as _

WEEK: Final = 7
MONTH: Final = 30.4
USUAL_LEAD, USUAL_SPREAD = 14.0, 3.0
"""Days taken where no order line tells any."""
OLD: Final = 60
LOWEST, HIGHEST = 0.5, 0.9999
"""Service levels."""
FEWEST_WEEKS: Final = 8


@analysis(
    group=Group.SUPPLY,
    title=_("Safety stock"),
    question=_("How much stock does each product need, and when will which shelf be empty?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("Whose shelf; empty: our own stock")),
        Column("product", Unit.TEXT, _("Product"), _("Product code")),
        Column("on_hand", Unit.NUMBER, _("On hand"), _("Quantity at the latest count of each place")),
        Column("on_order", Unit.NUMBER, _("On order"), _("Quantity ordered and not yet there")),
        Column("daily", Unit.NUMBER, _("A day's demand"), _("Mean demand a day, in the coming lead time")),
        Column("deviation", Unit.NUMBER, _("Deviation"), _("Deviation of a day's demand")),
        Column("lead_days", Unit.NUMBER, _("Lead time"), _("Days until ordered goods arrive")),
        Column("safety_stock", Unit.NUMBER, _("Safety stock"), _("Quantity to keep beyond the lead time's demand")),
        Column("reorder_point", Unit.NUMBER, _("Reorder point"), _("Order when on hand and on order fall to this")),
        Column("order_now", Unit.NUMBER, _("To order now"), _("What is missing to the reorder point")),
        Column("days_of_cover", Unit.NUMBER, _("Days of cover"), _("How long the stock on hand lasts")),
        Column("empty_on", Unit.DAY, _("Empty on"), _("When the stock on hand is used up")),
        Column("short", Unit.NUMBER, _("Short by then"), _("Demand between the empty shelf and goods ordered today")),
        Column("enough", Unit.SHARE, _("Lasts"), _("How likely stock on hand lasts the lead time")),
        Column("fill_rate", Unit.SHARE, _("Fill rate"), _("Share of demand met with this safety stock")),
    ),
    choices={
        "level": Choice(_("Service level"), least=LOWEST, most=HIGHEST),
        "too_few": Choice(_("Cost of a piece too few (0: by the service level)")),
        "too_many": Choice(_("Cost of a piece too many")),
        "weeks": Choice(_("Weeks looked back"), least=FEWEST_WEEKS, most=156),
        "lead_days": Choice(_("Our suppliers' lead time in days (0: as we deliver)"), most=730),
        "lead_deviation": Choice(_("Its deviation in days (0: as we deliver)"), most=365),
    },
    per_account=False,
    source="Chopra & Meindl (2016); Silver, Pyke & Thomas (2017)",
)
def safety_stock(
    stock: Frame,
    order_lines: Frame,
    sell_out: Frame | None = None,
    *,
    as_of: int,
    level: float = 0.95,
    weeks: int = 26,
    lead_days: float = 0.0,
    lead_deviation: float = 0.0,
    too_few: float = 0.0,
    too_many: float = 0.0,
) -> Findings:
    level = _by_cost(too_few, too_many) if too_few or too_many else level
    shelves = [_ours(stock, order_lines, as_of, weeks)]
    if sell_out is not None:
        shelves.append(_theirs(sell_out, order_lines, as_of, weeks))
    table = pa.concat_tables(shelves)
    kept = pc.or_(pc.is_null(table["customer"]), pc.greater_equal(table["counted"], float(as_of - OLD)))
    left_out = len(table) - (pc.sum(kept).as_py() or 0)
    table = table.filter(kept)
    if not len(table):
        raise Refusal(Message(_("No stock of a product is known: import stock counts first")))
    ours_first = table.set_column(0, "customer", pc.fill_null(table["customer"], ""))
    table = table.take(pc.sort_indices(ours_first, sort_keys=[("customer", "ascending"), ("product", "ascending")]))
    shelf = _Shelves(
        table,
        _leads(order_lines),
        _season(order_lines, table["product"].combine_chunks(), as_of, weeks),
        lead_days,
        lead_deviation,
        level,
    )
    rows = shelf.rows()
    return Findings(rows, shelf.figures(), shelf.headline(), shelf.warnings(as_of, left_out))


def _by_cost(too_few: float, too_many: float) -> float:
    """The newsvendor's service level, within what a level may be."""
    if too_few <= 0 or too_many <= 0:
        raise Refusal(Message(_("Give what a piece too few costs and what a piece too many costs, both above zero")))
    return min(max(critical_ratio(too_few, too_many), 1 - HIGHEST), HIGHEST)


_SHELF: Final = pa.schema(
    [("customer", pa.string()), ("product", pa.string())]
    + [(name, pa.float64()) for name in ("on_hand", "on_order", "counted", "total", "squares", "weeks", "deviating")]
)


def _ours(stock: Frame, order_lines: Frame, as_of: int, weeks: int) -> pa.Table:
    """Our own stock: the latest count of each place, and what all customers ordered."""
    newest = stock.group_by("product", "place").agg(counted_on=nw.col("counted_on").max())
    latest = stock.join(newest, on=["product", "place", "counted_on"], how="inner")
    on_hand = latest.group_by("product").agg(
        on_hand=nw.col("quantity").cast(nw.Float64).sum().round(4),
        on_order=nw.col("on_order").cast(nw.Float64).sum().round(4),
        counted=nw.col("counted_on").max().cast(nw.Float64),
    )
    sold = order_lines.filter(nw.col("quantity").cast(nw.Float64) > 0)
    sums = _weekly(sold.select("product", "quantity", day=nw.col("ordered_on")), ["product"], as_of, weeks)
    return _shelf(on_hand.join(sums, on="product", how="left").with_columns(customer=nw.lit(None).cast(nw.String)))


def _theirs(sell_out: Frame, order_lines: Frame, as_of: int, weeks: int) -> pa.Table:
    """Customers' shelves: the latest stock they told, what they sold on, and what they ordered and we didn't deliver yet."""
    told = sell_out.filter(~nw.col("stock_after").is_null())
    newest = told.group_by("customer", "product").agg(date=nw.col("date").max())
    latest = told.join(newest, on=["customer", "product", "date"], how="inner")
    on_hand = latest.group_by("customer", "product").agg(
        on_hand=nw.col("stock_after").cast(nw.Float64).sum().round(4), counted=nw.col("date").max().cast(nw.Float64)
    )
    open_lines = order_lines.filter(nw.col("delivered_on").is_null(), nw.col("quantity").cast(nw.Float64) > 0)
    lately = open_lines.filter(nw.col("ordered_on") > as_of - 2 * OLD)
    coming = lately.group_by("customer", "product").agg(on_order=nw.col("quantity").cast(nw.Float64).sum().round(4))
    keys = ["customer", "product"]
    sums = _weekly(sell_out.select(*keys, "quantity", day=nw.col("date")), keys, as_of, weeks)
    return _shelf(on_hand.join(coming, on=keys, how="left").join(sums, on=keys, how="left"))


def _weekly(sold: Frame, keys: list[str], as_of: int, weeks: int) -> Frame:
    """Sum and sum of squares of each week's quantity, and how many weeks there are since the first."""
    back = (((nw.lit(as_of) - nw.col("day")).cast(nw.Float64) + 0.5) * (1 / WEEK)).floor()
    within = sold.with_columns(back=back).filter(nw.col("back") >= 0, nw.col("back") < weeks)
    by_week = within.group_by(*keys, "back").agg(quantity=nw.col("quantity").cast(nw.Float64).sum().round(4))
    return (
        by_week.with_columns(square=nw.col("quantity") * nw.col("quantity"))
        .group_by(*keys)
        .agg(
            total=nw.col("quantity").sum().round(4),
            squares=nw.col("square").sum().round(4),
            weeks=nw.col("back").max() + 1.0,
        )
    )


def _shelf(frame: Frame) -> pa.Table:
    collected: pa.Table = frame.collect("pyarrow").to_native()
    empty = pa.nulls(len(collected), pa.float64())
    return pa.table(
        [collected[f.name] if f.name in collected.column_names else empty for f in _SHELF], _SHELF.names
    ).cast(_SHELF)


@dataclass(frozen=True)
class _Leads:
    """Days from order to delivery, and the deviation of delivery from promise, over all lines that tell."""

    days: float
    deviation: float
    lines: int


def _leads(order_lines: Frame) -> _Leads:
    told = order_lines.filter(~nw.col("delivered_on").is_null(), nw.col("quantity").cast(nw.Float64) > 0)
    days = (nw.col("delivered_on") - nw.col("ordered_on")).cast(nw.Float64)
    late = (nw.col("delivered_on") - nw.col("promised_on")).cast(nw.Float64)
    spread = told.with_columns(days=days, late=late).with_columns(square=nw.col("late") * nw.col("late"))
    row = spread.select(
        n=nw.len(),
        days=nw.col("days").mean(),
        k=nw.col("late").count(),
        late=nw.col("late").sum(),
        square=nw.col("square").sum(),
    )
    found = row.collect("pyarrow").to_native().to_pylist()[0]
    if not found["n"]:
        return _Leads(USUAL_LEAD, USUAL_SPREAD, 0)
    if found["k"] < 2:  # noqa: PLR2004  (a deviation needs two)
        return _Leads(found["days"], USUAL_SPREAD, found["n"])
    variance = (found["square"] - found["late"] ** 2 / found["k"]) / (found["k"] - 1)
    return _Leads(found["days"], float(np.sqrt(max(variance, 0.0))), found["n"])


def _season(order_lines: Frame, products: pa.Array, as_of: int, weeks: int) -> Floats:
    """What the coming month asks for of each product, against the weeks looked back on; 1 where no season is proven."""
    sold = order_lines.filter(nw.col("quantity").cast(nw.Float64) > 0, ~nw.col("product").is_null())
    monthly = sold.group_by("product", "month").agg(quantity=nw.col("quantity").cast(nw.Float64).sum().round(4))
    table = monthly.collect("pyarrow").to_native()
    last = last_whole_month(as_of)
    month = np.asarray(table["month"].to_numpy(), dtype=np.int64)
    if not month.size or last < month.min():
        return np.ones(len(products))
    among = pc.unique(products)
    place = pc.fill_null(pc.index_in(table["product"].combine_chunks(), value_set=among), len(among)).to_numpy()
    totals = np.zeros((len(among) + 1, last - month.min() + 1))
    inside = month <= last
    np.add.at(totals, (place[inside], month[inside] - month.min()), np.asarray(table["quantity"].to_numpy())[inside])
    overall = factors_of_each(totals.sum(axis=0)[None, :], np.ones(MONTHS_A_YEAR))[0]
    found = factors_of_each(totals[:-1], overall)
    behind = [(month_of(as_of - WEEK * back) - last - 1) % MONTHS_A_YEAR for back in range(weeks)]
    coming = (month_of(as_of + WEEK) - last - 1) % MONTHS_A_YEAR
    ratio = found[:, coming] / found[:, behind].mean(axis=1)
    return np.asarray(ratio[pc.index_in(products, value_set=among).to_numpy(zero_copy_only=False).astype(np.int64)])


class _Shelves:
    """All shelves and what they need."""

    def __init__(  # noqa: PLR0917  (what the shelves share)
        self, table: pa.Table, leads: _Leads, season: Floats, lead_days: float, lead_deviation: float, level: float
    ) -> None:
        self.table, self.leads, self.season, self.level = table, leads, season, level
        ours = np.asarray(table["customer"].is_null().to_numpy())
        self.ours = ours
        self.lead: Floats = np.where(ours & (lead_days > 0), lead_days, leads.days)
        self.spread: Floats = np.where(ours & (lead_deviation > 0), lead_deviation, leads.deviation)
        self.weeks = np.maximum(self._floats("weeks"), 1.0)
        self.on_hand, self.on_order = np.maximum(self._floats("on_hand"), 0.0), self._floats("on_order")
        total = self._floats("total")
        self.daily = np.maximum(total, 0.0) / self.weeks / WEEK * season
        variance = np.maximum(self._floats("squares") - total**2 / self.weeks, 0.0) / np.maximum(self.weeks - 1.0, 1.0)
        self.deviation = np.sqrt(variance / WEEK) * season
        self.mean, self.sigma = over_lead_time(self.daily, self.deviation, self.lead, self.spread)
        self.kept = np.maximum(kept_beyond(self.mean, self.sigma, level), 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            self.cover = np.where(self.daily > 0, self.on_hand / self.daily, np.nan)

    def _floats(self, name: str) -> Floats:
        return np.nan_to_num(np.asarray(self.table[name].to_numpy(), dtype=np.float64))

    @property
    def order_now(self) -> Floats:
        return np.maximum(self.mean + self.kept - self.on_hand - self.on_order, 0.0)

    @property
    def short(self) -> Floats:
        """Demand of the days between the empty shelf and goods ordered today, less what is coming."""
        until = np.maximum(self.lead - np.nan_to_num(self.cover), 0.0)
        return np.asarray(np.maximum(self.daily * until - self.on_order, 0.0))

    @property
    def known(self) -> Floats:
        """Too few weeks tell nothing of how demand varies."""
        return np.where(self.weeks >= FEWEST_WEEKS, 1.0, np.nan)

    def rows(self) -> pa.Table:
        counted = self._floats("counted")
        last = np.nan_to_num(counted + self.cover)
        far = ~np.isfinite(self.cover) | (last > _FAR)
        columns = {
            "on_hand": self.on_hand,
            "on_order": self.on_order,
            "daily": self.daily,
            "deviation": self.deviation * self.known,
            "lead_days": self.lead,
            "safety_stock": self.kept * self.known,
            "reorder_point": (self.mean + self.kept) * self.known,
            "order_now": self.order_now * self.known,
            "days_of_cover": self.cover,
            "short": self.short,
            "enough": chance_enough(self.mean, self.sigma, self.on_hand) * self.known,
            "fill_rate": fill_rate(self.kept, self.sigma, self.daily * MONTH) * self.known,
        }
        made = {name: figures(np.round(values, 4)) for name, values in columns.items()}
        made["empty_on"] = pa.array(np.floor(np.where(far, 0, last)).astype(np.int64), mask=far)
        codes = {name: self.table[name].combine_chunks() for name in ("customer", "product")}
        order = [column.name for column in safety_stock.columns]
        return pa.table({**codes, **made}).select(order)

    def figures(self) -> dict[str, float | int | None]:
        short = self.short > 0
        return {
            "shelves": len(self.table),
            "ours": int(self.ours.sum()),
            "short": int((short & self.ours).sum()),
            "short_at_customers": int((short & ~self.ours).sum()),
            "to_order": int((np.nan_to_num(self.order_now * self.known)[self.ours] > 0).sum()),
            "lead_days": self.leads.days,
            "lead_deviation": self.leads.deviation,
            "seasonal": int((self.season != 1.0).sum()),
            "level": self.level,
        }

    def headline(self) -> Message:
        found = self.figures()
        return Message(
            _(
                "{order} of our {ours} products {order:needs|need} ordering now; out of stock before the delivery "
                "comes: {short} of ours, {theirs} at customers"
            ),
            {
                "order": Count(found["to_order"] or 0),
                "ours": Count(found["ours"] or 0),
                "short": Count(found["short"] or 0),
                "theirs": Count(found["short_at_customers"] or 0),
            },
        )

    def warnings(self, as_of: int, left_out: int) -> list[Message]:
        said = []
        if not self.leads.lines:
            text = _("No order line tells when it was delivered: a lead time of {days} {days:day|days} is taken")
            said.append(Message(text, {"days": Count(USUAL_LEAD)}))
        if left_out:
            text = _(
                "{n} {n:customer's shelf was|customers' shelves were} last told more than {days} "
                "{days:day|days} ago and are left out"
            )
            said.append(Message(text, {"n": Count(left_out), "days": Count(OLD)}))
        if old := int((self._floats("counted") < as_of - OLD).sum()):
            text = _("{n} of our own products were last counted more than {days} {days:day|days} ago")
            said.append(Message(text, {"n": Count(old), "days": Count(OLD)}))
        if young := int((self.weeks < FEWEST_WEEKS).sum()):
            text = _(
                "{n} {n:product has|products have} moved for fewer than {weeks} {weeks:week|weeks}: how much "
                "to keep is not told for them"
            )
            said.append(Message(text, {"n": Count(young), "weeks": Count(FEWEST_WEEKS)}))
        return said


_FAR: Final = 60_000
"""Days that no calendar of ours reaches."""
