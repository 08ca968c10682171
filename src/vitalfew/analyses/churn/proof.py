"""Which forecast of leaving is used, and the proof behind it: what would have been said one horizon ago, against what came."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from vitalfew.language import Message, Number, Percent
from vitalfew.maths import roc
from vitalfew.maths.brier import brier, skill
from vitalfew.maths.hurdle import Hurdle
from vitalfew.maths.purchase_origins import Purchases
from vitalfew.maths.silences import gaps, left, loss_rates, overdue, rules
from vitalfew.maths.staying import Forecast
from vitalfew.panels import Floats
from vitalfew.terms import gettext_noop as _

OFF: Final = 1.25
"""So many times the purchases that came, or as many times fewer, are worth a warning."""


@dataclass(frozen=True)
class Said:
    """The forecast that is used, the method's name, and what its proof shows."""

    forecast: Forecast
    method: str
    proof: dict[str, float | None]


def shipped(said: Forecast, bought: Purchases, as_of: int) -> Said:
    """The forecast, or the rule of thumb where that told better."""
    record = said.record
    if record is None:
        return Said(_with_silence(said, bought, as_of), "process_and_silence", _proof(None, None, {}))
    past = bought.until(record.day)
    place = np.searchsorted(np.unique(past.account), record.known)
    quiet, fallen = (flag[place] for flag in rules(past, record.day))
    lost = 1 - record.bought
    by_silence, by_decline = loss_rates(quiet, lost), loss_rates(fallen, lost)
    thumb = {"silent": by_silence[quiet.astype(int)], "declined": by_decline[fallen.astype(int)]}
    told = 1 - record.said[said.method]
    proof = _proof(told, lost, {"alive": 1 - record.said["alive"], **thumb})
    if (proof["auc_silent"] or 0.0) <= (proof["auc"] or 0.0):
        return Said(said, said.method, proof)
    chance = 1 - by_silence[rules(bought, as_of)[0].astype(int)]
    counts = Hurdle(chance, np.maximum(said.counts.mean, chance), said.counts.theta)
    return Said(replace(said, counts=counts), "rule", _proof(thumb["silent"], lost, {}) | {"method_beaten": 1})


def _with_silence(said: Forecast, bought: Purchases, as_of: int) -> Forecast:
    """The process's chances, but for those who are silent beyond their own gaps."""
    tail = overdue(gaps(bought.account, bought.day, as_of))
    stays = 1 - left(tail, (said.losses + 0.5) / (bought.accounts + 1))
    counts = Hurdle(said.counts.any * stays, said.counts.mean * stays, said.counts.theta)
    return replace(said, counts=counts)


def _proof(told: Floats | None, lost: Floats | None, others: dict[str, Floats]) -> dict[str, float | None]:
    names = ("auc", "auc_low", "auc_high", "brier", "brier_skill", "auc_alive", "auc_silent", "auc_declined")
    if told is None or lost is None:
        return dict.fromkeys(names)
    area = roc.auc(told, lost)
    found = [None, None, None] if area is None else [area.auc, area.low, area.high]
    beside = {name: roc.auc(score, lost) for name, score in others.items()}
    besides = [None if (a := beside.get(name)) is None else a.auc for name in ("alive", "silent", "declined")]
    return dict(zip(names, [*found, brier(told, lost), skill(told, lost), *besides], strict=True))


def described(said: Said) -> dict[str, object]:
    forecast = said.forecast
    record = forecast.record
    ratio = None if record is None else float(record.mean[forecast.method].sum() / max(record.counts.sum(), 1))
    return {
        "method": said.method,
        "process": "pareto-nbd" if forecast.order == 1 else "mbg-cnbd-k",
        "k": forecast.order,
        "origins": forecast.origins,
        "losses": forecast.losses,
        "season_index": forecast.index,
        "levels": forecast.levels,
        "theta": forecast.counts.theta,
        "stated_coverage": forecast.coverage,
        "proof_accounts": None if record is None else int(record.counts.size),
        "proof_from_earlier_days": None if record is None else record.strict,
        "proof_total_ratio": ratio,
    }


def proven(said: Said) -> Sequence[Message]:
    """What the proof shows, in two sentences at most."""
    record, proof = said.forecast.record, said.proof
    if record is None or proof["auc"] is None:
        return ()
    text = _(
        "One horizon ago it would have put {auc} of pairs of a lost and a kept account, of all that ever bought, the right way "
        "round ({low} – {high}; the rule 'silent for twice its usual gap': {rule}; P(alive): {alive})"
    )
    shown = {"auc": "auc", "low": "auc_low", "high": "auc_high", "rule": "auc_silent", "alive": "auc_alive"}
    shares = {name: Percent(proof[figure] or 0.0) for name, figure in shown.items()}
    told = [Message(text, shares)]
    ratio = float(record.mean[said.forecast.method].sum() / max(record.counts.sum(), 1))
    if not 1 / OFF < ratio < OFF:
        text = _(
            "One horizon ago it expected {ratio} times the purchases that came: the level of the whole book is unsure"
        )
        told.append(Message(text, {"ratio": Number(ratio)}))
    return told
