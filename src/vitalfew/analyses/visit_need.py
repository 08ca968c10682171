"""Whom to visit, how often in the coming quarter, and by when.

    need = worth × (1 + risk + overdue + complaint + silent)

worth is the gross margin of twelve months (below zero counts as none; where no cost is known, net sales by the book's
margin, or as they are); risk the chance of leaving (0 where not known); overdue how far the last visit lies beyond the usual
interval, 0 to 1, 1 if never visited; complaint 1 while a complaint is open; silent 1 if silent beyond its own gaps.

Sales answer to visits by Little's curve, judged by five answers relative to the usual number of visits, which gives 1:

    r(x) = min + (max − min) x^c / (d + x^c)           none .7 · half .88 · usual 1 · half as many again 1.06 · endless 1.2

The visits of a quarter (``visits``; 0: as many as in the last 91 days) are shared out so that sum need × r(x) is largest:
by weighing all possibilities up to 4 million accounts × visits, beyond that on the concave hull with a bound. ``effect`` is
worth × [r(proposed) − r(now)], now being a quarter's share of the last 365 days' visits. It stands and falls with the five
answers, which are opinions: replace them by yours.

    x 4, min .1, max 1, c 1.5, d 8  →  r = .55

Visits are entries of service cost with the activity 'visit', and ``touches`` (customer, contact, touched_on, channel
'visit'[, our_person, our_level]). With our_level 'executive' the share of an executive's 250 working days spent on visits
is told beside the third that good heads of sales spend. It does not plan a route, and who should go is not said.

Little, J. D. C. (1970). Management Science 16(8). Lodish, L. M. (1971). Management Science 18(4).
"""

from dataclasses import dataclass
from typing import Final

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Money, Percent
from vitalfew.maths.effort import Shared, shared_out
from vitalfew.maths.response import calibrated, response
from vitalfew.maths.years import YEAR
from vitalfew.panels import DAY, TEXT, Bools, Floats, Panel, Whole, figures, handed_over, in_order
from vitalfew.sentences import counts, kept, numbers, told
from vitalfew.terms import ChurnSign, Group, Unit
from vitalfew.terms import gettext_noop as _

VISITS: Final = ("visit", "拜访", "拜訪")
EXECUTIVES: Final = ("executive", "高层", "高層")
QUARTER, WORKING_DAYS = 91, 250
THIRD: Final = 1 / 3


@analysis(
    group=Group.RELATIONSHIP,
    title=_("Need of visits"),
    question=_("Whom do we visit next, how often, and what speaks for it?"),
    columns=(
        Column("customer", Unit.CODE, _("Account"), _("The account's code")),
        Column("proposed", Unit.COUNT, _("Visits proposed"), _("Visits in the coming quarter")),
        Column("visits", Unit.COUNT, _("Visits so far"), _("Visits in the last 91 days")),
        Column("next_by", Unit.DAY, _("Next by"), _("The day by which the next visit is due")),
        Column("need", Unit.MONEY, _("Need"), _("Worth times urgency: what visits are shared out by")),
        Column("worth", Unit.MONEY, _("Worth"), _("Gross margin of the last twelve months")),
        Column("risk", Unit.SHARE, _("Risk"), _("Chance that it buys no more")),
        Column("last_visit", Unit.DAY, _("Last visit"), _("Day of the last visit")),
        Column("overdue", Unit.SHARE, _("Visit overdue"), _("How far the last visit lies beyond the usual interval")),
        Column("open_complaints", Unit.COUNT, _("Open complaints"), _("Complaints that are not closed")),
        Column("silent", Unit.YES_NO, _("Silent"), _("Silent for longer than its own gaps")),
        Column(
            "effect",
            Unit.MONEY,
            _("Effect a year"),
            _("Change of the margin, by the five answers about how sales respond to visits"),
        ),
        Column("because", Unit.SENTENCES, _("Why less"), _("Why the effect is below zero, where it is")),
    ),
    choices={
        "visits": Choice(_("Visits in the coming quarter (0: as in the last)"), most=10_000_000),
        "most": Choice(_("Visits to one account at most"), least=1, most=60),
        "none": Choice(_("Sales without a visit, usual ones being 1"), most=0.99),
        "half": Choice(_("Sales with half the visits"), most=0.999),
        "more": Choice(_("Sales with half as many visits again"), least=1.0001, most=10),
        "saturation": Choice(_("Sales with unlimited visits"), least=1.0002, most=20),
    },
    drawing=Drawing("top", "need"),
    confidential=True,
    source="Little (1970); Lodish (1971)",
)
def visit_need(
    yearly_contribution: Frame,
    service_costs: Frame | None = None,
    churn: Frame | None = None,
    complaints: Frame | None = None,
    touches: Frame | None = None,
    *,
    as_of: int,
    currency: str,
    visits: int = 0,
    most: int = 12,
    none: float = 0.7,
    half: float = 0.88,
    more: float = 1.06,
    saturation: float = 1.2,
) -> Findings:
    bought = yearly_contribution.filter(nw.col("revenue") != 0)
    book = Panel.of(bought.select("customer", "revenue", "gross_margin", "costed_share"))
    seen = _seen(service_costs, touches, book.codes, as_of)
    budget = visits or int(seen.quarter.sum())
    if not budget:
        raise Refusal(Message(_("No visit of the last quarter is known: say how many visits there are to share out")))
    needs = _needs(_worth(book), seen, churn, complaints, book.codes, budget, as_of)
    usual = budget / len(book)
    try:
        curve = calibrated(none, half, more, saturation, usual)
    except ValueError:
        raise Refusal(Message(_("The five answers have to rise from no visit to endless visits"))) from None
    answer = response(np.arange(most + 1), curve)
    shared = shared_out(needs.need, answer - answer[0], budget)
    now = response(seen.usual, curve)
    effect = needs.worth * (answer[shared.units] - now)
    rows = _rows(book.codes, needs, seen, shared.units, effect, as_of)
    found = _figures(needs, seen, shared, effect, budget)
    return Findings(rows, found, _headline(found, currency), _warnings(found, book, churn, seen), dict(curve._asdict()))


