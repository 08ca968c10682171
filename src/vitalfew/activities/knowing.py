"""Who of ours knows whom of an account's, and how well, as the log tells it.

    strength = sum over the touches of 1/2^(days since / 90)

Each touch counts half as much every ninety days; notes are none. Two visits today and one 90 days ago:

>>> round(strength([0, 0, 90]), 2)
2.5

It says who was in touch, not who is trusted. Who leaves takes along those whom nobody else knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.activities.models import Activity
from vitalfew.activities.ways import Way
from vitalfew.contacts import questions as contacts
from vitalfew.contacts.models import Post
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

HALF_LIFE: Final = 90
BACK: Final = timedelta(days=730)
WELL, SOMEWHAT = 2.0, 0.5


class HowWell(Term):
    """How well somebody of ours knows a person, by the touches that were logged."""

    WELL = "well", _("Well")
    SOMEWHAT = "somewhat", _("Somewhat")
    FAINTLY = "faintly", _("Faintly")


@dataclass(frozen=True)
class Link:
    """Somebody of ours who was in touch with a person."""

    who: str
    strength: float

    @property
    def how_well(self) -> HowWell:
        if self.strength >= WELL:
            return HowWell.WELL
        return HowWell.SOMEWHAT if self.strength >= SOMEWHAT else HowWell.FAINTLY


@dataclass(frozen=True)
class Known:
    """A person of the account's, and who of ours knows him or her, the best first."""

    post: Post
    links: tuple[Link, ...]


def strength(days: Iterable[int]) -> float:
    """How strong a link is, from how long ago its touches were."""
    return float(sum(0.5 ** (each / HALF_LIFE) for each in days))


def known(account: Account, today: date) -> list[Known]:
    """The people who are there, with those of ours who know them."""
    touched: dict[int, dict[str, list[int]]] = {}
    rows = Activity.objects.filter(account=account, put_away_at=None, day__gt=today - BACK, person__isnull=False)
    for person, who, day in rows.exclude(way=Way.NOTE).values_list("person_id", "who__name", "day"):
        touched.setdefault(person or 0, {}).setdefault(who or "–", []).append((today - day).days)
    here = [post for post in contacts.at(account) if post.left_on is None]
    return [Known(post, _links(touched.get(post.person_id, {}))) for post in here]


def _links(touched: dict[str, list[int]]) -> tuple[Link, ...]:
    found = [Link(who, strength(days)) for who, days in touched.items()]
    return tuple(sorted(found, key=lambda link: (-link.strength, link.who)))


def lost_with(people: Iterable[Known]) -> tuple[str, int] | None:
    """Who of ours alone knows the most people, and how many; None where nobody alone knows anybody."""
    alone: dict[str, int] = {}
    for each in people:
        if len(each.links) == 1:
            alone[each.links[0].who] = alone.get(each.links[0].who, 0) + 1
    return max(alone.items(), key=lambda pair: (pair[1], pair[0]), default=None)
