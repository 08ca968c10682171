"""Who gets what when: campaigns by week, and the accounts that hear from us most often."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.campaigns import questions
from vitalfew.campaigns.excluding import letters_since
from vitalfew.campaigns.models import Campaign, Target
from vitalfew.campaigns.words import CampaignState, Place
from vitalfew.people.models import User

WEEKS: Final = 13
BEHIND: Final = 4
"""Of the weeks shown, so many are over."""
WEEK: Final = timedelta(days=7)
LOOKED_BACK: Final = 30
MOST: Final = 50
COMING: Final = (CampaignState.DRAFT, CampaignState.ASKED, CampaignState.APPROVED)


def mondays(day: date) -> list[date]:
    first = day - timedelta(days=day.weekday()) - BEHIND * WEEK
    return [first + n * WEEK for n in range(WEEKS)]


def by_week(user: User, weeks: Sequence[date]) -> list[tuple[Campaign, list[bool]]]:
    """Campaigns that touch these weeks, each with the weeks in which it goes on."""
    rows = questions.listed(user).exclude(state=CampaignState.OFF)
    rows = rows.filter(since__lt=weeks[-1] + WEEK, until__gte=weeks[0]).order_by("since", "pk")
    return [(row, [row.since < monday + WEEK and row.until >= monday for monday in weeks]) for row in rows]


@dataclass(frozen=True)
class Pressure:
    """How often an account hears from us."""

    account: Account
    letters: int
    """That it could do without, in the last thirty days."""
    running: Sequence[Campaign]
    coming: Sequence[Campaign]

    @property
    def total(self) -> int:
        return self.letters + len(self.running) + len(self.coming)


def pressed(user: User, day: date) -> list[Pressure]:
    """Accounts that the user sees and that hear from us, most often first."""
    letters = letters_since(day - timedelta(days=LOOKED_BACK))
    running, coming = _inside(user, day)
    numbers = {*letters, *running, *coming}
    seen = Account.objects.visible_to(user).in_bulk(_most(numbers, letters, running, coming))
    found = [Pressure(each, letters[pk], running.get(pk, []), coming.get(pk, [])) for pk, each in seen.items()]
    return sorted(found, key=lambda each: (-each.total, each.account.code))[:MOST]


Lists = dict[int, list[Campaign]]


def _inside(user: User, day: date) -> tuple[Lists, Lists]:
    """By account, the campaigns it takes part in, and those it is chosen for."""
    known = questions.campaigns(user).filter(until__gte=day).in_bulk()
    running: Lists = {}
    coming: Lists = {}
    rows = Target.objects.visible_to(user).filter(of__in=known, place__in=(Place.TREATED, Place.CHOSEN))
    for account, number in rows.order_by("of__since", "pk").values_list("account", "of"):
        row = known[number]
        if row.state == CampaignState.RUNNING:
            running.setdefault(account, []).append(row)
        elif row.state in COMING:
            coming.setdefault(account, []).append(row)
    return running, coming


def _most(numbers: set[int], letters: Counter[int], running: Lists, coming: Lists) -> list[int]:
    """Enough of them that those the user sees are among them, the most often written first."""
    weight = {pk: letters[pk] + len(running.get(pk, ())) + len(coming.get(pk, ())) for pk in numbers}
    return sorted(numbers, key=lambda pk: (-weight[pk], pk))[: MOST * 10]
