"""How much each criterion counts: the same, by judgements in pairs, by how far accounts differ on it, or by both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from vitalfew.catalogue import Frame, Refusal
from vitalfew.language import Figure, Message, Number, Word
from vitalfew.maths import ahp
from vitalfew.maths.entropy_weights import combined, entropy_weights
from vitalfew.panels import NUMBER, TEXT, Bools, Floats, handed_over
from vitalfew.terms import Criterion, label_of
from vitalfew.terms import gettext_noop as _

NO_JUDGEMENTS: Final = _(
    "Weights by pairs need judgements: give a list of which criterion counts for more, and by how much"
)


@dataclass(frozen=True)
class Settings:
    """How weights are found; stored with the result."""

    weights: str
    entropy: Literal["min-max", "plain"]
    combine: str
    theta: float


@dataclass(frozen=True)
class Table:
    """Accounts × counting criteria; NaN where unknown."""

    names: list[str]
    values: Floats
    benefit: Bools
    judged: frozenset[str]
    unsigned: int = 0

    @property
    def filled(self) -> Floats:
        """What is unknown is the median account's."""
        return np.where(np.isnan(self.values), np.nanmedian(self.values, axis=0), self.values)


@dataclass(frozen=True)
class Weighing:
    """The weights, and how they came about."""

    weights: Floats
    fit: dict[str, Any]


def weighed(table: Table, judgements: Frame | None, settings: Settings) -> Weighing:
    if settings.weights == "equal":
        return Weighing(np.full(len(table.names), 1.0 / len(table.names)), {"weighing": "equal"})
    pairs = _by_pairs(table, judgements) if settings.weights in {"ahp", "combined"} else None
    if pairs and settings.weights == "ahp":
        return pairs
    spread = _by_entropy(table, settings.entropy)
    if not pairs:
        return spread
    mixed = combined(pairs.weights, spread.weights, None if settings.combine == "product" else settings.theta)
    if mixed is None:
        raise Refusal(Message(_("The two kinds of weights have no criterion in common: choose the sum or one of them")))
    return Weighing(mixed, {**pairs.fit, **spread.fit, "weighing": settings.combine})


def _by_entropy(table: Table, variant: Literal["min-max", "plain"]) -> Weighing:
    values = table.filled * np.where(table.benefit, 1.0, -1.0) if variant == "min-max" else table.filled
    try:
        found = entropy_weights(values, variant)
    except ValueError:
        text = _("Some values are negative: plain entropy cannot take them. Choose values spread from 0 to 1")
        raise Refusal(Message(text)) from None
    return Weighing(found, {"weighing": "entropy", "entropy": variant, "entropy_weights": found.round(6)})


def _by_pairs(table: Table, judgements: Frame | None) -> Weighing:
    if judgements is None:
        raise Refusal(Message(NO_JUDGEMENTS))
    needed = {"criterion_a": TEXT, "criterion_b": TEXT, "value": NUMBER}
    said = handed_over(judgements, "judgements", needed, {"judge": TEXT})
    place = {name: number for number, name in enumerate(table.names)}
    judges: dict[str, list[tuple[int, int, float]]] = {}
    for first, second, value, judge in zip(*(said[name].to_pylist() for name in said.column_names), strict=True):
        if first in place and second in place and value is not None:
            judges.setdefault(judge or "", []).append((place[first], place[second], value))
    try:
        together = ahp.group([ahp.matrix(len(place), pairs) for pairs in judges.values()])
        found = ahp.priorities(together)
    except ValueError as wrong:
        text = _("The judgements cannot be used: {why}")
        raise Refusal(Message(text, {"why": Word(_WHY[str(wrong)])})) from None
    worst, absent = ahp.most_inconsistent(together, found.weights), ahp.completed(together, found.weights)
    if not found.usable:
        raise Refusal(_inconsistent(found.consistency_ratio, worst, table.names))
    fit = {
        "weighing": "ahp",
        "judges": len(judges),
        "lambda_max": found.lambda_max,
        "consistency_index": found.consistency_index,
        "consistency_ratio": found.consistency_ratio,
        "ahp_weights": found.weights.round(6),
        "geometric_mean_weights": found.geometric.round(6),
        "not_judged": [[table.names[row], table.names[column], value] for row, column, _said, value in absent],
        "most_inconsistent": [[table.names[row], table.names[column], *pair] for row, column, *pair in worst],
    }
    return Weighing(found.weights, fit)


_WHY: Final = {
    "every judgement is above 0": _("every judgement is above 0"),
    "the judgements link all criteria": _("each criterion must be judged against another, so that all hang together"),
    "a judgement and its reverse multiply to 1": _("a judgement and its reverse multiply to 1"),
    "no more than ten criteria can be judged in pairs": _("no more than ten criteria can be judged in pairs"),
}


def _inconsistent(ratio: float, worst: Sequence[ahp.Judgement], names: list[str]) -> Message:
    said: dict[str, Figure] = {"ratio": Number(ratio), "limit": Number(ahp.LIMIT)}
    for number, each in enumerate(worst, 1):
        said |= {
            f"a{number}": Word(label_of(Criterion, names[each.row])),
            f"b{number}": Word(label_of(Criterion, names[each.column])),
            f"s{number}": Number(each.said),
            f"c{number}": Number(each.consistent),
        }
    text = _(
        "The judgements contradict each other (consistency ratio {ratio}, allowed below {limit}): weights may not be used. "
        "Look again at {a1} : {b1} = {s1} (the others say {c1}), {a2} : {b2} = {s2} ({c2}), {a3} : {b3} = {s3} ({c3})"
    )
    return Message(text, said)
