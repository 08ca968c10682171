"""Warnings against what came.

For each origin and over all of them: Brier score and skill, log loss, calibration error, AUC with its interval, and
of the ``k`` accounts put first how many were lost (precision), which part of all losses that is (recall), and how many
times the base rate (lift). ``k`` is a tenth of the accounts, ten at least: what a team can call on.

    20 accounts, 5 lost; of the 10 put first 4 were lost  →  precision .4, recall .8, lift 1.6
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from vitalfew.language import Count, Message, Percent
from vitalfew.maths.arrays import Bools, Floats
from vitalfew.maths.brier import BINS, brier, calibration_error, log_loss, reliability, skill
from vitalfew.maths.intervals import wilson
from vitalfew.maths.roc import auc, first
from vitalfew.terms import gettext_noop as _

SHARE, LEAST = 0.1, 10
HIGH: Final = 0.5
EARLY: Final = 30
STEPS: Final = tuple(round(0.05 * n, 2) for n in range(1, 20))
"""Risks from which an alarm might ring."""


def scored(probability: Floats, lost: Floats) -> dict[str, float | int | None]:
    """All scores of stated probabilities of a loss."""
    accounts = int(lost.size)
    k = min(accounts, max(LEAST, round(SHARE * accounts)))
    area, front = auc(probability, lost), first(probability, lost, k)
    return {
        "accounts": accounts,
        "losses": int(lost.sum()),
        "brier": brier(probability, lost) if accounts else None,
        "brier_skill": skill(probability, lost) if accounts else None,
        "log_loss": log_loss(probability, lost) if accounts else None,
        "calibration_error": calibration_error(probability, lost) if accounts else None,
        "auc": area.auc if area else None,
        "auc_low": area.low if area else None,
        "auc_high": area.high if area else None,
        "k": k,
        "precision_at_k": front.precision if front else None,
        "recall_at_k": front.recall if front else None,
        "lift_at_k": front.lift if front else None,
    }


def reliability_rows(probability: Floats, lost: Floats) -> list[dict[str, Any]]:
    """Stated against happened, with the 95 % interval of what happened, bin by bin."""
    n, stated, happened = reliability(probability, lost)
    return [
        {"from": k / BINS, "to": (k + 1) / BINS, "accounts": int(n[k]), **_told(n[k], stated[k], happened[k])}
        for k in range(BINS)
    ]


def _told(n: float, stated: float, happened: float) -> dict[str, float | None]:
    names = ("stated", "happened", "happened_low", "happened_high")
    if not n:
        return dict.fromkeys(names)
    return dict(zip(names, (float(stated), float(happened), *wilson(happened * n, n)), strict=True))


def high_risks(probability: Floats, lost: Floats) -> dict[str, float | None]:
    """What was stated of the accounts more likely lost than not, and what happened to them."""
    high = probability >= HIGH
    n = int(high.sum())
    told = _told(n, probability[high].mean() if n else 0.0, lost[high].mean() if n else 0.0)
    return {"high_accounts": n, **{f"high_{name}": value for name, value in told.items()}}


def overstated(found: Mapping[str, Any]) -> list[Message]:
    """Said where fewer of those with a high risk were lost than stated, beyond chance."""
    if not found["high_accounts"] or found["high_stated"] <= found["high_happened_high"]:
        return []
    text = _(
        "High risks were overstated: of the {n} accounts told a risk of 50 % or more {stated} were to be lost on average; "
        "{happened} were ({low} – {high}). Read them as an order, not as a share"
    )
    shares = {"stated": "stated", "happened": "happened", "low": "happened_low", "high": "happened_high"}
    said = {name: Percent(found[f"high_{figure}"], 0) for name, figure in shares.items()}
    return [Message(text, {"n": Count(found["high_accounts"]), **said})]


def thresholds(probability: Floats, lost: Floats, sales: Floats) -> list[dict[str, float | int]]:
    """What alarms from each risk on would have come to: right, false, missed, and the yearly sales of the losses warned of.

    >>> from numpy import array
    >>> rows = thresholds(array([0.9, 0.6, 0.6, 0.1]), array([1.0, 1.0, 0.0, 1.0]), array([10.0, 5.0, 3.0, 2.0]))
    >>> next(row for row in rows if row["from"] == 0.5)
    {'from': 0.5, 'alarms': 3, 'caught': 2, 'false': 1, 'missed': 1, 'sales': 15.0}
    """
    rows: list[dict[str, float | int]] = []
    for step in STEPS:
        rings = probability >= step
        caught = rings & (lost > 0)
        rows.append(
            {
                "from": step, "alarms": int(rings.sum()), "caught": int(caught.sum()),
                "false": int((rings & (lost == 0)).sum()), "missed": int(lost.sum() - caught.sum()),
                "sales": float(np.maximum(sales[caught], 0.0).sum()),
            }
        )  # fmt: skip
    return rows


def compared(scores: Mapping[str, Floats], lost: Floats) -> list[dict[str, Any]]:
    """Each score's AUC with its interval, and whether the first of them is above it."""
    rows: list[dict[str, Any]] = []
    for name, score in scores.items():
        area = auc(score, lost)
        found = (None, None, None) if area is None else (area.auc, area.low, area.high)
        rows.append({"score": name, **dict(zip(("auc", "auc_low", "auc_high"), found, strict=True))})
    return rows


def alarmed(alarm: Bools, lost: Floats) -> dict[str, float | int | None]:
    """How many alarms, and how many of them were false."""
    false = int((alarm & (lost == 0)).sum())
    missed = int((~alarm & (lost > 0)).sum())
    alarms = int(alarm.sum())
    return {
        "alarms": alarms,
        "false_alarms": false,
        "false_share": false / alarms if alarms else None,
        "missed_losses": missed,
    }


def lead_times(lost_on: Mapping[str, int], first_alarm: Mapping[str, int]) -> dict[str, float | int | None]:
    """Days from the first alarm to the loss, where there was an alarm before it.

    >>> lead_times({"A": 500, "B": 400, "C": 300}, {"A": 450, "B": 390, "D": 10})["median_days"]
    30.0
    """
    days = np.array([on - first_alarm[code] for code, on in lost_on.items() if first_alarm.get(code, on) < on])
    return {
        "losses": len(lost_on),
        "alarmed_before": int(days.size),
        "median_days": float(np.median(days)) if days.size else None,
        "share_30_days": float((days >= EARLY).sum() / len(lost_on)) if lost_on else None,
    }


def pooled(parts: Sequence[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.empty(0)
