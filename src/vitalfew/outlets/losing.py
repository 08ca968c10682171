"""Accounts that an analysis puts first although serving them costs more than they bring."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from vitalfew.catalogue import Analysis
from vitalfew.language import Accounts, Count, Figure, Message
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import Group
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

FIRST: Final = 10
RANKING: Final = frozenset({Group.IDENTIFY, Group.VALUE})
"""Groups whose analyses say who is worth most without asking what serving them costs."""


def losing_first(
    analysis: Analysis, rows: Sequence[Mapping[str, Any]], user: User, names: Mapping[str, str]
) -> list[Message]:
    """Which of the first accounts lost us money in twelve months, for those who may see it."""
    if analysis.group not in RANKING or not user.may(Right.MONEY):
        return []
    if analysis.name == "portfolio-matrix":
        strategic = [row["customer"] for row in rows if row["cell"] == "strategic"]
        text = _(
            "Of the {n} strategic accounts {below} cost us more in twelve months than they brought, first of all: {who}"
        )
        return _said(text, strategic, names)
    ranked = dict.fromkeys(row["customer"] for row in rows if row.get("customer"))
    text = _("Of the first {n} accounts {below} cost us more in twelve months than they brought: {who}")
    return _said(text, list(ranked)[:FIRST], names)


def _said(text: str, codes: Sequence[str], names: Mapping[str, str]) -> list[Message]:
    """The sentence on those with a loss, the largest loss first; nothing where all earn."""
    cards = Scorecard.objects.filter(refresh=scorecards.current(), customer__in=codes, contribution__lt=0)
    below = list(cards.order_by("contribution", "customer").values_list("customer", flat=True))
    if not below:
        return []
    figures: dict[str, Figure] = {
        "n": Count(len(codes)), "below": Count(len(below)), "who": Accounts(below[:FIRST]),
    }  # fmt: skip
    return [Message(text, figures).naming(names)]
