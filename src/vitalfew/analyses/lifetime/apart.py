"""Accounts of which a model of its own knows more than purchases tell: contracts that run, and fixed occasions."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vitalfew.catalogue import Frame
from vitalfew.language import Message
from vitalfew.maths import occasions as fixed
from vitalfew.maths import renewals
from vitalfew.maths.contract_periods import watched
from vitalfew.maths.fits import Fit
from vitalfew.maths.renewals import Contracts
from vitalfew.maths.spokesmen import Other
from vitalfew.maths.value_interval import Ends, ends
from vitalfew.maths.worth import Asked, Told
from vitalfew.maths.years import MEAN_YEAR
from vitalfew.panels import DAY, MONTHS_A_YEAR, NUMBER, TEXT, day_numbers, handed_over, in_order
from vitalfew.phrases.buying_again import running_contracts_without_purchases
from vitalfew.terms import ContractScope, LifetimeModel, ModelReason
from vitalfew.terms import gettext_noop as _


class Apart(NamedTuple):
    """What a model of its own tells of some accounts, its fit, or what must be said in its stead."""

    told: Other | None = None
    fitted: Fit | None = None
    warnings: tuple[Message, ...] = ()


def by_contract(frame: Frame | None, codes: pa.Array, now: int, asked: Asked) -> Apart:
    """Renewals of the accounts whose contract runs: what they pay, discounted, with its range."""
    if frame is None:
        return Apart()
    more = {"ended_on": DAY, "period_value": NUMBER, "covers": TEXT}
    read = handed_over(frame, "contracts", {"customer": TEXT, "started_on": DAY}, more)
    if not (read := read.filter(pc.not_equal(read["covers"].fill_null(""), str(ContractScope.SERVICE)))).num_rows:
        return Apart()
    start, place = day_numbers(read["started_on"]), in_order(read["customer"].combine_chunks(), codes)
    ended = read["ended_on"].is_valid().to_numpy()
    end = np.where(ended, day_numbers(read["ended_on"]), now)
    seen = read["started_on"].is_valid().to_numpy() & (start <= now)
    over, years = ended & (end <= now), np.maximum(np.minimum(end, now) - start, 0) / MEAN_YEAR
    until = np.where(over, end, now)[seen]
    fitted = renewals.fit(watched(start[seen], until, over[seen], now, MONTHS_A_YEAR).renewals)
    if fitted is None:
        text = _("No contract has ended yet: how long contracts last cannot be told, purchases speak in their stead")
        return Apart(warnings=(Message(text),))
    paid, ours = np.asarray(read["period_value"].to_numpy(), dtype=np.float64), seen & (place >= 0)
    known = Contracts(place[ours], years[ours], over[ours], paid[ours])
    span = asked.span * asked.unit / MEAN_YEAR
    value, low, high = renewals.worth(fitted, known, len(codes), span, asked.discount_rate)
    running, unknown = np.ones(value.size), np.full(value.size, np.nan)
    told = Other(LifetimeModel.RENEWALS, ModelReason.CONTRACT, value, Ends(low, high), running, unknown)
    return Apart(told, fitted, running_contracts_without_purchases(int((seen & ~over & (place < 0)).sum())))


def by_occasions(frame: Frame | None, codes: pa.Array, told: Told, now: int) -> Apart:
    """Accounts that buy on fixed occasions: what comes of those within the horizon."""
    asked, amounts = told.asked, told.amounts
    if frame is None or amounts.spend is None:
        return Apart()
    read = handed_over(frame, "occasions", {"customer": TEXT, "held_on": DAY, "bought": NUMBER}, {})
    day, place = day_numbers(read["held_on"]), in_order(read["customer"].combine_chunks(), codes)
    bought = np.nan_to_num(read["bought"].to_numpy().astype(np.float64)) > 0
    seen = read["held_on"].is_valid().to_numpy() & (day <= now) & (place >= 0)
    known = fixed.counted(place[seen], day[seen], bought[seen], len(codes))
    fitted = fixed.fit(known)
    if fitted is None:
        text = _("Fewer than ten accounts have two occasions or more behind them: purchases speak in their stead")
        return Apart(warnings=(Message(text),))
    ahead = fixed.ahead(fitted, known, now, asked.days, asked.discount_rate)
    value = ahead.discounted * amounts.spend
    ranges = ends(value, ahead.coming, amounts.sigma(told.history.known.x, ahead.coming.mean))
    other = Other(LifetimeModel.OCCASIONS, ModelReason.OCCASIONS, value, ranges, ahead.alive, ahead.coming.mean)
    return Apart(other, fitted)
