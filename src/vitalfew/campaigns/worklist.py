"""What campaigns ask for: to begin, to evaluate, to speak with accounts that take part."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from vitalfew.campaigns import questions
from vitalfew.campaigns.models import Campaign, Target
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.campaigns.words import CampaignState
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

LINES: Final = 20
WAITS: Final = (CampaignState.APPROVED, CampaignState.RUNNING, CampaignState.ENDED)
BEGIN, EVALUATE, TALK = 3e5, 2e5, 5e4
"""A campaign that is late costs the more of its days; a talk stands below what keeps accounts."""


def waiting(user: User) -> Iterator[Task]:
    if not user.may(CampaignRight.SEE):
        return
    if user.may(CampaignRight.MAKE):
        yield from _own(user)
    for row in questions.to_talk_about(user).order_by("of__until", "pk")[:LINES]:
        yield _talk(row)


def _own(user: User) -> Iterator[Task]:
    """Those that one leads, or that nobody does."""
    today = timezone.localdate()
    mine = Q(owner=user) | Q(owner=None) | Q(owner__is_active=False)
    waits = questions.campaigns(user).filter(mine, state__in=WAITS, since__lte=today)
    for row in waits.order_by("until", "pk")[:LINES]:
        if row.state == CampaignState.APPROVED and row.since <= today <= row.until:
            yield _line(row, _("Begin the campaign"), _("{campaign} is approved, and its first day is there"), BEGIN)
        elif row.standing == CampaignState.ENDED:
            yield _line(
                row, _("Evaluate the campaign"), _("{campaign} is over, and nobody has said what it changed"), EVALUATE
            )


def _line(row: Campaign, what: str, why: str, priority: float) -> Task:
    said: dict[str, Any] = {"campaign": row.name}
    return Task(what, Message(why, said), _("Open"), row.get_absolute_url(), due=row.until, priority=priority)


def _talk(row: Target) -> Task:
    said: dict[str, Any] = {"campaign": row.of.name, "account": row.account.name}
    return Task(
        _("Speak with it about the campaign"), Message(_("{account} takes part in {campaign}"), said), _("Open"),
        f"{row.of.get_absolute_url()}#target-{row.pk}", row.account.code, due=row.of.until, priority=TALK,
    )  # fmt: skip
