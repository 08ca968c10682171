"""Changes to comments: permission asked, version checked, audit written, in one transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.comments import questions
from vitalfew.comments.handles import meant
from vitalfew.comments.models import Comment, Mention
from vitalfew.comments.rights import CommentRight
from vitalfew.comments.spots import spot
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden


@transaction.atomic
def write(user: User, kind: str, number: int, text: str) -> Comment:
    """Say something about a record that the user may see; whom it names is told."""
    user.must(CommentRight.WRITE)
    where = spot(user, kind, number)
    if where is None:
        raise Comment.DoesNotExist
    made = records.make(user, Comment(account=where.account, kind=kind, number=number, text=text, who=user))
    _mention(made)
    return made


@transaction.atomic
def change(user: User, pk: int, version: int, text: str) -> Comment:
    """Say it otherwise, unless it was saved since ``version``; whoever is newly named is told."""
    _own(user, pk, questions.may_change)
    changed = records.change(user, Comment.objects.visible_to(user), pk, version, {"text": text})
    _mention(changed)
    return changed


@transaction.atomic
def put_away(user: User, pk: int) -> Comment:
    _own(user, pk, questions.may_put_away)
    return records.put_away(user, Comment.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Comment:
    user.must(CommentRight.WRITE)
    seen = Comment.objects.filter(account__in=Account.objects.visible_to(user))
    if not questions.may_put_away(user, seen.get(pk=pk)):
        raise Forbidden
    return records.fetch_back(user, seen, pk)


def seen(user: User, kind: str, number: int) -> int:
    """The user has opened the spot: its mentions wait no longer; gives how many there were."""
    there = Comment.objects.visible_to(user).filter(kind=kind, number=number)
    rows = Mention.objects.filter(user=user, seen_at=None, comment__in=there)
    return rows.update(seen_at=timezone.now()) if rows.exists() else 0


def _own(user: User, pk: int, may: Any) -> None:
    user.must(CommentRight.WRITE)
    if not may(user, Comment.objects.visible_to(user).get(pk=pk)):
        raise Forbidden


def _mention(comment: Comment) -> None:
    """Those named now; whoever was named before and still is, keeps having seen it. Nobody mentions himself."""
    named = meant(comment.text, questions.known_handles(comment.account)) - {comment.who_id}
    comment.mentions.exclude(user__in=named).delete()
    there = set(comment.mentions.values_list("user_id", flat=True))
    Mention.objects.bulk_create(Mention(comment=comment, user_id=pk) for pk in sorted(named - there))
