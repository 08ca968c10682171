"""What a campaign changed, against the accounts held out of it.

``campaign`` (campaign, customer, arm, starts_on, ends_on; also cost, score) names who was in it, ``house_campaigns`` alike those
that were run here; one of a name that ``campaign`` has too is read there. The arm ``control`` was held
out, by lot if the answer is to hold; every other arm is compared with it, for the days of the campaign. Who is in counts,
bought or not, reached or not.

    effect     mean of the treated − mean of the held out, an account, after CUPED: y − θ (x − mean x), x its sales of
               ``before`` days; Welch's interval, the companies of one group hanging together
    lift       that ratio − 1, Fieller's interval
    bought     share that bought at all: difference with Newcombe's interval; Fisher's p if an expected cell is below 5
    change     difference in differences: (T1 − T0) − (C1 − C0), per account, before scaled to as many days
    profit     effect × treated (at the margin rate, if counted in sales) − cost; return = profit / cost
    least      the effect that would have been seen with power .8; and how many accounts a lift of ``worth`` takes

    treated 130 and held out 100 an account, 20 treated, margin 25 %, cost 100  →  effect 30, profit 50, return 50 %

A verdict needs ten groups on either side and an interval on one side of zero. With tens of accounts "cannot tell" is the usual
answer: hold out more, run longer, or plan a larger effect. Before and after of the treated alone proves nothing: the season
and the market are in it. Arms whose sales before differed at p < .001 were not drawn by lot, and nothing is concluded.
``score``, larger for those expected to be moved more, is judged by the area under its Qini curve.

Deng, A., Xu, Y., Kohavi, R. & Walker, T. (2013). WSDM. Newcombe, R. G. (1998). Stat. Med. 17(8). Fieller, E. C. (1954). JRSS B
16(2). Card, D. & Krueger, A. B. (1994). AER 84(4). Radcliffe, N. J. (2007). Direct Marketing Analytics Journal 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.maths.trials import Trial
from vitalfew.maths.windows import Windows, overlapping
from vitalfew.maths.years import YEAR
from vitalfew.panels import (
    DAY,
    NUMBER,
    TEXT,
    Bools,
    Floats,
    Panel,
    Whole,
    day_numbers,
    figures,
    groups,
    handed_over,
    in_order,
)
from vitalfew.terms import Arm, CampaignVerdict, Group, Unit
from vitalfew.terms import gettext_noop as _

NEEDED: Final = {"campaign": TEXT, "customer": TEXT, "arm": TEXT, "starts_on": DAY, "ends_on": DAY}
MORE: Final = {"cost": NUMBER, "score": NUMBER}
FEWEST, WINDOWS, MANY, ODD, UNLIKE = 10, 4, 5, 0.05, 0.001
"""Groups a side for a verdict; windows before; so many warnings of a kind; p of arms to warn of, and of arms not alike."""
SUMS: Final = ("sales", "costed", "margin", "bought")


@analysis(
    group=Group.GROWTH,
    confidential=True,
    title=_("Effect of campaigns"),
    question=_("What did a campaign change, against the accounts held out of it?"),
    columns=(
        Column("campaign", Unit.TEXT, _("Campaign"), _("Its name")),
        Column("verdict", Unit.WORD, _("Verdict"), _("What the comparison allows to say"), CampaignVerdict),
        Column("effect", Unit.MONEY, _("Effect per account"), _("Treated less held out")),
        Column("low", Unit.MONEY, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.MONEY, _("to"), _("Upper end of the 95 % interval")),
        Column("lift", Unit.SHARE, _("Relative effect"), _("Effect against those held out")),
        Column("lift_low", Unit.SHARE, _("Lift from"), _("Lower end of Fieller's 95 % interval")),
        Column("lift_high", Unit.SHARE, _("Lift to"), _("Upper end of Fieller's 95 % interval")),
        Column("profit", Unit.MONEY, _("Incremental profit"), _("Margin of the effect on all treated, less the cost")),
        Column("profit_low", Unit.MONEY, _("Profit from"), _("At the lower end of the effect")),
        Column("profit_high", Unit.MONEY, _("Profit to"), _("At the upper end of the effect")),
        Column("cost", Unit.MONEY, _("Campaign cost"), _("Cost of the arm")),
        Column("return", Unit.SHARE, _("Return on cost"), _("Incremental profit against cost")),
        Column("arm", Unit.TEXT, _("Arm"), _("What was done to the accounts")),
        Column("accounts", Unit.COUNT, _("Treated accounts"), _("Accounts in this arm")),
        Column("accounts_held_out", Unit.COUNT, _("Held out"), _("Accounts kept out of it")),
        Column("treated", Unit.MONEY, _("Per treated account"), _("Sales or margin in these days, CUPED applied")),
        Column("held_out", Unit.MONEY, _("Per account held out"), _("The same of those held out")),
        Column("starts_on", Unit.DAY, _("Begins"), _("Its first day")),
        Column("ends_on", Unit.DAY, _("Ends"), _("Its last day, or the last day known")),
        Column("bought", Unit.SHARE, _("Treated, bought"), _("Share of the treated that bought in these days")),
        Column("bought_held_out", Unit.SHARE, _("Held out, bought"), _("Share of those held out that bought")),
        Column("bought_more", Unit.SHARE, _("More bought"), _("Difference of the two shares")),
        Column("bought_low", Unit.SHARE, _("More, from"), _("Lower end of Newcombe's 95 % interval")),
        Column("bought_high", Unit.SHARE, _("More, to"), _("Upper end of Newcombe's 95 % interval")),
        Column("bought_p", Unit.SHARE, _("p of the shares"), _("Chance of such a difference without any effect")),
        Column(
            "change", Unit.MONEY, _("Difference in differences"), _("Change of the treated less change of the others")
        ),
        Column("change_low", Unit.MONEY, _("Change from"), _("Lower end of its 95 % interval")),
        Column("change_high", Unit.MONEY, _("Change to"), _("Upper end of its 95 % interval")),
        Column("least", Unit.MONEY, _("Least visible effect"), _("Effect per account seen with power .8")),
        Column("accounts_needed", Unit.COUNT, _("Accounts needed"), _("In each arm, to see the lift that is worth it")),
        Column("overlapping", Unit.COUNT, _("In others too"), _("Accounts of both arms in another campaign then")),
        Column("qini", Unit.NUMBER, _("Qini"), _("Area of the score's gains above the straight line")),
    ),
    choices={
        "basis": Choice(_("Counted by"), {"sales": _("Net sales"), "margin": _("Gross margin")}),
        "control": Choice(_("Name of the arm held out")),
        "before": Choice(_("Days before, known without the campaign"), least=7, most=1500),
        "worth": Choice(_("Lift that would be worth it"), least=0.001, most=10),
        "cost": Choice(_("Cost of each treated account, where none is given")),
    },
    per_account=False,
    source="Deng, Xu, Kohavi & Walker (2013); Newcombe (1998); Card & Krueger (1994)",
)
def campaign_effect(
    order_lines: Frame,
    campaign: Frame | None = None,
    customers: Frame | None = None,
    house_campaigns: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    basis: Literal["sales", "margin"] = "sales",
    control: str = Arm.HOLDOUT.value,
    before: int = 365,
    worth: float = 0.1,
    cost: float = 0.0,
) -> Findings:
    known = _all(campaign, house_campaigns)
    if known is None:
        text = _(
            "No campaign is known: give a list of who was treated and who was held out (named '{arm}'), with first and last day; "
            "the method names its columns"
        )
        raise Refusal(Message(text, {"arm": control}))
    members = _members(known, customers, as_of)
    money = _money(order_lines, members, basis)
    asked = Asked(before, worth, cost, basis)
    rows = [_row(members, money, asked, *arms) for arms in _comparisons(members, control)]
    if not rows:
        raise Refusal(Message(_("Every account of the campaigns is held out: nothing was done to anybody")))
    found = _figures(rows)
    warnings = [*_of_members(members, rows, as_of), *_warnings(rows, asked, currency)]
    return Findings(_table(rows), found, _headline(rows, found, currency), warnings, {"arms": [r["fit"] for r in rows]})


def _all(campaign: Frame | None, own: Frame | None) -> pa.Table | None:
    """Those of both tables; of one name those that the facts have."""
    given = [handed_over(each, "campaign", NEEDED, MORE) for each in (campaign, own) if each is not None]
    if campaign is None or own is None:
        return given[0] if given else None
    names = [*NEEDED, *MORE]
    facts, run = (table.select(names) for table in given)
    here = pc.is_in(run["campaign"], pc.unique(facts["campaign"]))
    return pa.concat_tables([facts, run.filter(pc.invert(here))], promote_options="permissive")


@dataclass(frozen=True)
class Asked:
    """The user's options."""

    before: int
    worth: float
    cost: float
    basis: str


