"""What a new account is worth, and how spending on winning and on keeping should be balanced."""

from typing import Any, Final, NamedTuple

import numpy as np

from vitalfew.catalogue import Refusal
from vitalfew.language import Figure, Message, Money, Percent
from vitalfew.maths.discounting import Timing, berger_nasr, lifetime_value, margin_multiple, npv
from vitalfew.maths.winning_and_keeping import Balance, answering, balance, best
from vitalfew.terms import gettext_noop as _

TIMES: Final = {Timing.START: "start", Timing.MIDDLE: "middle", Timing.END: "end"}


class Asked(NamedTuple):
    """The user's answers: years looked ahead, spent on a prospect, the share of prospects won, and both ceilings."""

    years: int
    spend: float
    won: float
    won_at_most: float
    kept_at_most: float

    @property
    def balanced(self) -> bool:
        return self.spend > 0


class Usual(NamedTuple):
    """The mean account: gross margin and cost to serve a year, the share kept; the discount rate; accounts won in a year.

    ``won`` is None where the book is too short to tell who was there before.
    """

    margin: float
    service: float
    kept: float
    rate: float
    won: int | None


def new_account(usual: Usual, asked: Asked) -> dict[str, float | None]:
    """What a new account is worth, winning it paid, and what those are worth today who will be won in the coming years.

    By when margins come; with service between two of them (Berger & Nasr); as many as last year (Gupta, Lehmann & Stuart).
    """
    winning = asked.spend / asked.won if asked.balanced else 0.0
    flows = np.full(asked.years, usual.margin - usual.service)
    found: dict[str, float | None] = {
        f"new_account_{name}": lifetime_value(flows, usual.kept, usual.rate, winning, timing)
        for timing, name in TIMES.items()
    }
    told = berger_nasr(usual.margin, usual.service, usual.kept, usual.rate, asked.years)
    each = (usual.margin - usual.service) * margin_multiple(usual.kept, usual.rate, timing=Timing.START) - winning
    coming = None if usual.won is None else npv(np.full(asked.years, usual.won * each), usual.rate)
    return {**found, "new_account": told - winning, "won_in_a_year": usual.won, "equity_to_come": coming}


class Found(NamedTuple):
    """Spending as it is, and as a prospect would be worth most."""

    now: Balance
    best: Balance

    @property
    def figures(self) -> dict[str, float]:
        return {
            f"{prefix}{name}": value
            for prefix, each in (("", self.now), ("best_", self.best))
            for name, value in zip(
                ("prospect_spend", "keeping_spend", "won", "kept", "customer_value", "prospect_value"),
                each,
                strict=True,
            )
        }


def balanced(usual: Usual, asked: Asked) -> Found | None:
    """The balance of winning and keeping; None where it is not asked for, or nothing is spent on keeping."""
    if not asked.balanced:
        return None
    if not 0 < asked.won < asked.won_at_most:
        text = _("The share of prospects won lies above 0 and below the most that could be won")
        raise Refusal(Message(text))
    if usual.service <= 0:
        return None
    if not 0 < usual.kept < asked.kept_at_most:
        text = _("{kept} of the accounts are kept a year: say how many could be kept at most, more than that")
        raise Refusal(Message(text, {"kept": Percent(usual.kept)}))
    won = answering(asked.won, asked.won_at_most, asked.spend)
    kept = answering(usual.kept, asked.kept_at_most, usual.service)
    now = balance(asked.spend, usual.service, won, kept, usual.margin, usual.rate)
    return Found(now, best(won, kept, usual.margin, usual.rate))


def said_of(asked: Asked, found: Found | None, currency: str) -> list[Message]:
    if not asked.balanced:
        return []
    if found is None:
        return [Message(_("No service costs are known: winning and keeping cannot be balanced"))]
    text = _(
        "A prospect is worth {worth} at {winning} spent on each prospect and {keeping} a year on each account; by these "
        "ceilings it would be worth most, {most}, at {best_winning} and {best_keeping}"
    )
    money = {
        "worth": found.now.prospect, "winning": found.now.winning, "keeping": found.now.keeping,
        "most": found.best.prospect, "best_winning": found.best.winning, "best_keeping": found.best.keeping,
    }  # fmt: skip
    figures: dict[str, Figure] = {name: Money(value, currency) for name, value in money.items()}
    return [Message(text, figures)]


def everything(usual: Usual, asked: Asked, currency: str) -> tuple[dict[str, Any], list[Message]]:
    """Figures and sentences of both questions."""
    found = balanced(usual, asked)
    figures = {**new_account(usual, asked), **({} if found is None else found.figures)}
    return figures, said_of(asked, found, currency)
