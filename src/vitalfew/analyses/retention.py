"""How many accounts, and how much of their revenue, stay from one year to the next.

For two neighbouring periods, with ``start`` and ``end`` an account's net sales in the earlier and the later one, over
the accounts that bought in the earlier one (so accounts won since are in none of the rates):

    logo retention            accounts that bought again / accounts that bought before
    gross revenue retention   sum min(start, end) / sum start
    net revenue retention     sum end / sum start

    start 100 50 50, end 120 0 25, new 80  →  logo 2/3, gross (100+25)/200 = .625, net 145/200 = .725

Periods end with the last whole month; who bought before and has bought again in the month that has begun is kept, not lost.
The interval of the logo retention is Wilson's, 95 %. Churn over a year is never divided by twelve: a yearly retention r
is r^(1/12) a month. An account that only returned goods bought nothing; a negative sum counts as zero in gross. The
expected life of 1/(1 − r) years holds only if r is the same every year, so the figures tell also

    cohorts     of the accounts that bought in their k-th period, the share that bought in the next, pooled over all
                that have reached it; their product is the survival
    survival    one and two years after the first purchase, by Kaplan and Meier. Lost is who is silent for a year, which is known
                a year later only: everybody is looked at until a year ago. ``newer_p`` tells by the log-rank test whether
                accounts won later stay as long as those won earlier (halves by the day of the first purchase; those met
                in the book's first sixty days are older than it shows and left out)
    active      by the rule: silent no longer than the 99 % quantile of its own gaps (below five purchases: of all gaps);
                and by the purchase process: the sum of the chances to be still a customer (who buys in season: by the rule)

    cohort periods bought 1 1 0, 1 1, 1 0  →  retention 2/3 then 0/1, survival .667 then 0

Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22. Kaplan, E. L. & Meier,
P. (1958). JASA 53. Mantel, N. (1966). Cancer Chemotherapy Reports 50 (log-rank).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Figure, Message, Number, Percent
from vitalfew.maths.intervals import wilson
from vitalfew.maths.purchase_origins import FIRST_SEEN
from vitalfew.maths.silences import Gaps, gaps, overdue
from vitalfew.maths.survival import kaplan_meier, log_rank
from vitalfew.maths.years import YEAR
from vitalfew.panels import MONTHS_A_YEAR, Bools, Floats, Panel, Whole, last_whole_month, month_of, month_start, months
from vitalfew.terms import Cooperation, Group, Unit
from vitalfew.terms import gettext_noop as _

QUANTILE, FEWEST, SURE = 0.99, 10, 0.05
FEW: Final = 20
"""With fewer accounts at the start the rate is told, with a warning."""


@analysis(
    group=Group.RISK,
    title=_("Retention"),
    question=_("How many accounts, and how much of their revenue, stay from one year to the next?"),
    columns=(
        Column("period", Unit.DAY, _("Period from"), _("First day of the later period")),
        Column("accounts", Unit.COUNT, _("Accounts before"), _("Accounts that bought in the earlier period")),
        Column("kept", Unit.COUNT, _("Kept"), _("Of these, accounts that bought again")),
        Column("lost", Unit.COUNT, _("Lost"), _("Of these, accounts that did not")),
        Column("won", Unit.COUNT, _("Won"), _("Accounts that bought only in the later period")),
        Column("logo_retention", Unit.SHARE, _("Share of accounts kept"), _("Kept as a share of accounts before")),
        Column("low", Unit.SHARE, _("from"), _("Lower end of the 95 % interval")),
        Column("high", Unit.SHARE, _("to"), _("Upper end of the 95 % interval")),
        Column("gross_revenue_retention", Unit.SHARE, _("Revenue kept"), _("Without growth of those who stayed")),
        Column(
            "net_revenue_retention", Unit.SHARE, _("Revenue kept with growth"), _("With growth of those who stayed")
        ),
    ),
    choices={"months": Choice(_("Length of a period in months"), least=1, most=60)},
    drawing=Drawing("line", "logo_retention", "period"),
    per_account=False,
    source="Wilson (1927); Kaplan & Meier (1958)",
    version=3,
)
def retention(
    account_months: Frame,
    purchase_days: Frame | None = None,
    lifetime: Frame | None = None,
    cooperation: Frame | None = None,
    *,
    as_of: int,
    months: int = 12,
) -> Findings:
    money, active = _by_periods(account_months, as_of, months)
    rows = _periods(money, active, last_whole_month(as_of), months)
    if not rows:
        raise Refusal(
            Message(_("Retention compares two periods of {n} months: the book is shorter"), {"n": Count(months)})
        )
    columns = retention_columns()
    table = pa.table({name: _array(name, [row[name] for row in rows]) for name in columns})
    latest = rows[-1]
    found = {name: latest[name] for name in columns if name != "period"}
    found |= _lasting(latest["logo_retention"], months) | _staying(purchase_days, lifetime, cooperation, as_of)
    cohorts = _cohorts(active)
    warnings = [*_warnings(latest, months), *_of_newer(found)]
    return Findings(table, found, _headline(latest, months), warnings, {"cohorts": cohorts})


def _lasting(rate: float | None, length: int) -> dict[str, float | int | None]:
    """The rate by month, and the expected life in years if it stayed the same."""
    known = rate is not None and rate < 1
    life = length / MONTHS_A_YEAR / (1 - float(rate or 0)) if known else None
    return {"monthly_retention": None if rate is None else rate ** (1 / length), "expected_life_years": life}


def _staying(
    purchase_days: Frame | None, lifetime: Frame | None, cooperation: Frame | None, as_of: int
) -> dict[str, float | int | None]:
    """Survival after the first purchase, and how many are active now, by the rule and by the purchase process."""
    if purchase_days is None:
        return {}
    panel = Panel.of(purchase_days.select("customer", "bought_on"), "bought_on")
    starts = panel.starts()
    counts = np.diff(np.append(starts, len(panel)))
    account, day = np.repeat(np.arange(starts.size), counts), panel.whole("bought_on")
    known = gaps(account, day, as_of)
    rule = _active(known, np.diff(day)[account[1:] == account[:-1]])
    stay = _stays(day[starts], day[starts + counts - 1], as_of)
    figures = {
        "active_by_rule": int(rule.sum()),
        "expected_alive": _alive(lifetime, cooperation, panel.accounts(), rule),
    }
    for years in (1, 2):
        figures |= _survival(stay.times, stay.lost, years)
    return {**figures, **_newer(stay, int(day.min(initial=as_of)))}


class _Stays(NamedTuple):
    """Days from the first purchase to the last, or to a year ago where that was no loss; of those met by then."""

    first: Whole
    times: Floats
    lost: Bools


def _stays(first: Whole, last: Whole, as_of: int) -> _Stays:
    """Whether somebody is lost is known a year after the last purchase: nobody is looked at beyond a year ago."""
    until = as_of - YEAR
    met, lost = first <= until, last < until
    times = np.asarray(np.where(lost, last, until) - first + 1, dtype=np.float64)
    return _Stays(first[met], times[met], lost[met])


def _newer(stay: _Stays, start: int) -> dict[str, float | None]:
    """Whether accounts won later stay as long as those won earlier, and the share of either that stayed a year."""
    names = ("newer_p", "earlier_survival_1y", "newer_survival_1y")
    won = stay.first > start + FIRST_SEEN
    if not won.any():
        return dict.fromkeys(names)
    newer = won & (stay.first > np.median(stay.first[won]))
    earlier = won & ~newer
    if min((stay.lost & newer).sum(), (stay.lost & earlier).sum()) < FEWEST:
        return dict.fromkeys(names)
    p = log_rank(stay.times[won], stay.lost[won], newer[won])
    stayed = (_survival(stay.times[half], stay.lost[half], 1)["survival_1y"] for half in (earlier, newer))
    return dict(zip(names, (p, *stayed), strict=True))


def _active(known: Gaps, all_gaps: Whole) -> Bools:
    """Silent no longer than the 99 % quantile of its own gaps, or of all gaps where it has too few."""
    tail = overdue(known)
    usual = float(np.quantile(all_gaps, QUANTILE)) if all_gaps.size else np.inf
    return np.where(np.isnan(tail), known.silence <= usual, tail >= 1 - QUANTILE)


def _alive(lifetime: Frame | None, cooperation: Frame | None, accounts: pa.Array, rule: Bools) -> float | None:
    """The sum of the chances to be still a customer; who bought once or buys in season counts by the rule."""
    if lifetime is None or cooperation is None:
        return None
    panel = Panel.of(lifetime.select("customer", "frequency", "p_alive"))
    kinds = Panel.of(cooperation.select("customer", "kind"))
    seasonal = kinds.codes.filter(pc.equal(kinds.table["kind"], str(Cooperation.SEASONAL)))
    chance = np.full(rule.size, np.nan)
    place = pc.index_in(panel.codes, accounts).to_numpy(zero_copy_only=False)
    chance[place] = np.where(panel.floats("frequency") > 0, panel.floats("p_alive"), np.nan)
    by_rule = np.isnan(chance) | pc.is_in(accounts, value_set=seasonal).to_numpy(zero_copy_only=False)
    return float(np.where(by_rule, rule, chance).sum())


def _survival(times: Floats, lost: Bools, years: int) -> dict[str, float | int | None]:
    """The share still buying so many years after the first purchase; none where fewer than ten were seen for so long."""
    names = [f"survival_{years}y{end}" for end in ("", "_low", "_high")]
    if (times >= years * YEAR).sum() < FEWEST:
        return dict.fromkeys(names)
    curve = kaplan_meier(times, lost)
    place = int(np.searchsorted(curve.time, years * YEAR, side="right")) - 1
    ends = (1.0, 1.0, 1.0) if place < 0 else (curve.survival[place], curve.low[place], curve.high[place])
    return dict(zip(names, (float(end) for end in ends), strict=True))


def _by_periods(account_months: Frame, as_of: int, length: int) -> tuple[Floats, Bools]:
    """Accounts × periods that the book covers whole, oldest first: net sales, and whether anything was bought.

    Who bought before and has bought in the month that has begun, has bought again: it is not lost.
    """
    last = last_whole_month(as_of)
    begin = account_months.select(nw.col("month").min()).collect("pyarrow").to_native()["month"][0].as_py()
    periods = 0 if begin is None else max((last - begin + 1) // length, 0)
    if not periods:
        return np.zeros((0, 0)), np.zeros((0, 0), dtype=bool)
    money = months(account_months, "amount", last, periods * length).values
    bought = months(account_months, "quantity", last, periods * length).values > 0
    active = _summed(bought.astype(np.float64), periods) > 0
    if month_of(as_of) > last:
        again = months(account_months, "quantity", last + 1, 1).values[:, 0] > 0
        active[:, -1] |= again & active[:, :-1].any(axis=1)
    return _summed(money, periods), active


def _cohorts(bought: Bools) -> list[dict[str, float | int]]:
    """Retention from each period of an account to its next, counted from its first purchase seen."""
    periods = bought.shape[1]
    first = np.where(bought.any(axis=1), bought.argmax(axis=1), periods)
    rows, survival = [], 1.0
    for age in range(periods - 1):
        reached = np.flatnonzero(first + age + 1 < periods)
        here, after = (bought[reached, first[reached] + age + step] for step in (0, 1))
        n, kept = int(here.sum()), int((here & after).sum())
        if not n:
            break
        survival *= kept / n
        low, high = wilson(kept, n)
        row = {"age": age + 1, "accounts": n, "kept": kept, "retention": kept / n, "low": low, "high": high}
        rows.append({**row, "survival": survival})
    return rows


def retention_columns() -> tuple[str, ...]:
    return tuple(column.name for column in retention.columns)


def _array(name: str, values: list[float | int | None]) -> pa.Array:
    whole = name in {"period", "accounts", "kept", "lost", "won"}
    return pa.array(values, type=pa.int64() if whole else pa.float64())


def _periods(money: Floats, active: Bools, last: int, length: int) -> list[dict[str, float | int | None]]:
    """One row per pair of neighbouring periods."""
    covered = money.shape[1]
    return [
        _row(
            money[:, k],
            money[:, k + 1],
            active[:, k],
            active[:, k + 1],
            month_start(last - (covered - k - 1) * length + 1),
        )
        for k in range(covered - 1)
    ]


def _summed(values: Floats, periods: int) -> Floats:
    return np.asarray(values.reshape(values.shape[0], periods, -1).sum(axis=2))


def _row(start: Floats, end: Floats, before: Bools, after: Bools, period: int) -> dict[str, float | int | None]:
    accounts, kept = int(before.sum()), int((before & after).sum())
    base = np.maximum(start[before], 0)
    later = np.where(after[before], end[before], 0.0)
    total = float(base.sum())
    low, high = wilson(kept, accounts) if accounts else (None, None)
    return {
        "period": period,
        "accounts": accounts,
        "kept": kept,
        "lost": accounts - kept,
        "won": int((after & ~before).sum()),
        "logo_retention": kept / accounts if accounts else None,
        "low": low,
        "high": high,
        "gross_revenue_retention": float(np.minimum(base, np.maximum(later, 0)).sum()) / total if total > 0 else None,
        "net_revenue_retention": float(later.sum()) / total if total > 0 else None,
    }


def _headline(latest: dict[str, float | int | None], length: int) -> Message | None:
    if latest["logo_retention"] is None:
        return None
    text = _(
        "{kept} of {accounts} accounts of the year before bought again; {gross} of its revenue stayed, "
        "{net} with the growth of those who stayed"
    )
    if length != MONTHS_A_YEAR:
        text = _(
            "{kept} of {accounts} accounts of the {months} months before bought again; {gross} of their revenue stayed, "
            "{net} with the growth of those who stayed"
        )
    return Message(
        text,
        {
            "months": Count(length),
            "kept": Count(latest["kept"] or 0),
            "accounts": Count(latest["accounts"] or 0),
            "gross": Percent(latest["gross_revenue_retention"] or 0.0),
            "net": Percent(latest["net_revenue_retention"] or 0.0),
        },
    )


def _warnings(latest: dict[str, float | int | None], length: int) -> list[Message]:
    accounts, said = int(latest["accounts"] or 0), []
    if accounts < FEW:
        text = _("Only {n} {n:account|accounts} at the start: the rate is uncertain, see its interval")
        said.append(Message(text, {"n": Count(accounts)}))
    if latest["logo_retention"] is not None and latest["logo_retention"] < 1:
        life = float(_lasting(latest["logo_retention"], length)["expected_life_years"] or 0)
        text = _("An account would stay {years} {years:year|years} on average, if this rate were the same every year")
        said.append(Message(text, {"years": Number(life, 1)}))
    return said


def _of_newer(found: Mapping[str, float | int | None]) -> list[Message]:
    """Said where accounts won later surely stay shorter, or longer."""
    p, earlier, newer = (found.get(name) for name in ("newer_p", "earlier_survival_1y", "newer_survival_1y"))
    if p is None or earlier is None or newer is None or p >= SURE or earlier == newer:
        return []
    shorter = _(
        "Accounts won later stay shorter: {newer} of them a year, {earlier} of those won before (log-rank p {p})"
    )
    longer = _("Accounts won later stay longer: {newer} of them a year, {earlier} of those won before (log-rank p {p})")
    said: dict[str, Figure] = {"newer": Percent(newer, 0), "earlier": Percent(earlier, 0), "p": Number(p, 3)}
    return [Message(shorter if newer < earlier else longer, said)]
