"""What pages and API ask about plans. Proposals are shown as far as their accounts are seen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from vitalfew.accounts.models import Account
from vitalfew.accounts.questions import managers
from vitalfew.language import Message, Names
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.roles import Role
from vitalfew.terms import gettext_noop as _
from vitalfew.visit_plans.models import PlanQuerySet, Proposal, VisitPlan
from vitalfew.visit_plans.words import ProposalState


def plans(user: User) -> PlanQuerySet:
    return VisitPlan.objects.visible_to(user).prefetch_related("people")


def proposals(user: User, plan: VisitPlan) -> QuerySet[Proposal]:
    """Those to accounts that the user sees."""
    rows = plan.proposals.select_related("account", "person", "visit")
    return rows if user.sees_all_accounts else rows.filter(account__in=Account.objects.visible_to(user))


def plannable(user: User) -> list[User]:
    """For whom the user has weeks proposed: heads and executives for all who visit, managers for themselves."""
    if user.role not in {*HEADS, Role.EXECUTIVE}:
        return [user]
    leaders = User.objects.filter(is_active=True, role=Role.EXECUTIVE).order_by("name")
    return [*leaders, *managers()]


@dataclass
class Cell:
    """A person's week."""

    person: User
    monday: date
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[tuple[Proposal, Message | None]]:
        """Each with the others on the same way."""
        for row in self.proposals:
            near = [each.account.name for each in self.proposals if _on_the_way(row, each)]
            yield row, Message(_("On the same way: {accounts}."), {"accounts": Names(near)}) if near else None


def _on_the_way(row: Proposal, other: Proposal) -> bool:
    there = (other.day, other.account.region) == (row.day, row.account.region) and row.account.region != ""
    return there and other.pk != row.pk and other.state != ProposalState.REJECTED


def board(user: User, plan: VisitPlan) -> list[tuple[User, list[Cell]]]:
    """People × weeks, each cell with its proposals by day."""
    people = sorted(plan.people.all(), key=lambda each: (str(each), each.pk))
    cells = {(each.pk, monday): Cell(each, monday) for each in people for monday in plan.mondays}
    for row in proposals(user, plan):
        if at := cells.get((row.person_id, row.monday)):
            at.proposals.append(row)
    return [(each, [cells[each.pk, monday] for monday in plan.mondays]) for each in people]


@dataclass(frozen=True)
class Unplaced:
    """An account with fewer visits than wanted, and why."""

    account: Account
    visits: int
    why: Message


def unplaced(user: User, plan: VisitPlan) -> Iterator[Unplaced]:
    """What found no place, as far as its account is seen; the greatest need first."""
    kept = plan.found.get("missing", [])
    seen = Account.objects.visible_to(user).in_bulk([row["account"] for row in kept])
    return (
        Unplaced(seen[row["account"]], row["visits"], Message(row["why"])) for row in kept if row["account"] in seen
    )
