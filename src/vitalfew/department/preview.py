"""What it would mean to give accounts to another manager, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from vitalfew.accounts.models import Account
from vitalfew.department import questions
from vitalfew.department.questions import Desk
from vitalfew.people.models import User


@dataclass
class Part:
    """The accounts that come from one manager (None: from nobody), and what they are together."""

    user: User | None
    accounts: int = 0
    key: int = 0
    revenue: float = 0.0
    stake: float = 0.0
    load: float = 0.0


@dataclass(frozen=True)
class Preview:
    """Who gives how much, and the desk it goes to before and after."""

    given: list[Part]
    whole: Part
    desk: Desk | None = None
    load_after: float = 0.0
    others: list[Desk] = field(default_factory=list)
    """Everybody's desk, the emptiest first."""

    @property
    def share_after(self) -> float:
        return self.load_after / self.desk.capacity if self.desk and self.desk.capacity else 0.0


def preview(accounts: Sequence[Account], to: User | None) -> Preview:
    """Accounts that are with ``to`` already count to the whole, not to what comes in addition."""
    parts: dict[int | None, Part] = {}
    whole = Part(None)
    for row in questions.opened(accounts):
        for part in (parts.setdefault(row.account.manager_id, Part(row.account.manager)), whole):
            _count(part, row)
    desks = questions.department().desks
    desk = next((each for each in desks if to and each.user == to), None)
    stays = parts[to.pk].load if to and to.pk in parts else 0.0
    after = desk.load + whole.load - stays if desk else 0.0
    return Preview(sorted(parts.values(), key=lambda part: -part.load), whole, desk, after, desks[::-1])


def _count(part: Part, row: questions.Open) -> None:
    part.accounts += 1
    part.load += row.case.load
    if row.card:
        part.key += row.card.tier in {"mvc", "mgc"}
        part.revenue += row.card.revenue_12m or 0.0
        part.stake += row.card.at_stake or 0.0
