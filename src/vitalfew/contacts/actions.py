"""Changes to people at customers: permission asked, version checked, audit written, in one transaction."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Phone, Post
from vitalfew.contacts.questions import INDEX, bosses_at, pieces_of
from vitalfew.contacts.reporting import closes_circle
from vitalfew.contacts.rights import ContactRight
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.rooms import OURS
from vitalfew.terms import gettext_noop as _

PERSON: Final = (
    "name", "called", "email", "wechat", "channel", "language", "birthday", "note", "basis", "agreed_on", "purpose",
    "keep_until",
)  # fmt: skip
POST: Final = ("title", "department", "level", "part", "influence", "attitude", "reports_to", "since", "left_on")
Phones = Iterable[tuple[str, str]]


class TooEarly(ValueError):
    """A post can't end before it began."""


def index(people: Iterable[Person]) -> None:
    INDEX.put((person.pk, pieces_of(person)) for person in people)


@transaction.atomic
def add(user: User, account: Account, person: Mapping[str, Any], post: Mapping[str, Any], phones: Phones = ()) -> Post:
    """Somebody new at an account."""
    user.must(ContactRight.EDIT)
    who = records.make(user, Person(**person, by_hand=sorted([*person, "phones"])))
    Phone.objects.bulk_create(Phone(person=who, kind=kind, number=number) for kind, number in phones)
    index([who])
    return _post(user, who, account, post)


def _post(user: User, person: Person, account: Account, fields: Mapping[str, Any]) -> Post:
    _reports(account, person, fields.get("reports_to"))
    number = f"{OURS}{secrets.token_hex(8)}"
    return records.make(user, Post(person=person, account=account, contact_id=number, **fields, by_hand=sorted(fields)))


@transaction.atomic
def change_person(user: User, pk: int, version: int, fields: Mapping[str, Any], phones: Phones | None = None) -> Person:
    """Save what was edited of a person, unless somebody saved since ``version``."""
    user.must(ContactRight.EDIT)
    seen = Person.objects.visible_to(user)
    before = seen.get(pk=pk)
    wanted = _other_phones(before, phones)
    by_hand = sorted({*before.by_hand, *_changed(before, fields), *(["phones"] if wanted is not None else [])})
    person = records.change(user, seen, pk, version, {**fields, "by_hand": by_hand})
    if wanted is not None:
        person.phones.all().delete()
        Phone.objects.bulk_create(Phone(person=person, kind=kind, number=number) for kind, number in wanted)
        person = person if person.version > version else records.touch(user, person, "phones")
    if person.version > version:
        index([person])
        Post.objects.filter(person=person).update(told=False)
    return person


def _other_phones(person: Person, phones: Phones | None) -> list[tuple[str, str]] | None:
    """The numbers as wanted, where they are others than those kept."""
    wanted = None if phones is None else list(phones)
    return None if wanted == list(person.phones.order_by("pk").values_list("kind", "number")) else wanted


def _changed(record: Person | Post, fields: Mapping[str, Any]) -> list[str]:
    """What a hand really set: what is saved as it was goes on with newer facts."""
    return [name for name, value in fields.items() if getattr(record, name) != value]


@transaction.atomic
def change_post(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Post:
    """Save what was edited of a post, unless somebody saved since ``version``."""
    user.must(ContactRight.EDIT)
    seen = Post.objects.visible_to(user)
    before = seen.get(pk=pk)
    _in_order(fields.get("since", before.since), fields.get("left_on", before.left_on))
    _reports(before.account, before.person, fields.get("reports_to"), before.reports_to_id)
    changed = _changed(before, fields)
    by_hand, told = sorted({*before.by_hand, *changed}), before.told and not changed
    return records.change(user, seen, pk, version, {**fields, "by_hand": by_hand, "told": told})


@transaction.atomic
def move(user: User, post: Post, account: Account, day: date, fields: Mapping[str, Any]) -> Post:
    """To another company: the post ends, another begins the same day."""
    user.must(ContactRight.EDIT)
    change_post(user, post.pk, post.version, {"left_on": day})
    return _post(user, post.person, account, {**fields, "since": day})


def _reports(account: Account, person: Person, to: Person | None, until_now: int | None = None) -> None:
    """To somebody at the same account, and never, over others, to oneself."""
    if to is None or to.pk == until_now:
        return
    if not Post.objects.held().filter(account=account, person=to).exists():
        raise NotPossible(_("This person is not at the account"))
    if closes_circle(bosses_at(account), person.pk, to.pk):
        raise NotPossible(_("This person already reports to the one being changed, directly or over others"))


def _in_order(since: date | None, left_on: date | None) -> None:
    if since and left_on and left_on < since:
        raise TooEarly