@dataclass(frozen=True)
class Members:
    """One row an account and campaign, sorted by both; days since 1970."""

    campaign: pa.Array
    arm: pa.Array
    codes: pa.Array
    """Every account of any campaign once, in order; ``account`` is the place there."""
    account: Whole
    group: Whole
    starts: Whole
    ends: Whole
    cost: Floats
    score: Floats
    overlapping: Bools
    crossing: int
    """Accounts named in both arms of a campaign, and left out."""
    to_come: int


def _members(table: pa.Table, customers: Frame | None, as_of: int) -> Members:
    named = pc.is_valid(pc.binary_join_element_wise(table["campaign"], table["customer"], table["arm"], ""))
    known = table.filter(pc.and_(named, pc.less_equal(table["starts_on"], table["ends_on"])))
    begun = known.filter(pc.less_equal(known["starts_on"].cast(pa.int32()), as_of))
    sums = [("arm", "min"), ("arm", "max"), ("starts_on", "min"), ("ends_on", "max"), ("cost", "sum"), ("score", "max")]
    each = begun.group_by(["campaign", "customer"]).aggregate(sums)
    each = each.sort_by([("campaign", "ascending"), ("customer", "ascending")])
    both = pc.not_equal(each["arm_min"], each["arm_max"])
    kept = each.filter(pc.invert(both)).combine_chunks()
    if not kept.num_rows:
        raise Refusal(Message(_("No campaign has begun yet, or none of its rows is whole")))
    codes = kept["customer"].combine_chunks()
    distinct = codes.unique().sort()
    account = in_order(codes, distinct)
    starts, ends = day_numbers(kept["starts_on_min"]), np.minimum(day_numbers(kept["ends_on_max"]), as_of)
    return Members(
        kept["campaign"].combine_chunks(), kept["arm_min"].combine_chunks(), distinct, account,
        groups(distinct, customers)[account], starts, ends, kept["cost_sum"].to_numpy(), kept["score_max"].to_numpy(),
        overlapping(account, starts, ends), int(pc.sum(both).as_py() or 0), known.num_rows - begun.num_rows,
    )  # fmt: skip


