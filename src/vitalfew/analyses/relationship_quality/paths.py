"""What drives what among trust, commitment and satisfaction: the model, as it is drawn and as it is told."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from vitalfew.catalogue import Refusal
from vitalfew.language import Count, Message
from vitalfew.maths.plssem import Drivers, Model, drivers
from vitalfew.panels import Floats
from vitalfew.terms import Construct
from vitalfew.terms import gettext_noop as _

NAMES: Final = list(Construct)
DEFAULT: Final = "satisfaction>trust, satisfaction>commitment, trust>commitment"
FEWEST, TIMES_THE_LONGEST = 50, 10
Leading = dict[int, list[int]]


def drawn(text: str) -> Leading:
    """The model as the user draws it: which of the three lead to which; refused in words where it cannot be one.

    >>> drawn("trust>commitment, satisfaction>trust")
    {2: [1], 1: [0]}
    """
    place = {each.value: number for number, each in enumerate(NAMES)}
    leading: Leading = {}
    for arrow in text.replace("，", ",").replace("＞", ">").split(","):
        before, _sign, after = (part.strip().lower() for part in arrow.partition(">"))
        if before not in place or after not in place or before == after:
            example = _(
                "'{text}' is no model: write arrows between satisfaction, trust and commitment, such as {example}"
            )
            raise Refusal(Message(example, {"text": text, "example": DEFAULT}))
        leading.setdefault(place[after], []).append(place[before])
    if {each for after, before in leading.items() for each in (after, *before)} != set(place.values()):
        raise Refusal(Message(_("Satisfaction, trust and commitment must all be in the model")))
    if _turns(leading):
        raise Refusal(Message(_("The arrows of the model lead in a circle: what drives what could not be told")))
    return {after: sorted(set(before)) for after, before in leading.items()}


def _turns(leading: Leading) -> bool:
    reach = np.zeros((len(NAMES), len(NAMES)))
    for after, before in leading.items():
        reach[before, after] = 1.0
    return bool(np.linalg.matrix_power(reach, len(NAMES)).any())


def fitted(answers: Floats, blocks: Mapping[Construct, Sequence[int]], model: str) -> dict[str, Any]:
    """The model on the accounts' mean answers; empty where it may not be fitted."""
    leading = drawn(model)
    if len(blocks) < len(NAMES):
        return {}
    found = drivers(answers, Model([blocks[each] for each in NAMES], leading), least=FEWEST)
    return {} if found is None else _described(found)


def _described(found: Drivers) -> dict[str, Any]:
    def named(before: int, after: int) -> list[str]:
        return [NAMES[before].value, NAMES[after].value]

    return {
        "paths": [[*named(before, after), *values] for before, after, *values in found.paths],
        "paths_freed_of_error": [[*named(*ends), value] for ends, value in found.freed.items()],
        "rho_a": {each.value: float(value) for each, value in zip(NAMES, found.rho, strict=True)},
        "weighted_index": {each.value: float(value) for each, value in zip(NAMES, found.index, strict=True)},
        "explained": {NAMES[after].value: value for after, value in found.explained.items()},
        "paths_accounts": found.rows,
        "scheme": "path",
    }


def figures(paths: Mapping[str, Any]) -> dict[str, float]:
    """The paths by name, plain and freed of error, and the weighted indices."""
    plain = {f"{after}_by_{before}": path for before, after, path, _low, _high in paths.get("paths", [])}
    freed = {
        f"{after}_by_{before}_freed_of_error": value for before, after, value in paths.get("paths_freed_of_error", [])
    }
    return {**plain, **freed, **{f"weighted_{name}": each for name, each in paths.get("weighted_index", {}).items()}}


def said_of(paths: Mapping[str, Any], accounts: int, longest: int) -> list[Message]:
    if not paths:
        text = _("No model of what drives what: it needs fifty accounts with all three asked; {n} answered")
        return [Message(text, {"n": Count(accounts)})]
    said = []
    if paths["paths_accounts"] < TIMES_THE_LONGEST * longest:
        text = _("The model rests on {n} accounts for {questions} questions of one kind: ten times as many are wanted")
        said.append(Message(text, {"n": Count(paths["paths_accounts"]), "questions": Count(longest)}))
    if not paths["paths_freed_of_error"]:
        said.append(
            Message(_("Paths freed of measurement error cannot be told: the questions have too little in common"))
        )
    return said
