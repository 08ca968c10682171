"""Whether the lifetime values of earlier days came true, as far as half a year tells.

At each origin the analysis is asked for the next 162 days; what came are the purchase days in them, and their net
amount times the margin rate it told.

    purchases    mean absolute error, and foretold against came in all
    value        foretold against came in all; the share of accounts whose 90 % interval held; the share of what came
                 that lies with the fifth it put first

The rival to beat is 'the same as in the 162 days before'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.backtests.register import Book, Judged, backtest
from vitalfew.catalogue import Column
from vitalfew.language import Message, Percent
from vitalfew.maths.arrays import Floats
from vitalfew.panels import Panel
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_of

HORIZON: Final = 162
FIFTH: Final = 0.2
WITHIN: Final = (0.8, 1.25)
FEWEST_HELD: Final = 0.8


@dataclass(frozen=True)
class _Asked:
    """One origin: what was told of each account, what came, and what had come in as many days before."""

    day: int
    purchases: Floats
    value: Floats
    low: Floats
    high: Floats
    came: Floats
    worth: Floats
    before: Floats
    worth_before: Floats


@backtest(
    "lifetime",
    horizon=HORIZON,
    columns=(
        Column("as_of", Unit.DAY, _("Asked on"), _("The day on which it would have been asked")),
        Column("accounts", Unit.COUNT, _("Accounts"), _("Accounts asked about")),
        Column("purchases_error", Unit.NUMBER, _("Missed, purchases"), _("Purchases missed, per account on average")),
        Column("error_as_before", Unit.NUMBER, _("as before"), _("The same, had the half year before been repeated")),
        Column("purchases_ratio", Unit.SHARE, _("Purchases told"), _("Purchases told, as a share of those that came")),
        Column("value_ratio", Unit.SHARE, _("Value told"), _("Value told, as a share of what came")),
        Column("held", Unit.SHARE, _("Intervals held"), _("Share of the 90 % intervals in which lay what came")),
        Column("first_fifth", Unit.SHARE, _("First fifth"), _("What the fifth put first brought, of what came")),
        Column("first_fifth_as_before", Unit.SHARE, _("as before"), _("The same by the half year before")),
    ),
)
def lifetime(book: Book, days: Sequence[int]) -> Judged:
    """Expected purchases and values, as told on each of the days."""
    bought = Panel.of(book.now.frame("purchase_days").select("customer", "bought_on", "amount"), "bought_on")
    asked = [_asked(book, day, bought) for day in days]
    rows = [{"as_of": day_of(each.day).isoformat(), **_scores(each)} for each in asked]
    joined = {name: np.concatenate([getattr(each, name) for each in asked]) for name in _NAMES}
    figures = _scores(_Asked(0, **joined))
    return Judged(rows, figures, _headline(figures), warnings=_warnings(figures))


_TOLD: Final = ("expected_purchases", "value", "low", "high")
_NAMES: Final = ("purchases", "value", "low", "high", "came", "worth", "before", "worth_before")


def _asked(book: Book, day: int, bought: Panel) -> _Asked:
    told = book.at(day).result("lifetime", horizon=f"{HORIZON}d").table
    codes = pc.cast(told["customer"], pa.string()).combine_chunks()
    row = pc.index_in(bought.codes, codes).fill_null(-1).to_numpy(zero_copy_only=False)
    rate = np.nan_to_num(told["margin_rate"].to_numpy(zero_copy_only=False), nan=1.0)
    when, amount = bought.whole("bought_on"), bought.floats("amount")

    def within(after: int) -> tuple[Floats, Floats]:
        inside = (row >= 0) & (when > after) & (when <= after + HORIZON)
        n = np.bincount(row[inside], minlength=len(codes)).astype(np.float64)
        return n, np.asarray(np.bincount(row[inside], amount[inside], len(codes)) * rate)

    purchases, value, low, high = (told[name].to_numpy(zero_copy_only=False) for name in _TOLD)
    return _Asked(day, purchases, value, low, high, *within(day), *within(day - HORIZON))


def _scores(asked: _Asked) -> dict[str, Any]:
    """How near what was told came; none where nothing came."""
    came, worth = float(asked.came.sum()), float(np.maximum(asked.worth, 0).sum())
    return {
        "accounts": int(asked.came.size),
        "purchases_error": float(np.abs(asked.purchases - asked.came).mean()),
        "error_as_before": float(np.abs(asked.before - asked.came).mean()),
        "purchases_ratio": float(asked.purchases.sum()) / came if came else None,
        "ratio_as_before": float(asked.before.sum()) / came if came else None,
        "value_ratio": float(np.nansum(asked.value)) / worth if worth > 0 else None,
        "held": float(((asked.worth >= asked.low - 0.01) & (asked.worth <= asked.high + 0.01)).mean()),
        "first_fifth": _first_fifth(asked.value, asked.worth),
        "first_fifth_as_before": _first_fifth(asked.worth_before, asked.worth),
    }


def _first_fifth(score: Floats, worth: Floats) -> float | None:
    """The share of what came that lies with the fifth put first."""
    total = float(np.maximum(worth, 0).sum())
    first = np.argsort(-np.nan_to_num(score), kind="stable")[: int(np.ceil(FIFTH * score.size))]
    return float(np.maximum(worth, 0)[first].sum()) / total if total > 0 else None


def _headline(figures: dict[str, Any]) -> Message:
    if figures["purchases_ratio"] is None:
        return Message(_("Nothing was bought after the days asked on: the values cannot be judged"))
    text = _(
        "Foretold purchases were {ratio} of those that came, values {value}; the fifth put first brought {first} of what came "
        "(by the half year before: {before}); {held} of the 90 % intervals held"
    )
    names = {
        "ratio": "purchases_ratio", "value": "value_ratio", "first": "first_fifth", "before": "first_fifth_as_before",
        "held": "held",
    }  # fmt: skip
    return Message(text, {name: Percent(figures[figure] or 0.0, 0) for name, figure in names.items()})


def _warnings(figures: dict[str, Any]) -> list[Message]:
    said = []
    if figures["purchases_error"] >= figures["error_as_before"]:
        said.append(Message(_("'The same as in the half year before' foretold purchases as well: it was not beaten")))
    if figures["held"] < FEWEST_HELD:
        text = _("Only {held} of the 90 % intervals held: what may come varies more than they say")
        said.append(Message(text, {"held": Percent(figures["held"], 0)}))
    ratio = figures["purchases_ratio"]
    if ratio is not None and not WITHIN[0] < ratio < WITHIN[1]:
        said.append(Message(_("The level of the whole book was missed: look at the values for their order only")))
    return said