def _money(order_lines: Frame, members: Members, basis: str) -> Windows:
    amount, cost = (nw.col(name).cast(nw.Float64) for name in ("amount", "cost"))
    days = (
        order_lines.filter(nw.col("customer").is_in(members.codes.to_pylist()))
        .with_columns(
            sales=amount,
            costed=nw.when(~nw.col("cost").is_null()).then(amount),
            margin=amount - cost,
            bought=nw.when(nw.col("quantity").cast(nw.Float64) > 0).then(nw.lit(1.0)).otherwise(nw.lit(0.0)),
        )
        .group_by("customer", "ordered_on")
        .agg(*(nw.col(name).sum().round(4) for name in SUMS))
    )
    panel = Panel.of(days, "ordered_on")
    place = in_order(panel.codes, members.codes)
    named = place >= 0
    if not named.any():
        raise Refusal(Message(_("No account of a campaign ever ordered")))
    values = {name: panel.floats(name)[named] for name in SUMS}
    if basis == "margin" and not np.nan_to_num(values["costed"]).any():
        raise Refusal(Message(_("No cost is known of these accounts' orders: count by net sales")))
    return Windows.of(place[named], panel.whole("ordered_on")[named], values | {"value": values[basis]})


def _comparisons(members: Members, control: str) -> Iterator[tuple[str, str, Whole, Whole]]:
    """Of each campaign, its arms one by one, each beside those held out; the latest campaign first."""
    held_out = pc.equal(members.arm, control).to_numpy(zero_copy_only=False)
    names = pc.dictionary_encode(members.campaign)
    of = names.indices.to_numpy()
    last = [int(members.starts[of == place].max()) for place in range(len(names.dictionary))]
    for place in sorted(range(len(last)), key=lambda each: (-last[each], each)):
        inside = of == place
        for arm in sorted(members.arm.filter(pa.array(inside & ~held_out)).unique().to_pylist()):
            treated = inside & pc.equal(members.arm, arm).to_numpy(zero_copy_only=False)
            yield str(names.dictionary[place]), arm, np.flatnonzero(treated), np.flatnonzero(inside & held_out)


