"""Whose addresses these are: our users', our contacts', and at which accounts these are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models.functions import Lower

from vitalfew.accounts.models import Account
from vitalfew.activities.ways import Side
from vitalfew.batches import batched
from vitalfew.contacts.models import Person, Post
from vitalfew.mails.letters import Letter
from vitalfew.mails.words import Why
from vitalfew.people.models import User
from vitalfew.people.permissions import STAFF

CROWD: Final = 100
FEW: Final = 500
"""So many addresses are asked for at once."""


@dataclass(frozen=True)
class Match:
    """From whom a mail came, who of ours it is of, where it belongs; or why that cannot be told."""

    side: str = ""
    ours: tuple[User, ...] = ()
    places: tuple[tuple[Account, Person], ...] = ()
    why: str = ""


def match(letter: Letter) -> Match:
    """What the letter's addresses tell."""
    users = users_of([letter.sender, *letter.recipients[: CROWD + 1]])
    ours = tuple(users[each] for each in dict.fromkeys([letter.sender, *letter.recipients]) if each in users)
    if len(letter.recipients) > CROWD:
        return Match(ours=ours, why=Why.CROWD)
    if letter.sender in users:
        return _judged(Side.OUT, ours, letter.recipients, letter)
    places = places_of([letter.sender])
    if not places:
        return Match(ours=ours, why=Why.SENDER if places_of(letter.recipients) else Why.UNKNOWN)
    return _judged(Side.IN, ours, [letter.sender], letter)


def _judged(side: Side, ours: tuple[User, ...], theirs: Iterable[str], letter: Letter) -> Match:
    places = places_of(theirs)
    if not places:
        return Match(side, ours, (), Why.UNKNOWN)
    if not letter.proven:
        return Match(side, ours, places, Why.UNPROVEN)
    several = len({account.pk for account, _person in places}) > 1
    return Match(side, ours, places, Why.SEVERAL if several else "")


def users_of(addresses: Iterable[str]) -> dict[str, User]:
    """People of ours by address; one that two have is nobody's."""
    wanted = {address for address in addresses if address}
    users = User.objects.filter(is_active=True, role__in=STAFF).annotate(small=Lower("email")).filter(small__in=wanted)
    found: dict[str, list[User]] = {}
    for user in users:
        found.setdefault(user.email.lower(), []).append(user)
    return {address: those[0] for address, those in found.items() if len(those) == 1}


def known_among(addresses: Iterable[str]) -> set[str]:
    """Those that belong to a contact."""
    wanted = sorted({address for address in addresses if address})
    people = Person.objects.filter(merged_into=None, put_away_at=None).annotate(small=Lower("email"))
    return {
        found
        for some in batched(wanted, FEW)
        for found in people.filter(small__in=some).values_list("small", flat=True)
    }


def places_of(addresses: Iterable[str]) -> tuple[tuple[Account, Person], ...]:
    """Where the people of these addresses are, one person an account, in the order of the addresses."""
    wanted = list(dict.fromkeys(address for address in addresses if address))
    people = Person.objects.filter(merged_into=None, put_away_at=None).annotate(small=Lower("email"))
    known = people.filter(small__in=wanted).values("pk")
    posts = Post.objects.held().filter(person__in=known, account__merged_into=None).select_related("person", "account")
    ordered = sorted(posts, key=lambda post: (wanted.index(post.person.email.lower()), post.pk))
    places: dict[int, tuple[Account, Person]] = {}
    for post in ordered:
        places.setdefault(post.account_id, (post.account, post.person))
    return tuple(places.values())
