"""What somebody of a customer's sees of the plan we have for it: the sections shared with it, as they stood then."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.language import Message, Word
from vitalfew.plans.models import SharedSection
from vitalfew.rooms import PortalPart, Visitor, Waiting
from vitalfew.terms import gettext_noop as _

SHOWN: Final = 40
DAYS: Final = frozenset({"due", "since", "until"})


def _rows(account: Account) -> Any:
    return SharedSection.objects.filter(plan__account=account, plan__put_away_at=None).select_related("plan")


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    return {"sections": [_section(row) for row in _rows(account).order_by("-plan__since", "plan", "section")[:SHOWN]]}


def _section(row: SharedSection) -> Mapping[str, Any]:
    return {
        "pk": row.pk, "plan": row.plan.title, "label": row.get_section_display(), "currency": row.plan.currency,
        "lines": [_line(each) for each in row.content], "on": timezone.localdate(row.shared_at),
        "asks": row.answered_at is None, "agreed": row.agreed, "words": row.words,
    }  # fmt: skip


def _line(kept: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: date.fromisoformat(value) if name in DAYS else value for name, value in kept.items()}


def waiting(_visitor: Visitor, account: Account) -> Iterator[Waiting]:
    for row in _rows(account).filter(answered_at=None)[:SHOWN]:
        told = {"plan": row.plan.title, "part": Word(str(row.get_section_display()))}
        yield Waiting(Message(_("We ask for your agreement: {plan}, {part}"), told))


PARTS: Final = (PortalPart("plan", _("Joint plan"), 50, "plan", "plans/portal.html", told, waiting),)