@dataclass(frozen=True)
class _Seen:
    """Each account's visits: of the last quarter, a quarter of the last year's, the day of the last (NaN: never).

    ``began``: since when visits are kept. ``executives``: the share of an executive's working days with a visit.
    """

    quarter: Whole
    usual: Floats
    last: Floats
    began: float
    executives: float | None


def _seen(service_costs: Frame | None, touches: Frame | None, codes: pa.Array, as_of: int) -> _Seen:
    spent, shares = [], None
    if service_costs is not None:
        visits = service_costs.filter(nw.col("activity").is_in(VISITS)).select("customer", day=nw.col("spent_on"))
        panel = Panel.of(visits, "day")
        spent.append((in_order(panel.codes, codes), panel.whole("day")))
    if touches is not None:
        needed = {"customer": TEXT, "touched_on": DAY, "channel": TEXT}
        read = handed_over(touches, "touches", needed, {"our_person": TEXT, "our_level": TEXT})
        read = read.filter(
            pc.and_(pc.is_in(read["channel"], value_set=pa.array(VISITS)), pc.is_valid(read["touched_on"]))
        )
        day = np.asarray(read["touched_on"].cast(pa.int32()).to_numpy(), dtype=np.int64)
        met = np.column_stack((in_order(read["customer"].combine_chunks(), codes), day))
        spent.append(tuple(np.unique(met, axis=0).T))
        shares = _executives(read, day, as_of)
    row, day = (np.concatenate([each[place] for each in spent] or [np.empty(0, dtype=np.int64)]) for place in (0, 1))
    known = (row >= 0) & (day <= as_of)
    row, day = row[known], day[known]
    last = np.full(len(codes), -np.inf)
    np.maximum.at(last, row, day)
    quarter, year = (np.bincount(row[day > as_of - back], minlength=len(codes)) for back in (QUARTER, YEAR))
    began = float(day.min()) if day.size else np.nan
    return _Seen(quarter, year * QUARTER / YEAR, np.where(np.isfinite(last), last, np.nan), began, shares)


def _executives(read: pa.Table, day: Whole, as_of: int) -> float | None:
    """The mean share of an executive's working days of a year with a visit."""
    lead = (
        pc.is_in(read["our_level"], value_set=pa.array(EXECUTIVES)).to_numpy() & (day > as_of - YEAR) & (day <= as_of)
    )
    if not lead.any():
        return None
    people = read["our_person"].fill_null("").combine_chunks().dictionary_encode().indices.to_numpy()[lead]
    days = np.unique(np.column_stack([people, day[lead]]), axis=0)
    return float(len(days) / np.unique(people).size / WORKING_DAYS)


def _worth(book: Panel) -> Floats:
    """Gross margin, else net sales by the margin of those whose cost is known, else net sales."""
    revenue, margin = book.floats("revenue"), book.floats("gross_margin")
    costed = book.floats("costed_share") * revenue
    known = np.isfinite(margin) & np.isfinite(costed)
    whole = float(costed[known].sum())
    rate = float(margin[known].sum()) / whole if whole > 0 else 1.0
    return np.asarray(np.maximum(np.where(np.isfinite(margin), margin, revenue * rate), 0.0))


@dataclass(frozen=True)
class _Needs:
    worth: Floats
    risk: Floats
    overdue: Floats
    complaints: Whole
    silent: Bools
    need: Floats


