"""A level's rule: a few conditions, all of which an account must meet to come in.

    floor 1,000,000, leeway 10 %   →   comes in from 1,000,000 on, stays while it has 900,000 or more

What is not asked for is met. A figure that is not known meets nothing: nobody comes in on what we do not know. Who once met the
rule is held to the leeway alone, so that a figure which moves about the floor does not turn somebody out and in again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from vitalfew.language import Message, Percent, Word, short
from vitalfew.terms import Tier, label_of
from vitalfew.terms import gettext_noop as _


@dataclass(frozen=True)
class Figures:
    """What is known of an account."""

    tier: str = ""
    net_sales: float | None = None
    contribution: float | None = None
    value: float | None = None
    years: float | None = None
    agreement: bool = False


@dataclass(frozen=True)
class Rule:
    """What is asked for; None, empty or False where it is not."""

    tiers: frozenset[str] = frozenset()
    net_sales: float | None = None
    contribution: float | None = None
    value: float | None = None
    years: int | None = None
    agreement: bool = False

    @property
    def asks(self) -> bool:
        """Whether it asks for anything; a level without a rule takes in nobody by itself."""
        return bool(self.tiers or self.agreement) or any(floor is not None for _name, _text, floor in self._floors())

    def met(self, known: Figures, leeway: float = 0.0) -> bool:
        return self.asks and not any(True for _each in self.missing(known, leeway))

    def missing(self, known: Figures, leeway: float = 0.0) -> Iterator[Message]:
        """What is not met, in words."""
        if self.tiers and known.tier not in self.tiers:
            yield Message(_("tier {tier}"), {"tier": _tier(known.tier)})
        for name, text, floor in self._floors():
            have = getattr(known, name)
            needed = None if floor is None else floor * (1 if name == "years" else 1 - leeway)
            if needed is not None and (have is None or have < needed):
                yield Message(text, {"have": "–" if have is None else short(have), "need": short(needed)})
        if self.agreement and not known.agreement:
            yield Message(_("no agreement in force"))

    def _floors(self) -> tuple[tuple[str, str, float | None], ...]:
        return (
            ("net_sales", _("net sales of 12 months {have} of {need}"), self.net_sales),
            ("contribution", _("contribution of 12 months {have} of {need}"), self.contribution),
            ("value", _("lifetime value {have} of {need}"), self.value),
            ("years", _("years with us {have} of {need}"), self.years),
        )

    def told(self, leeway: float = 0.0) -> Iterator[Message]:
        """The rule itself in words."""
        if self.tiers:
            order = [tier for tier in Tier if tier.value in self.tiers]
            for tier in order:
                yield Message(_("tier {tier}"), {"tier": _tier(tier.value)})
        for text, floor in (
            (_("net sales of 12 months at least {need}"), self.net_sales),
            (_("contribution of 12 months at least {need}"), self.contribution),
            (_("lifetime value at least {need}"), self.value),
            (_("years with us at least {need}"), self.years),
        ):
            if floor is not None:
                yield Message(text, {"need": short(floor)})
        if self.agreement:
            yield Message(_("an agreement in force"))
        if leeway:
            yield Message(_("held to with a leeway of {share}"), {"share": Percent(leeway)})


def _tier(value: str) -> Word | str:
    return Word(label_of(Tier, value)) if value else "–"