def _row(  # noqa: PLR0917  (an arm, and what it is compared with)
    members: Members, money: Windows, asked: Asked, name: str, arm: str, treated: Whole, held_out: Whole
) -> dict[str, Any]:
    inside = np.concatenate([treated, held_out])
    trial = _trial(members, money, asked.before, inside, treated.size)
    row: dict[str, Any] = dict.fromkeys(each.name for each in campaign_effect.columns) | {
        "campaign": name,
        "arm": arm,
        "starts_on": int(members.starts[treated].min()),
        "ends_on": int(members.ends[treated].max()),
        "accounts": treated.size,
        "accounts_held_out": held_out.size,
        "overlapping": int(members.overlapping[inside].sum()),
        "shared_groups": trial.shared,
        "cost": _cost(members.cost[treated], asked.cost),
    }
    some = money.between("bought", members.account[inside], members.starts[inside], members.ends[inside]) > 0
    row |= trial.effect(asked.worth) | trial.bought(some) | {"qini": trial.qini(some, members.score[inside])}
    row |= _profit(row, _margin_rate(members, money, inside, asked.basis))
    fit = {"campaign": name, "arm": arm, **trial.basis()}
    return row | {"fit": fit, "verdict": _verdict(row, trial.fewest, fit["differed_before_p"])}


def _trial(members: Members, money: Windows, before: int, inside: Whole, treated: int) -> Trial:
    """What each account was worth in the campaign's days, and before; the treated come first."""
    account, starts, ends = members.account[inside], members.starts[inside], members.ends[inside]
    days = ends - starts + 1
    value, known = (money.between("value", account, *span) for span in ((starts, ends), (starts - before, starts - 1)))
    windows = [
        money.between("value", account, starts - back * days, starts - (back - 1) * days - 1)
        for back in range(WINDOWS, 0, -1)
    ]
    first = np.arange(inside.size) < treated
    return Trial(members.group[inside], first, value, known * days / before, np.column_stack(windows))


def _cost(costs: Floats, each: float) -> float | None:
    """What the table says, or the option's cost for each account where it says nothing; None if neither does."""
    return float(np.where(np.isnan(costs), each, costs).sum()) if each or not np.isnan(costs).all() else None


def _margin_rate(members: Members, money: Windows, inside: Whole, basis: str) -> float | None:
    """What remains of a sale: 1 if margin is counted; None where no cost is known."""
    if basis == "margin":
        return 1.0
    when = (members.account[inside], members.starts[inside] - YEAR, members.ends[inside])
    costed, margin = (float(money.between(name, *when).sum()) for name in ("costed", "margin"))
    return margin / costed if costed > 0 else None


def _profit(row: Mapping[str, Any], rate: float | None) -> dict[str, Any]:
    if rate is None or row["low"] is None:
        return {}
    ends = (("profit", "effect"), ("profit_low", "low"), ("profit_high", "high"))
    cost = row["cost"] or 0.0
    found = {name: row[end] * rate * row["accounts"] - cost for name, end in ends}
    return {**found, "return": found["profit"] / cost if cost > 0 else None}


def _verdict(row: Mapping[str, Any], fewest: int, differed: Any) -> CampaignVerdict:
    if not row["accounts_held_out"]:
        return CampaignVerdict.NOBODY_HELD_OUT
    if differed is not None and differed < UNLIKE:
        return CampaignVerdict.NOT_ALIKE
    if row["low"] is None or fewest < FEWEST or row["low"] <= 0 <= row["high"]:
        return CampaignVerdict.CANNOT_TELL
    if row["high"] < 0:
        return CampaignVerdict.HARMED
    paid = row["cost"] and row["profit"] is not None
    words = [CampaignVerdict.PAID, CampaignVerdict.TOO_DEAR, CampaignVerdict.WORKED]
    return words[0 if paid and row["profit_low"] > 0 else 1 if paid and row["profit_high"] < 0 else 2]


def _figures(rows: Sequence[Mapping[str, Any]]) -> dict[str, float | int | str | None]:
    """How many say what, and the latest one's figures."""
    counted = {each.value: sum(row["verdict"] == each for row in rows) for each in CampaignVerdict}
    names = (
        "accounts", "accounts_held_out", "effect", "low", "high", "lift", "lift_low", "lift_high", "least", "profit",
    )  # fmt: skip
    return {"comparisons": len(rows), **counted, **{name: rows[0][name] for name in names}}


def _table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    def column(each: Column) -> pa.Array:
        values = [row[each.name] for row in rows]
        if each.unit in {Unit.TEXT, Unit.WORD}:
            return pa.array([str(value) for value in values], TEXT)
        if each.unit in {Unit.DAY, Unit.COUNT}:
            return pa.array(values, pa.int64())
        return figures(np.array([np.nan if value is None else value for value in values]).round(6))

    return pa.table({each.name: column(each) for each in campaign_effect.columns})


