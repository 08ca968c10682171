"""What the page of a campaign shows, and the forms of its steps."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.targets import TargetsForm
from vitalfew.campaigns import questions, sending
from vitalfew.campaigns.excluding import left_out
from vitalfew.campaigns.forms import (
    LANGUAGES,
    CallOffForm,
    HandInForm,
    LessonsForm,
    LineForm,
    SpentForm,
    TextForm,
    VersionForm,
)  # fmt: skip
from vitalfew.campaigns.models import Campaign
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.campaigns.seeing import Seen, could_show
from vitalfew.campaigns.words import CampaignState, Place, Why
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import CampaignVerdict, Tier, gettext_noop, label_of

BESIDE: Final = (("campaigns", gettext_noop("Campaigns")), ("campaign-calendar", gettext_noop("Calendar of campaigns")))
NOT_BEGUN: Final = (CampaignState.DRAFT, CampaignState.ASKED, CampaignState.APPROVED)
OPEN: Final = (*NOT_BEGUN, CampaignState.RUNNING)
SPENDING: Final = (CampaignState.APPROVED, CampaignState.RUNNING, CampaignState.ENDED)
SHOWN: Final = 300


def around(user: User, row: Campaign) -> Mapping[str, Any]:
    makes, lines = user.may(CampaignRight.MAKE), questions.budget(row)
    rows = list(questions.targets(user, row)[: SHOWN + 1])
    return {
        "campaign": row, "may_make": makes, "lines": lines, "planned": questions.planned(row), "spent": questions.spent(row),
        "targets": [(each, _tier(user, each.tier)) for each in rows[:SHOWN]], "more": len(rows) > SHOWN,
        "sees_money": user.may(Right.MONEY), "counts": _counts(row), "reasons": _reasons(row),
        "learnt": questions.lessons(user, row) if row.state in NOT_BEGUN else [], "day": timezone.localdate(),
        "open": row.standing in OPEN, "spending": row.standing in SPENDING, "letters_sent": sending.sent(row),
        "me": user.username, **_seen(row), **_found(row), **_forms(user, row, lines),
    }  # fmt: skip


def _forms(user: User, row: Campaign, lines: list[Any]) -> Mapping[str, Any]:
    begun = {"version": row.version, "lessons": row.lessons}
    given = {name: form(initial=begun) for name, form in FORMS.items()}
    return {**given, "spent_form": SpentForm(lines, initial=begun), "accounts_form": TargetsForm(user), **_texts(row)}


FORMS: Final = {
    "line": LineForm, "hand_in": HandInForm, "start": VersionForm, "evaluate": VersionForm, "call_off": CallOffForm,
    "lessons": LessonsForm, "letter_form": TextForm, "offer_form": TextForm,
}  # fmt: skip


def _texts(row: Campaign) -> Mapping[str, Any]:
    return {
        name: [(code, label, texts[code]) for code, label in LANGUAGES if code in texts]
        for name, texts in (("letter_texts", row.letters), ("offer_texts", row.offers))
    }


def _tier(user: User, tier: str) -> str:
    return label_of(Tier, tier) if tier and user.may(Right.MONEY) else ""


def _counts(row: Campaign) -> list[tuple[str, int]]:
    found = questions.counts(row)
    return [(each.label, found[each.value]) for each in Place if found.get(each.value)]


def _reasons(row: Campaign) -> list[tuple[str, int]]:
    return [(label_of(Why, why), n) for why, n in questions.reasons(row).items()]


def _seen(row: Campaign) -> Mapping[str, Any]:
    """As it was told when it began; before, as it is now, of those who would not be left out today."""
    if row.foreseen:
        kept = row.foreseen
        told = Message.restored(kept["said"]), [Message.restored(each) for each in kept["warnings"]]
        return {"seen": told[0], "seen_warnings": told[1]}
    if row.state not in NOT_BEGUN:
        return {}
    accounts = [each.account for each in row.targets.select_related("account")]
    out = left_out(row, accounts, timezone.localdate()) if accounts else {}
    seen: Seen | None = could_show(row, [each for each in accounts if each.pk not in out]) if accounts else None
    return {"seen": seen and seen.said, "seen_warnings": seen.warnings if seen else [], "leaving": _leaving(out)}


def _leaving(out: Mapping[int, Why]) -> list[tuple[str, int]]:
    said = list(out.values())
    return [(why.label, said.count(why)) for why in Why if why in said]


def _found(row: Campaign) -> Mapping[str, Any]:
    if not row.found:
        return {}
    told = {"verdict": label_of(CampaignVerdict, row.found["verdict"]), "found_return": row.found["return"]}
    return {**told, "found": row.found, "headline": row.headline, "found_warnings": [
        Message.restored(each) for each in row.found["warnings"]
    ]}  # fmt: skip
