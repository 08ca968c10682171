"""What pages, API and portal ask about ideas. Every answer starts from what the user may see."""

from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from vitalfew.accounts.models import Account
from vitalfew.accounts.pieces import Index
from vitalfew.ideas.models import Idea, IdeaQuerySet, Pilot
from vitalfew.ideas.rights import IdeaRight
from vitalfew.ideas.words import OPEN, IdeaState
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

INDEX: Final = Index("ideas_search")
SHOWN: Final = 100
LOOKED_AT: Final = 500
ALIKE: Final = 0.3
MOST: Final = 5


def ideas(user: User) -> IdeaQuerySet:
    return Idea.objects.visible_to(user).select_related("account", "person", "owner", "merged_into")


def listed(user: User) -> IdeaQuerySet:
    """With how many want it."""
    return ideas(user).annotate(wanted=Count("votes", distinct=True), also=Count("merged", distinct=True))


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose words or number hold the text, or what sounds like it in pinyin."""
    ids = INDEX.matching(text)
    return rows.none() if ids is None else rows.filter(pk__in=ids)


def of_account(user: User, account: Account) -> list[Idea]:
    return list(ideas(user).filter(account=account)[:SHOWN])


def may_change(user: User, idea: Idea) -> bool:
    """Who wrote it down or sees to it, who manages the account, and heads of the department."""
    if not user.may(IdeaRight.WRITE):
        return False
    near = {idea.owner_id, idea.account.manager_id if idea.account else None}
    return user.pk in near or user.username == idea.made_by or user.role in HEADS


def asking(user: User) -> IdeaQuerySet:
    """New ones of one's own, or of nobody's at one's accounts; those whose outcome nobody has told, or whose asker wrote."""
    nobody = Q(owner=None) | Q(owner__is_active=False)
    mine = Q(owner=user) | Q(nobody, account__manager=user)
    untold = Idea.objects.untold().values("pk")
    asks = Q(state=IdeaState.NEW) | Q(pk__in=untold) | Q(word_since__isnull=False)
    return ideas(user).filter(mine, asks).order_by("said_on", "pk")


def together(user: User, idea: Idea) -> list[Idea]:
    """Those that the user sees among the ones merged with it."""
    return list(ideas(user).filter(merged_into=idea))


def pilots(user: User, idea: Idea) -> list[Pilot]:
    return list(Pilot.objects.visible_to(user).filter(idea=idea).select_related("account"))


def twins(user: User, idea: Idea) -> list[Idea]:
    """What may be the same: the most alike first, by the pairs of characters they share."""
    rows = (
        ideas(user).exclude(pk=idea.pk).filter(Q(state__in=OPEN) | Q(merged_into=None)).exclude(state=IdeaState.MERGED)
    )
    rated = [(_alike(idea, each), each) for each in rows.order_by("-pk")[:LOOKED_AT]]
    near = sorted(((how, each) for how, each in rated if how >= ALIKE), key=lambda pair: (-pair[0], pair[1].pk))
    return [each for _how, each in near[:MOST]]


def _alike(one: Idea, other: Idea) -> float:
    a, b = _pairs(one.text), _pairs(other.text)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _pairs(text: str) -> set[str]:
    plain = "".join(each for each in text.casefold() if each.isalnum())
    return {plain[n : n + 2] for n in range(len(plain) - 1)}
