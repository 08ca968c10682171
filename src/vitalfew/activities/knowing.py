"""Who of ours knows whom of an account's, and how well, as the log tells it: each touch counts half as much every ninety days.

It says who was in touch, not who is trusted. Who leaves takes along those whom nobody else knows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db.models import QuerySet

from vitalfew.accounts.models import Account
from vitalfew.activities.models import Activity, Present
from vitalfew.activities.strength import HowWell, how_well, strength
from vitalfew.activities.ways import Way
from vitalfew.contacts import questions as contacts
from vitalfew.contacts.models import Post
from vitalfew.people.models import User

BACK: Final = timedelta(days=730)
Touched = dict[tuple[int | None, str], list[int]]
"""How long ago each of ours was in touch with a person."""


@dataclass(frozen=True)
class Link:
    """Somebody of ours who was in touch with a person."""

    who: str
    strength: float
    user: int | None = None

    @property
    def how_well(self) -> HowWell:
        return how_well(self.strength)


class Met(NamedTuple):
    """One of ours met one of theirs."""

    account: int
    person: int
    user: int | None
    name: str
    role: str
    day: date

    @classmethod
    def of(cls, row: Activity, person: int, user: User | None) -> "Met":
        pk, name, role = (user.pk, user.name, user.role) if user else (None, "", "")
        return cls(row.account_id, person, pk, name, role, row.day)


@dataclass(frozen=True)
class Known:
    """A person of the account's, and who of ours knows him or her, the best first."""

    post: Post
    links: tuple[Link, ...]


def known(account: Account, today: date) -> list[Known]:
    """The people who are there, with those of ours who know them."""
    touched: dict[int, Touched] = {}
    for met in meetings(Activity.objects.filter(account=account, day__gt=today - BACK)):
        whom = touched.setdefault(met.person, {})
        whom.setdefault((met.user, met.name or "–"), []).append((today - met.day).days)
    here = [post for post in contacts.at(account) if post.left_on is None]
    return [Known(post, _links(touched.get(post.person_id, {}))) for post in here]


def meetings(rows: QuerySet[Activity]) -> Iterator[Met]:
    """Who of ours met whom, each with each of those who were there, in the order of the days; notes are no meetings."""
    kept = rows.filter(put_away_at=None).exclude(way=Way.NOTE)
    also: dict[int, list[Present]] = {}
    for each in Present.objects.filter(activity__in=kept).select_related("user"):
        also.setdefault(each.activity_id, []).append(each)
    for row in kept.select_related("who").order_by("day", "pk"):
        there = also.get(row.pk, [])
        people = [row.person_id, *(each.person_id for each in there)]
        ours = [row.who, *(each.user for each in there if each.user)]
        yield from (Met.of(row, person, user) for person in people if person for user in ours)


def _links(touched: Touched) -> tuple[Link, ...]:
    found = [Link(name, strength(days), user) for (user, name), days in touched.items()]
    return tuple(sorted(found, key=lambda link: (-link.strength, link.who)))


def logged_since() -> date | None:
    """The day of the first touch that anybody logged; notes are no touches."""
    rows = Activity.objects.filter(put_away_at=None).exclude(way=Way.NOTE).order_by("day")
    return rows.values_list("day", flat=True).first()


def lost_with(people: Iterable[Known]) -> tuple[str, int] | None:
    """Who of ours alone knows the most people, and how many; None where nobody alone knows anybody."""
    alone: dict[str, int] = {}
    for each in people:
        if len(each.links) == 1:
            alone[each.links[0].who] = alone.get(each.links[0].who, 0) + 1
    return max(alone.items(), key=lambda pair: (pair[1], pair[0]), default=None)
