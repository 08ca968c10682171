"""What those who asked are worth: the customer values of the accounts that asked and voted, each account once."""

from collections.abc import Iterable, Mapping

from vitalfew.accounts.models import Account
from vitalfew.ideas.models import Idea, Vote
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard


def askers(idea: Idea) -> list[Account]:
    """Those that asked under any of its numbers, and those that voted for it."""
    asked = set(idea.merged.filter(put_away_at=None).values_list("account", flat=True)) | {idea.account_id}
    voted = set(Vote.objects.filter(idea=idea).values_list("account", flat=True))
    return list(Account.objects.filter(pk__in=(asked | voted) - {None}).order_by("code"))


def values(codes: Iterable[str]) -> Mapping[str, float]:
    refresh = scorecards.current()
    rows = Scorecard.objects.filter(refresh=refresh, customer__in=set(codes), value__isnull=False)
    return {row.customer: row.value for row in rows if row.value is not None} if refresh else {}


def parts(idea: Idea) -> list[tuple[Account, float | None]]:
    """What each account counts for, None where nobody knows its value; one that costs more than it brings counts for nothing."""
    known = askers(idea)
    worth = values(each.code for each in known)
    return [(each, None if (value := worth.get(each.code)) is None else max(value, 0.0)) for each in known]


def weight_of(counted: Iterable[tuple[Account, float | None]]) -> float | None:
    """The sum of the parts; None where no part is known."""
    known = [value for _account, value in counted if value is not None]
    return sum(known) if known else None


def weigh(idea: Idea) -> float | None:
    """Kept with the idea, so that a list can be ordered by it; without a version, for nobody edits it."""
    weight = weight_of(parts(idea))
    Idea.objects.filter(pk=idea.pk).update(weight=weight)
    return weight
