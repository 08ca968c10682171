"""What a merge moves from one record to another, and how all of it goes back.

Whatever points at the record that goes is made to point at the one that stays, whichever room it belongs to; what was moved is
noted by number, so that only that goes back. The record that goes keeps every field. Facts are not touched: they are read with
the codes of merged accounts as one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.utils import timezone

from vitalfew.accounts import search
from vitalfew.accounts.models import Account
from vitalfew.contacts.actions import index
from vitalfew.contacts.models import Person, Phone, Post
from vitalfew.duplicates.features.records import digits_of

Moved = dict[str, Any]
OF_ACCOUNT: Final = ("kind", "region", "country", "industry", "uscc", "manager_id")
OF_PERSON: Final = ("called", "email", "wechat", "channel", "language", "birthday", "note")
SAID_BY_FACTS: Final = ("name", "email", "phones")
"""What the facts say of a person; of two contacts in the facts they would say two things."""


def merge_accounts(kept: Account, gone: Account) -> Moved:
    """Everything of ``gone`` belongs to ``kept`` from now on; gives what was moved."""
    posts = {str(post.pk): [post.version, post.told] for post in Post.objects.filter(account=gone)}
    moved: Moved = {"moved": _moved(kept, gone), "posts": posts, "children": _children_moved(kept, gone)}
    moved |= {"parent": kept.parent_code, "by_hand": kept.by_hand, "filled": _filled(kept, gone, OF_ACCOUNT)}
    kept.by_hand = sorted({*kept.by_hand, *moved["filled"]})
    kept.parent_code = "" if kept.parent_code == gone.code else kept.parent_code
    gone.merged_into = kept
    _saved(kept, gone)
    search.index([kept])
    return moved


def part_accounts(kept: Account, gone: Account, moved: Moved) -> None:
    """Both as they were; what came to ``kept`` meanwhile stays there."""
    gone.merged_into = None
    _emptied(kept, moved)
    kept.parent_code = moved["parent"] if kept.parent_code == "" else kept.parent_code
    _saved(kept, gone)
    _moved_back(kept, gone, moved["moved"])
    Account.everyone.filter(pk__in=moved["children"], parent_code=kept.code).update(parent_code=gone.code)
    for pk, (version, told) in moved["posts"].items():
        _tell_again(int(pk), version, told=told)
    search.index([kept, gone])


def _tell_again(pk: int, version: int, *, told: bool) -> None:
    """A post that the facts may have heard of under the other account's code."""
    post = Post.objects.filter(pk=pk).first()
    if post is not None and (post.version != version or not told):
        Post.objects.filter(pk=pk).update(told=False)


def _children_moved(kept: Account, gone: Account) -> list[int]:
    children = Account.everyone.filter(parent_code=gone.code).exclude(pk=kept.pk)
    ids = list(children.values_list("pk", flat=True))
    children.update(parent_code=kept.code)
    return ids


def merge_persons(kept: Person, gone: Person) -> Moved:
    """Posts, numbers and what was done with ``gone`` belong to ``kept``; a second post at one account is put away."""
    there = set(Post.objects.held().filter(person=kept).values_list("account_id", flat=True))
    double = list(Post.objects.held().filter(person=gone, account__in=there).values_list("pk", flat=True))
    moved: Moved = {"moved": _moved(kept, gone), "double": double, "by_hand": kept.by_hand}
    Post.objects.filter(pk__in=double).update(put_away_at=timezone.now())
    moved["filled"] = _filled(kept, gone, OF_PERSON)
    kept.by_hand = sorted({*kept.by_hand, *moved["filled"], *SAID_BY_FACTS})
    gone.merged_into = kept
    _saved(kept, gone)
    return moved


def part_persons(kept: Person, gone: Person, moved: Moved) -> None:
    gone.merged_into = None
    _emptied(kept, moved)
    _saved(kept, gone)
    _moved_back(kept, gone, moved["moved"])
    Post.objects.filter(pk__in=moved["double"]).update(put_away_at=None)
    index([kept, gone])


def _relations(model: type[models.Model]) -> Iterator[Any]:
    """What points at a record of this kind, whichever room it belongs to."""
    return (each for each in model._meta.related_objects if each.one_to_many and each.field.name != "merged_into")


def _moved(kept: Any, gone: Any) -> dict[str, list[int]]:
    moved: dict[str, list[int]] = {}
    for relation in _relations(type(gone)):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: gone})
        ids = [row.pk for row in rows if not _there_already(row, relation.field.name, kept)]
        if ids:
            relation.related_model._base_manager.filter(pk__in=ids).update(**{relation.field.name: kept})
            moved[f"{relation.related_model._meta.label}.{relation.field.name}"] = ids
    return moved


def _there_already(row: models.Model, field: str, kept: models.Model) -> bool:
    """Whether the one that stays has the like of it: the same member of its team, the same number."""
    if isinstance(row, Phone):
        digits = digits_of(row.number) or row.number
        return digits in {digits_of(each.number) or each.number for each in Phone.objects.filter(person_id=kept.pk)}
    for rule in row._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and field in rule.fields:
            ruled = type(row)._base_manager.filter(rule.condition or models.Q())
            same = {name: getattr(row, name) for name in rule.fields if name != field}
            if ruled.filter(pk=row.pk).exists() and ruled.filter(**{field: kept}, **same).exists():
                return True
    return False


def _moved_back(kept: Any, gone: Any, moved: Mapping[str, list[int]]) -> None:
    """What was moved and is still there; what somebody moved on since stays where it is."""
    for label, ids in moved.items():
        model, _dot, field = label.rpartition(".")
        rows = apps.get_model(model)._base_manager.filter(pk__in=ids, **{field: kept})
        rows.update(**{field: gone})


def _filled(kept: Any, gone: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """What only the one that goes knew is known of the one that stays."""
    filled = {name: getattr(gone, name) for name in names if not getattr(kept, name) and getattr(gone, name)}
    for name, value in filled.items():
        setattr(kept, name, value)
    return {name: value if isinstance(value, int) else str(value) for name, value in filled.items()}


def _emptied(kept: Any, moved: Moved) -> None:
    """Filled fields are empty again, unless somebody has written something else into them."""
    for name, value in moved["filled"].items():
        if str(getattr(kept, name)) == str(value):
            field = kept._meta.get_field(name.removesuffix("_id"))
            setattr(kept, name, None if field.null else "")
    own = {*moved["filled"], *SAID_BY_FACTS} - set(moved["by_hand"])
    kept.by_hand = sorted(set(kept.by_hand) - own)


def _saved(*records: Any) -> None:
    for record in records:
        record.version += 1
        record.save()
