"""A section of a plan shown to the customer: as it stood when it was shared; the customer agrees to it, or objects with words."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.plans.actions import own
from vitalfew.plans.measures import GUARDED
from vitalfew.plans.models import Plan, SharedSection
from vitalfew.plans.words import Section
from vitalfew.terms import gettext_noop as _


def _goals(plan: Plan) -> list[dict[str, Any]]:
    """What is to be reached; how we measure it, and what is of margin, stays ours."""
    rows = plan.goals.filter(put_away_at=None).exclude(measure__in=GUARDED)
    return [{"text": row.text} for row in rows]


def _steps(plan: Plan) -> list[dict[str, Any]]:
    rows = plan.steps.filter(put_away_at=None)
    return [{"text": row.text, "due": row.due.isoformat()} for row in rows]


def _promotions(plan: Plan) -> list[dict[str, Any]]:
    return [
        {"text": row.name, "since": row.since.isoformat(), "until": row.until.isoformat(), "ours": row.ours, "theirs": row.theirs}
        for row in plan.promotions.filter(put_away_at=None)
    ]  # fmt: skip


def _service(plan: Plan) -> list[dict[str, Any]]:
    return [{"text": plan.service}] if plan.service else []


DRAWN: Final[Mapping[str, Callable[[Plan], list[dict[str, Any]]]]] = {
    Section.SERVICE: _service, Section.GOALS: _goals, Section.STEPS: _steps, Section.PROMOTIONS: _promotions,
}  # fmt: skip


@transaction.atomic
def share(user: User, pk: int, section: str, *, shared: bool) -> Plan:
    """Shown as it stands now, or no longer; shown anew, the customer is asked anew."""
    row = own(user, pk)
    if section not in DRAWN:
        raise Plan.DoesNotExist
    SharedSection.objects.filter(plan=row, section=section).delete()
    if shared:
        content = DRAWN[section](row)
        if not content:
            raise NotPossible(_("Nothing stands in this section yet"))
        SharedSection.objects.create(plan=row, section=section, content=content, shared_by=user.username)
    row.noted(user, "share", {"section": [None, section], "shared": [not shared, shared]})
    return row


@transaction.atomic
def answer(guest: User, person: int, accounts: Collection[int], pk: int, *, agreed: bool, words: str) -> SharedSection:
    """The customer's answer to what it was shown; an objection says why."""
    rows = SharedSection.objects.select_for_update(of=("self",)).select_related("plan")
    row = rows.get(pk=pk, plan__account__in=accounts, plan__put_away_at=None)
    if not agreed and not words:
        raise NotPossible(_("Say what you object to, so that it can be changed"))
    row.agreed, row.words, row.answered_by_id, row.answered_at = agreed, words, person, timezone.now()
    row.save()
    row.plan.noted(guest, "answer", {"section": [None, row.section], "agreed": [None, agreed]})
    return row
