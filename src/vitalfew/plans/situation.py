"""How the account stands, drawn from the analyses: live while a plan is drafted, kept with the version that was agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import GUARDED, Sheet
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import Aspect, Unit, label_of
from vitalfew.terms import gettext_noop as _

FIGURES: Final = (
    ("revenue_12m", _("Net sales, 12 months"), Unit.MONEY, False),
    ("growth", _("Growth"), Unit.SHARE, False),
    ("contribution", _("Contribution"), Unit.MONEY, True),
    ("value", _("Value, next 3 years"), Unit.MONEY, True),
    ("churn", _("Risk of leaving"), Unit.SHARE, False),
)
"""Each with whether only those see it who may see margins."""


@dataclass(frozen=True)
class Figure:
    label: str
    unit: Unit
    value: float | None


@dataclass(frozen=True)
class Situation:
    """Findings in words by aspect, and the figures behind; of a day."""

    as_of: str
    currency: str
    said: list[tuple[str, str]]
    """An aspect's label, and its sentences as they are kept."""
    figures: list[Figure]

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_of)


def drawn(user: User, account: Account) -> dict[str, Any]:
    """All that its reader may see of it, as plain values."""
    sheet = Sheet(settings.HOME, user, account)
    if sheet.refresh is None or sheet.card is None:
        return {}
    shown = sheet.figures_at(sheet.refresh)
    return {
        "as_of": sheet.refresh.as_of.isoformat(), "currency": sheet.currency,
        "said": [[aspect.value, kept] for aspect, _tab, kept in sheet.said],
        "figures": {name: shown[name] for name, *_rest in FIGURES if shown.get(name) is not None},
    }  # fmt: skip


def told(user: User, kept: Mapping[str, Any]) -> Situation | None:
    """What was kept, as far as this reader may see it."""
    if not kept:
        return None
    money = user.may(Right.MONEY)
    said = [(label_of(Aspect, name), words) for name, words in kept["said"] if money or name not in GUARDED]
    figures = [
        Figure(label, unit, kept["figures"][name])
        for name, label, unit, guarded in FIGURES
        if name in kept["figures"] and (money or not guarded)
    ]
    return Situation(kept["as_of"], kept["currency"], said, figures)
