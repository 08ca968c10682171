"""What an account list can show, sort and filter by, and which right each column needs.

No client text ever names a column of the database: requests name one of these, and one the user may not see does not
exist for him, neither shown nor sorted nor filtered by.
"""

from dataclasses import dataclass
from typing import Final

from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import AbcClass, AnomalyKind, ChurnCause, Cooperation, Direction, Risk, Term, Tier, Unit
from vitalfew.terms import gettext_noop as _


@dataclass(frozen=True)
class ListColumn:
    """A column of the list; ``card`` columns are figures of the scorecard, the others the account's own."""

    name: str
    label: str
    unit: Unit
    card: bool = True
    right: Right = Right.ACCOUNTS
    words: type[Term] | None = None
    sortable: bool = True
    shown: bool = True
    narrow: bool = False
    """Whether it has a place on a narrow screen."""


COLUMNS: Final = (
    ListColumn("name", _("Account"), Unit.TEXT, card=False, narrow=True),
    ListColumn("code", _("Code"), Unit.CODE, card=False, shown=False),
    ListColumn("tier", _("Tier"), Unit.WORD, words=Tier, sortable=False, right=Right.MONEY, narrow=True),
    ListColumn("revenue_12m", _("Net sales, 12 months"), Unit.MONEY, narrow=True),
    ListColumn("growth", _("Growth"), Unit.SHARE),
    ListColumn("value", _("Value, next 3 years"), Unit.MONEY, right=Right.MONEY),
    ListColumn("contribution", _("Contribution"), Unit.MONEY, right=Right.MONEY),
    ListColumn("churn", _("Risk of leaving"), Unit.SHARE, narrow=True),
    ListColumn("at_stake", _("Money at stake"), Unit.MONEY),
    ListColumn("cause", _("Likely cause"), Unit.WORD, words=ChurnCause, sortable=False, shown=False, right=Right.MONEY),
    ListColumn("satisfaction", _("Satisfaction"), Unit.NUMBER, shown=False),
    ListColumn("recency", _("Days since purchase"), Unit.DAYS, shown=False),
    ListColumn("cooperation", _("Kind of cooperation"), Unit.WORD, words=Cooperation, sortable=False),
    ListColumn("direction", _("Trend"), Unit.WORD, words=Direction, sortable=False),
    ListColumn("region", _("Region"), Unit.TEXT, card=False, shown=False),
    ListColumn("manager", _("Manager"), Unit.TEXT, card=False, sortable=False),
)
BY_NAME: Final = {column.name: column for column in COLUMNS}
MONEY_FIGURES: Final = frozenset({"tier", "contribution", "margin_rate", "value", "value_low", "value_high", "cause"})
"""Figures of the scorecard that only those see who may see margins and values."""


@dataclass(frozen=True)
class ListFilter:
    """A filter over a closed set of words on the scorecard."""

    name: str
    label: str
    words: type[Term]
    field: str
    right: Right = Right.ACCOUNTS


FILTERS: Final = (
    ListFilter("risk", _("Risk of leaving"), Risk, "risk"),
    ListFilter("tier", _("Tier"), Tier, "tier", Right.MONEY),
    ListFilter("class", _("Class"), AbcClass, "abc"),
    ListFilter("trend", _("Trend"), Direction, "direction"),
    ListFilter("cooperation", _("Kind of cooperation"), Cooperation, "cooperation"),
    ListFilter("ask", _("Worth a question"), AnomalyKind, "anomaly"),
)


def allowed(user: User) -> dict[str, ListColumn]:
    """The columns this user may see."""
    return {name: column for name, column in BY_NAME.items() if user.may(column.right)}


def filters_for(user: User) -> tuple[ListFilter, ...]:
    return tuple(each for each in FILTERS if user.may(each.right))
