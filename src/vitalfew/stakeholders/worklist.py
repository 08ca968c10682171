"""What the map asks for: planned levels of key accounts at which nobody is known, and statements a year old."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils import timezone

from vitalfew.language import Count, Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.stakeholders import questions
from vitalfew.stakeholders.models import Acquaintance, Cover
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.terms import Level, NextAction, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Proposal

MOST: Final = 10
LOOKED_AT: Final = 3 * MOST


def waiting(user: User) -> Iterator[Task]:
    if user.may(StakeholderRight.PLAN):
        yield from _uncovered(user)
    if user.may(StakeholderRight.STATE):
        yield from _old(user)


def _uncovered(user: User) -> Iterator[Task]:
    """Of each account the highest level; not where the figures ask first to meet more people there."""
    firsts: dict[str, Cover] = {}
    for row in questions.uncovered(user).only("level", "account__code", "account__name")[: LOOKED_AT * len(Level)]:
        firsts.setdefault(row.account.code, row)
    asked = Proposal.objects.filter(refresh=scorecards.current(), rank=1, action=NextAction.MEET_MORE)
    already = set(asked.filter(customer__in=list(firsts)).values_list("customer", flat=True))
    for row in [row for code, row in firsts.items() if code not in already][:MOST]:
        figures: dict[str, str | Word] = {"account": row.account.name, "level": Word(label_of(Level, row.level))}
        why = Message(_("{account}: planned, but nobody is on file at the level {level}"), figures)
        yield Task(_("Find somebody at this level"), why, _("See the plan"), row.get_absolute_url(), row.account.code)


def _old(user: User) -> Iterator[Task]:
    mine = Acquaintance.objects.visible_to(user).asked_again(timezone.localdate()).filter(user=user)
    if number := mine.count():
        why = Message(_("You said a year ago and more how well you know {n} {n:person|people}"), {"n": Count(number)})
        url = f"{reverse('acquaintances')}?freshness=old"
        yield Task(_("Say again whom you know"), why, _("See the people"), url)
