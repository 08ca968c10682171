"""What makes contracts end sooner, said in words and as figures: from hazard ratios and the columns they belong to."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from vitalfew.language import Message, Number, Word
from vitalfew.maths.renewal_sooner import Sooner
from vitalfew.terms import gettext_noop as _

Column = tuple[str, str]
"""A sign, and the word of it that a column of yes and no tells of; "" for numbers."""
UNLIKELY: Final = 0.05
FIGURES: Final = ("ratio", "low", "high", "proportional")
WHERE: Final = _(
    "Contracts end {ratio} times as often ({low} – {high}, 95 %, Cox) where {sign} is {value}, all else equal"
)
BY: Final = _(
    "Contracts end {ratio} times as often ({low} – {high}, 95 %, Cox) for one standard deviation more of {sign}, all else equal"
)


def ratios(apart: Sooner | None, columns: Sequence[Column]) -> dict[str, Any]:
    """A column each: hazard ratio, its 95 % interval, p of proportional hazards."""
    if apart is None:
        return {}
    found = {
        f"{sign}: {value}" if value else sign: {name: float(getattr(apart, name)[place]) for name in FIGURES}
        for place, (sign, value) in enumerate(columns)
    }
    return {"hazard_ratios": found}


def said_of(apart: Sooner | None, columns: Sequence[Column], labels: Mapping[str, str]) -> list[Message]:
    """The ratio that is farthest from one, if it is clearly from it, and whether it wears off."""
    if not columns:
        return []
    if apart is None:
        text = _(
            "What makes contracts end sooner cannot be told (Cox): it takes ten losses for each sign, and signs that differ"
        )
        return [Message(text)]
    clear = (apart.low > 1) | (apart.high < 1)
    if not clear.any():
        return [Message(_("No sign clearly makes contracts end sooner or later (Cox, 95 %)"))]
    first = int(np.where(clear, np.abs(np.log(apart.ratio)), 0.0).argmax())
    sign, value = columns[first]
    named = Word(labels[sign]) if sign in labels else sign
    told = {name: Number(float(getattr(apart, name)[first])) for name in FIGURES[:3]}
    said = Message(WHERE, {"sign": named, "value": value, **told}) if value else Message(BY, {"sign": named, **told})
    if apart.proportional[first] >= UNLIKELY:
        return [said]
    return [said, Message(_("That effect changes as contracts grow older: its ratio is an average over their life"))]
