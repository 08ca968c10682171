"""How long contracts last, and what those that run will still pay."""

from typing import Any, Final, NamedTuple

import numpy as np

from vitalfew.language import Message, Money, Number, Percent
from vitalfew.maths.arrays import Floats, Ints
from vitalfew.maths.contract_lifetime import BDW, CONSTANT, Lasting, lasting
from vitalfew.maths.renewal_hazard import Renewals, counts
from vitalfew.maths.years import MEAN_YEAR
from vitalfew.terms import gettext_noop as _

MONTHS: Final = 12


class Running(NamedTuple):
    """Contracts that run: the number of the renewal that is next, days until it, and what each pays a year."""

    renewal: Ints
    days: Floats
    value: Floats


class Duration(NamedTuple):
    """The model that speaks; what the running will pay by it, and by one share for all renewals; a new one's payments."""

    by: Lasting
    worth: float
    at_one_rate: float
    new: float

    @property
    def figures(self) -> dict[str, float]:
        names = ("running_value", "running_value_at_one_rate", "new_contract_payments")
        return dict(zip(names, (self.worth, self.at_one_rate, self.new), strict=True))

    @property
    def described(self) -> dict[str, Any]:
        fits = {
            name: {**each.parameters, "log_likelihood": each.log_likelihood, "bic": self.by.bic[name]}
            for name, each in self.by.fits.items()
        }
        return {"lasting": self.by.way, CONSTANT: {"kept": self.by.kept, "bic": self.by.bic[CONSTANT]}, **fits}

    def said(self, currency: str, rate: float) -> list[Message]:
        text = _(
            "From their next renewals on the running contracts will pay {worth}, discounted at {rate} a year; if at every "
            "renewal the same share were lost, it would be {flat}"
        )
        worth, flat = Money(round(self.worth, 2), currency), Money(round(self.at_one_rate, 2), currency)
        told = [Message(text, {"worth": worth, "rate": Percent(rate), "flat": flat})]
        if self.by.way == BDW:
            c = self.by.fits[BDW].parameters["c"]
            rises = _(
                "Beyond contracts being different, the risk of each rises from renewal to renewal (c {c}, above 1)"
            )
            falls = _(
                "Beyond contracts being different, the risk of each falls from renewal to renewal (c {c}, below 1)"
            )
            told.append(Message(rises if c > 1 else falls, {"c": Number(c)}))
        return told


def duration(known: Renewals, running: Running, period: int, rate: float) -> Duration:
    """How long contracts of so many months a period last, by the renewals that were watched."""
    length = int(max(known.seen.max(), known.due.max(), running.renewal.max(initial=0))) + 1
    by = lasting(*counts(known, np.ones(known.lost.size), length))
    each = (1 + rate) ** (period / MONTHS) - 1
    paid = np.nan_to_num(np.maximum(running.value, 0)) * period / MONTHS
    paid = paid * (1 + rate) ** -(np.maximum(running.days, 0) / MEAN_YEAR)
    worth, flat = (float(paid @ by.payments(running.renewal, each, way)) for way in (by.way, CONSTANT))
    return Duration(by, worth, flat, by.new(each))