def _needs(  # noqa: PLR0917  (a part of the need each)
    worth: Floats, seen: _Seen, churn: Frame | None, complaints: Frame | None, codes: pa.Array, budget: int, as_of: int
) -> _Needs:
    interval = QUARTER * len(codes) / budget
    since = np.where(np.isfinite(seen.last), seen.last, seen.began)
    late = np.nan_to_num((as_of - since) / interval - 1, nan=1.0)
    overdue = np.clip(late, 0.0, 1.0)
    risk, silent = _risk(churn, codes)
    waiting = _open(complaints, codes)
    urgency = 1 + np.nan_to_num(risk) + overdue + (waiting > 0) + silent
    return _Needs(worth, risk, overdue, waiting, silent, np.round(worth * urgency, 4))


def _risk(churn: Frame | None, codes: pa.Array) -> tuple[Floats, Bools]:
    if churn is None:
        return np.full(len(codes), np.nan), np.zeros(len(codes), dtype=bool)
    panel = Panel.of(churn.select("customer", "probability", "sign"))
    place = in_order(codes, panel.codes)
    overdue = np.append(pc.equal(panel.table["sign"], str(ChurnSign.OVERDUE)).to_numpy(), False)
    return np.append(panel.floats("probability"), np.nan)[place], np.asarray(overdue[place], dtype=bool)


def _open(complaints: Frame | None, codes: pa.Array) -> Whole:
    if complaints is None:
        return np.zeros(len(codes), dtype=np.int64)
    waiting = Panel.of(complaints.filter(nw.col("closed_on").is_null()).group_by("customer").agg(n=nw.len()))
    place = in_order(codes, waiting.codes)
    return np.append(waiting.whole("n"), 0)[place]


def _rows(  # noqa: PLR0917  (a part each)
    codes: pa.Array, needs: _Needs, seen: _Seen, proposed: Whole, effect: Floats, as_of: int
) -> pa.Table:
    after = np.ceil(QUARTER / np.maximum(proposed, 1))
    due = np.maximum(np.nan_to_num(seen.last, nan=-np.inf) + after, as_of)
    table = pa.table(
        {
            "customer": codes,
            "proposed": pa.array(proposed),
            "visits": pa.array(seen.quarter),
            "next_by": figures(np.where(proposed > 0, due, np.nan)).cast(pa.int64()),
            "need": figures(needs.need),
            "worth": figures(np.round(needs.worth, 4)),
            "risk": figures(needs.risk),
            "last_visit": figures(seen.last).cast(pa.int64()),
            "overdue": figures(np.round(needs.overdue, 6)),
            "open_complaints": pa.array(needs.complaints),
            "silent": pa.array(needs.silent),
            "effect": figures(np.round(effect, 4)),
            "because": kept(_because(proposed, seen, effect)),
        }
    )
    return table.sort_by([("need", "descending"), ("customer", "ascending")])


def _because(proposed: Whole, seen: _Seen, effect: Floats) -> pa.Array:
    """Why an effect is below zero."""
    text = _("Fewer visits than now are proposed, {n} instead of {now} a quarter: they bring more at other accounts.")
    return told(text, effect < 0, n=counts(proposed), now=numbers(seen.usual))


def _figures(needs: _Needs, seen: _Seen, shared: Shared, effect: Floats, budget: int) -> dict[str, float | int | None]:
    return {
        "accounts": int(needs.need.size),
        "budget": budget,
        "proposed": int(shared.units.sum()),
        "visited": int((shared.units > 0).sum()),
        "never_visited": int(np.isnan(seen.last).sum()),
        "overdue": int((needs.overdue >= 1).sum()),
        "moved": int(np.maximum(shared.units - seen.quarter, 0).sum()),
        "effect": round(float(effect.sum()), 2),
        "short_of_best": shared.short_of_best,
        "executive_share": seen.executives,
    }


def _headline(found: dict[str, float | int | None], currency: str) -> Message:
    text = _(
        "{n} {n:visit|visits} go to {visited} of {accounts} {accounts:account|accounts}; by the five answers "
        "about how sales respond, that changes the margin by {money} a year"
    )
    said = {name: Count(found[name] or 0) for name in ("visited", "accounts")}
    return Message(text, {**said, "n": Count(found["proposed"] or 0), "money": Money(found["effect"] or 0.0, currency)})


def _warnings(found: dict[str, float | int | None], book: Panel, churn: Frame | None, seen: _Seen) -> list[Message]:
    said = [
        Message(_("How sales respond to visits is an opinion in five answers, not measured: replace them with yours"))
    ]
    if churn is None:
        said.append(Message(_("The risk of leaving is not known: it counts as none")))
    if not np.isfinite(book.floats("gross_margin")).any():
        said.append(Message(_("No cost is known: net sales stand for the margin")))
    if never := found["never_visited"]:
        said.append(
            Message(
                _("{n} {n:account that orders was|accounts that order were} never visited, as far as is known"),
                {"n": Count(never)},
            )
        )
    if seen.executives is not None:
        text = _("Executives spend {share} of their working days on visits; good heads of sales spend about a third")
        said.append(Message(text, {"share": Percent(seen.executives, 0)}))
    return said
