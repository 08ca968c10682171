"""What pages and API ask about comments. Every answer starts from what the user may see."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from vitalfew.accounts.grams import asked, stored
from vitalfew.accounts.models import Account
from vitalfew.accounts.responsible import seen_by
from vitalfew.comments.handles import handle, handles
from vitalfew.comments.models import Comment, Mention
from vitalfew.comments.rights import CommentRight
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS

OFFERED: Final = 8


def comments(user: User) -> QuerySet[Comment]:
    """Comments, each with whether it mentions the user, and whether he has seen that."""
    mine = Mention.objects.filter(comment=OuterRef("pk"), user=user)
    rows = Comment.objects.visible_to(user).select_related("account", "who")
    return rows.annotate(mine=Exists(mine), unseen=Exists(mine.filter(seen_at=None)))


def of_spot(user: User, kind: str, number: int) -> list[Comment]:
    """What was said about one record, the earliest first."""
    return list(comments(user).filter(kind=kind, number=number).order_by("pk"))


def latest(user: User, kind: str, numbers: Iterable[int], since: date) -> dict[int, Comment]:
    """The last thing said about each of these records since a day."""
    if not user.may(CommentRight.SEE):
        return {}
    rows = Comment.objects.visible_to(user).filter(kind=kind, number__in=set(numbers), made_at__date__gte=since)
    return {row.number: row for row in rows.select_related("who").order_by("pk")}


def counted(user: User, account: Account, kind: str) -> dict[int, int]:
    """How many comments each record of an account has."""
    rows = Comment.objects.visible_to(user).filter(account=account, kind=kind).order_by()
    return dict(rows.values_list("number").annotate(n=Count("pk")))


def found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those whose text holds the words."""
    return rows.filter(text__icontains=text)


def may_change(user: User, comment: Comment) -> bool:
    """Whoever wrote it."""
    return comment.who_id == user.pk


def may_put_away(user: User, comment: Comment) -> bool:
    """Whoever wrote it, and heads of the department."""
    return may_change(user, comment) or user.role in HEADS


def who_may_be_mentioned(account: Account) -> list[User]:
    """Those of ours who may see the account and its comments."""
    return [user for user in seen_by(account).order_by("name", "pk") if user.may(CommentRight.SEE)]


def known_handles(account: Account) -> dict[str, int]:
    return handles((user.pk, user.name, user.username) for user in who_may_be_mentioned(account))


def offered(account: Account, text: str) -> list[tuple[User, str]]:
    """Who is offered after an @, with the handle: by name, pinyin, initials or user name; all, where nothing is typed yet."""
    people = who_may_be_mentioned(account)
    names = [user.name for user in people]
    fit = [user for user in people if not text or _fits(user, text)]
    return [(user, handle(user.name, user.username, shared=names.count(user.name) > 1)) for user in fit[:OFFERED]]


def _fits(user: User, text: str) -> bool:
    wanted, pieces = asked(text), _pieces(user.name, user.username)
    starts = all(any(piece.startswith(start) for piece in pieces) for start in wanted.starts)
    return bool(wanted) and starts and set(wanted.whole) <= pieces


@lru_cache(maxsize=4096)
def _pieces(name: str, username: str) -> frozenset[str]:
    return frozenset(stored(name, username).split())


def unseen(user: User) -> QuerySet[Comment]:
    """Comments that mention the user and that he has not opened."""
    return comments(user).filter(mentions__user=user, mentions__seen_at=None).order_by("-pk")


def spots_of(rows: Iterable[Comment]) -> set[tuple[str, int]]:
    return {(row.kind, row.number) for row in rows}
