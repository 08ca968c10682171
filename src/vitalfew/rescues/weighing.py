"""From which risk on an alarm pays: what plans would have cost and kept on the company's own past, risk by risk.

Of every day of the backtest of `churn` it is known which accounts would have raised an alarm from each risk on, and which of them
then bought nothing within the horizon. With ``c`` the cost of a plan, ``s`` the share of accounts warned of in time that a plan
keeps, ``m`` the margin in their sales:

    net(risk) = s · m · yearly sales of the losses warned of − c · alarms          best: the risk with the largest net

    200 alarms at 3,000 each, 12,000,000 of sales warned of, a tenth kept, a fifth margin  →  240,000 − 600,000 = −360,000

It says what would have been, had each warning led to a plan; ``s`` is the firm's own guess until `comparing` can tell it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from vitalfew.language import Count, Language, Message, Money, Percent
from vitalfew.terms import gettext_noop as _

FEWEST: Final = 10
"""Losses below which nothing is said of thresholds."""


@dataclass(frozen=True)
class Costs:
    """What a plan costs, which share of the accounts warned of it keeps, and the margin in their sales."""

    plan: float
    kept: float
    margin: float


@dataclass(frozen=True)
class Weighed:
    """What alarms from one risk on would have come to."""

    risk: float
    alarms: int
    caught: int
    false: int
    missed: int
    sales: float
    net: float

    @property
    def caught_share(self) -> float:
        losses = self.caught + self.missed
        return self.caught / losses if losses else 0.0

    @property
    def false_share(self) -> float:
        return self.false / self.alarms if self.alarms else 0.0


def weighed(rows: Sequence[Mapping[str, Any]], costs: Costs) -> list[Weighed]:
    """Each threshold with its net."""
    return [
        Weighed(
            row["from"], row["alarms"], row["caught"], row["false"], row["missed"], row["sales"],
            costs.kept * costs.margin * row["sales"] - costs.plan * row["alarms"],
        )
        for row in rows
    ]  # fmt: skip


def best(rows: Sequence[Weighed]) -> Weighed | None:
    """The one with the largest net, of equals the highest risk; none where too few were lost to tell."""
    if not rows or rows[0].caught + rows[0].missed < FEWEST:
        return None
    return max(rows, key=lambda row: (row.net, row.risk))


def nearest(rows: Sequence[Weighed], risk: float) -> Weighed | None:
    return min(rows, key=lambda row: abs(row.risk - risk), default=None)


def told(row: Weighed, top: Weighed | None, currency: str) -> Message:
    """In a sentence: what alarms from this risk on would have come to, and which would have paid most."""
    said: dict[str, Any] = {
        "risk": Percent(row.risk, 0), "alarms": Count(row.alarms), "caught": Percent(row.caught_share, 0),
        "false": Percent(row.false_share, 0), "net": Money(row.net, currency),
    }  # fmt: skip
    if top is None:
        text = _(
            "Alarms from {risk} on: {alarms}, of all losses {caught} warned of, {false} of the alarms false. Fewer than ten were "
            "lost: which threshold pays cannot be told"
        )
        return Message(text, said)
    said |= {"top": Percent(top.risk, 0), "most": Money(top.net, currency)}
    text = _(
        "Alarms from {risk} on: {alarms}, of all losses {caught} warned of, {false} of the alarms false; {net} after the cost of "
        "plans. Most would have come of {top}: {most}"
    )
    return Message(text, said)


def chart(
    rows: Sequence[Weighed], message: Message, language: Language, labels: tuple[str, str], currency: str
) -> dict[str, Any]:
    """The net by the risk from which on an alarm rings."""
    x, y = labels
    return {
        "kind": "line", "title": message.say(language), "x": x, "y": y, "unit": "money", "x_unit": "word", "currency": currency,
        "names": [f"{row.risk:.0%}" for row in rows], "points": [row.net for row in rows],
    }  # fmt: skip
