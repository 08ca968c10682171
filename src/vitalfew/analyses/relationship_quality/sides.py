"""Two sides of a relationship: our people and the firm in the account's eyes; the account's view and our own."""

from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from vitalfew.catalogue import Frame
from vitalfew.language import Count, Message, Number
from vitalfew.maths.scales import mean_by, mean_interval, scores
from vitalfew.panels import NUMBER, TEXT, Floats, Sheets, handed_over, in_order
from vitalfew.terms import gettext_noop as _

PERSON, FIRM, WHOLE, FEWEST = "person", "firm", 100.0, 10
NAMES: Final = ("person_lead", "own_view", "own_view_gap")


class Sides(NamedTuple):
    """By account: what it says of our people less what it says of the firm; our own view, and that less the account's."""

    lead: Floats
    own: Floats
    gap: Floats

    @property
    def columns(self) -> dict[str, Floats]:
        return dict(zip(NAMES, self, strict=True))

    @property
    def figures(self) -> dict[str, float | int | None]:
        """Means over ten accounts at least, with their intervals."""
        found: dict[str, float | int | None] = {}
        for name, values in (("person_lead", self.lead), ("own_view_gap", self.gap)):
            known = values[np.isfinite(values)]
            ends = mean_interval(known) if known.size >= FEWEST else None
            low, high = ends or (None, None)
            mean = float(known.mean()) if known.size >= FEWEST else None
            found |= {f"{name}_accounts": int(known.size), name: mean, f"{name}_low": low, f"{name}_high": high}
        return found


def sides(
    latest: Sheets, items: list[str], codes: pa.Array, index: Floats, given: tuple[Frame | None, Frame | None]
) -> Sides:
    """The two sides; ``given`` are the table of questions, whose ``about`` tells what they ask about, and our own views."""
    survey_items, own_views = given
    lead = _lead(latest, codes, _about(survey_items, items))
    own = np.full(len(codes), np.nan) if own_views is None else _own(own_views, codes)
    return Sides(lead, own, own - index)


def _about(survey_items: Frame | None, items: list[str]) -> dict[str, list[int]]:
    if survey_items is None:
        return {}
    read = handed_over(survey_items, "survey_items", {"item": TEXT}, {"about": TEXT})
    told = {row["item"]: (row["about"] or "").strip().lower() for row in read.to_pylist()}
    return {side: [n for n, item in enumerate(items) if told.get(item) == side] for side in (PERSON, FIRM)}


def _lead(latest: Sheets, codes: pa.Array, about: dict[str, list[int]]) -> Floats:
    if not (about.get(PERSON) and about.get(FIRM)):
        return np.full(len(codes), np.nan)
    row = in_order(latest.codes, codes)
    person, firm = scores(latest.answers, [about[PERSON], about[FIRM]]).T
    return np.asarray(mean_by(row, WHOLE * (person - firm), len(codes)))


def _own(own_views: Frame, codes: pa.Array) -> Floats:
    """The mean of our own people's marks of the relationship, 0 to 100."""
    needed = {"customer": TEXT, "score": NUMBER, "scale_min": NUMBER, "scale_max": NUMBER}
    read = handed_over(own_views, "own_views", needed, {})
    score, low, high = (np.asarray(read[name].to_numpy(), dtype=np.float64) for name in list(needed)[1:])
    row = in_order(read["customer"].combine_chunks(), codes)
    with np.errstate(divide="ignore", invalid="ignore"):
        mark = np.clip(WHOLE * (score - low) / (high - low), 0.0, WHOLE)
    kept = (row >= 0) & np.isfinite(mark)
    return np.asarray(mean_by(row[kept], mark[kept], len(codes)))


def said_of(found: dict[str, float | int | None]) -> list[Message]:
    """What is surely so of the two sides."""
    texts = {
        ("person_lead", True): _(
            "Accounts mark our people {points} points above our firm ({low} to {high}; {n} {n:account|accounts}): "
            "the relationships hang on persons and may leave with them"
        ),
        ("own_view_gap", True): _(
            "We mark our relationships {points} points better than the accounts do ({low} to {high}; {n} "
            "{n:account|accounts})"
        ),
        ("own_view_gap", False): _(
            "We mark our relationships {points} points worse than the accounts do ({low} to {high}; {n} "
            "{n:account|accounts})"
        ),
    }
    said = []
    for (name, above), text in texts.items():
        mean, low, high = (found[f"{name}{end}"] for end in ("", "_low", "_high"))
        if mean is None or low is None or high is None or not (low > 0 if above else high < 0):
            continue
        ends = sorted((abs(low), abs(high)))
        figures_ = {"points": Number(abs(mean), 0), "low": Number(ends[0], 0), "high": Number(ends[1], 0)}
        said.append(Message(text, {**figures_, "n": Count(found[f"{name}_accounts"] or 0)}))
    return said
