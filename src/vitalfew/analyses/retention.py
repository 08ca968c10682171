"""How many accounts, and how much of their revenue, stay from one year to the next.

For two neighbouring periods, with ``start`` and ``end`` an account's net sales in the earlier and the later one, over
the accounts that bought in the earlier one (so accounts won since are in none of the rates):

    logo retention            accounts that bought again / accounts that bought before
    gross revenue retention   sum min(start, end) / sum start
    net revenue retention     sum end / sum start

    start 100 50 50, end 120 0 25, new 80  →  logo 2/3, gross (100+25)/200 = .625, net 145/200 = .725

The interval of the logo retention is Wilson's, 95 %. Churn over a year is never divided by twelve: a yearly retention r
is r^(1/12) a month. An account that only returned goods bought nothing; a negative sum counts as zero in gross.

Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Choice, Column, Drawing, Findings, Frame, Refusal, analysis
from vitalfew.language import Count, Message, Percent
from vitalfew.maths.intervals import wilson
from vitalfew.panels import Bools, Floats, last_whole_month, month_start, months
from vitalfew.terms import Group, Unit
from vitalfew.terms import gettext_noop as _

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
        Column("logo_retention", Unit.SHARE, _("Accounts kept"), _("Kept as a share of accounts before")),
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
    source="Wilson (1927)",
)
def retention(account_months: Frame, *, as_of: int, months: int = 12) -> Findings:
    rows = _periods(account_months, last_whole_month(as_of), months)
    if not rows:
        raise Refusal(
            Message(_("Retention compares two periods of {n} months: the book is shorter"), {"n": Count(months)})
        )
    columns = retention_columns()
    table = pa.table({name: _array(name, [row[name] for row in rows]) for name in columns})
    latest = rows[-1]
    found = {name: latest[name] for name in columns if name != "period"}
    return Findings(table, found, _headline(latest), _warnings(latest))


def retention_columns() -> tuple[str, ...]:
    return tuple(column.name for column in retention.columns)


def _array(name: str, values: list[float | int | None]) -> pa.Array:
    whole = name in {"period", "accounts", "kept", "lost", "won"}
    return pa.array(values, type=pa.int64() if whole else pa.float64())


def _periods(account_months: Frame, last: int, length: int) -> list[dict[str, float | int | None]]:
    """One row per pair of neighbouring periods that the book covers whole, oldest first."""
    book = months(account_months, "amount", last, 1)
    if not len(book.first):
        return []
    covered = (last - int(book.first.min()) + 1) // length
    if covered < 2:  # noqa: PLR2004  (an earlier and a later one)
        return []
    panel = months(account_months, "amount", last, covered * length)
    bought = months(account_months, "quantity", last, covered * length).values > 0
    money = _by_period(panel.values, covered)
    active = _by_period(bought.astype(np.float64), covered) > 0
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


def _by_period(values: Floats, periods: int) -> Floats:
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


def _headline(latest: dict[str, float | int | None]) -> Message | None:
    if latest["logo_retention"] is None:
        return None
    return Message(
        _("{kept} of {accounts} accounts of the year before bought again, with {net} of its revenue"),
        {
            "kept": Count(latest["kept"] or 0),
            "accounts": Count(latest["accounts"] or 0),
            "net": Percent(latest["net_revenue_retention"] or 0.0),
        },
    )


def _warnings(latest: dict[str, float | int | None]) -> list[Message]:
    accounts = int(latest["accounts"] or 0)
    if accounts >= FEW:
        return []
    return [
        Message(_("Only {n} accounts at the start: the rate is uncertain, see its interval"), {"n": Count(accounts)})
    ]