SENTENCES: Final = {
    CampaignVerdict.PAID: _("'{campaign}' worked: {effect} an account ({low} to {high}), {profit} more than it cost"),
    CampaignVerdict.WORKED: _("'{campaign}' worked: {effect} more an account than without it ({low} to {high})"),
    CampaignVerdict.TOO_DEAR: _("'{campaign}' worked ({effect} an account, {low} to {high}), but not its cost's worth"),
    CampaignVerdict.HARMED: _("'{campaign}' did harm: {effect} an account ({low} to {high})"),
    CampaignVerdict.NOT_ALIKE: _(
        "'{campaign}' and those held out were not alike before: {effect} is no proof of an effect"
    ),
    CampaignVerdict.CANNOT_TELL: _("Whether '{campaign}' changed anything cannot be told: {effect} ({low} to {high})"),
}


def _headline(rows: Sequence[Mapping[str, Any]], found: Mapping[str, Any], currency: str) -> Message:
    if len(rows) > 1:
        text = _("Of {n} comparisons {worked} show an effect, {harmed} harm; of {open} nothing can be told")
        worked = sum(found[each] for each in (CampaignVerdict.PAID, CampaignVerdict.WORKED, CampaignVerdict.TOO_DEAR))
        shown = (len(rows), worked, found["harmed"], len(rows) - worked - found["harmed"])
        return Message(text, dict(zip(("n", "worked", "harmed", "open"), map(Count, shown), strict=True)))
    row = rows[0]
    if row["low"] is None:
        text = _("Whether '{campaign}' changed anything cannot be told from {n} treated and {held_out} held out")
        counts = Count(row["accounts"]), Count(row["accounts_held_out"])
        return Message(text, {"campaign": row["campaign"], "n": counts[0], "held_out": counts[1]})
    told = {name: Money(row[name] or 0.0, currency) for name in ("effect", "low", "high", "profit")}
    return Message(SENTENCES[row["verdict"]], {"campaign": row["campaign"], **told})


DOUBTS: Final = {
    "differed_before_p": _("The arms of '{campaign}' differed before it began: they were hardly drawn by lot"),
    "ran_apart_p": _("The arms of '{campaign}' ran apart before it: their difference in differences proves nothing"),
}


def _of_members(members: Members, rows: Sequence[Mapping[str, Any]], as_of: int) -> list[Message]:
    shared = sum(row["shared_groups"] for row in rows)
    twice = int(np.unique(members.account[members.overlapping]).size)
    running = sum(row["ends_on"] == as_of for row in rows)
    counts = (
        (members.to_come, _("{n} {n:row is|rows are} of campaigns that have not begun yet: they are left out")),
        (
            members.crossing,
            _(
                "{n} {n:account stands in two arms of one campaign and is|accounts stand in two arms "
                "of one campaign and are} left out"
            ),
        ),
        (shared, _("{n} groups have companies in both arms: effects may spill over; draw lots by group")),
        (twice, _("{n} {n:account is|accounts are} in two campaigns at the same time: their effects cannot be parted")),
        (running, _("{n} comparisons are of campaigns that may not be over yet")),
    )
    return [Message(text, {"n": Count(n)}) for n, text in counts if n]


def _warnings(rows: Sequence[Mapping[str, Any]], asked: Asked, currency: str) -> list[Message]:
    said = [
        Message(text, {"campaign": row["campaign"]})
        for name, text in DOUBTS.items()
        for row in rows
        if row["fit"][name] is not None and row["fit"][name] < ODD
    ][:MANY]
    if rows[0]["verdict"] == CampaignVerdict.CANNOT_TELL and rows[0]["accounts_needed"]:
        text = _(
            "An effect of {least} an account would have been seen; a lift of {worth} takes {n} accounts in each arm"
        )
        least, n = Money(rows[0]["least"], currency), Count(rows[0]["accounts_needed"])
        said.append(Message(text, {"least": least, "worth": Percent(asked.worth, 0), "n": n}))
    if all(row["cost"] is None for row in rows):
        said.append(Message(_("No cost of the campaign is known: profit is before its cost")))
    if any(row["profit"] is None and row["low"] is not None for row in rows):
        said.append(Message(_("No cost of these accounts' orders is known: profit cannot be told")))
    if len(rows) >= MANY:
        said.append(Message(_("Of twenty comparisons without any effect, one shows an effect by chance")))
    own = rows[0]["fit"]["treated_against_own_before"]
    if own is not None:
        text = _(
            "The treated bought {change} against their own past; season and market are in that, so it proves nothing"
        )
        said.append(Message(text, {"change": Percent(own, signed=True)}))
    return said
