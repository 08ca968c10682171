"""Campaigns: drafted, approved, called off, ended; permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.deciding import within_own_limit
from vitalfew.approvals.hands import hands
from vitalfew.approvals.questions import currency as house_currency
from vitalfew.approvals.words import ApprovalState
from vitalfew.campaigns import questions
from vitalfew.campaigns.models import BudgetLine, Campaign, Target
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.campaigns.words import CampaignState
from vitalfew.coins import written
from vitalfew.language import Count, Day, Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

KIND: Final = "campaign"
FIELDS: Final = (
    "name", "aim", "kind", "since", "until", "outcome", "worth", "one_in", "rest_days", "most_letters", "by_letter",
    "by_talk", "owner",
)  # fmt: skip
FREE: Final = frozenset({"name", "aim", "owner"})
"""What may change after it was approved, too."""
APPROVED: Final = (frozenset(FIELDS) - FREE) | {"budget", "accounts"}
"""What a second person approves, as the trail calls it."""
FIXED: Final = _("What was handed in or approved is not changed: take it back, or draft another")


@transaction.atomic
def draft(user: User, fields: Mapping[str, Any]) -> Campaign:
    """A new one, in the currency of the house."""
    user.must(CampaignRight.MAKE)
    if not house_currency():
        raise NotPossible(_("Import orders first: a campaign needs the currency of the house"))
    return records.make(user, Campaign(currency=house_currency(), **fields))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Campaign:
    """Correct it; once handed in, only its name, aim and owner."""
    row = held(user, pk)
    changed = {name for name, value in fields.items() if getattr(row, name) != value}
    if not row.is_draft and changed - FREE:
        raise NotPossible(FIXED)
    return moved(user, row, version, fields)


@transaction.atomic
def put_away(user: User, pk: int) -> Campaign:
    row = held(user, pk)
    if row.state == CampaignState.RUNNING:
        raise NotPossible(_("It runs: end it or call it off first"))
    if row.state == CampaignState.ASKED:
        raise NotPossible(_("It waits for approval: take the question back first"))
    return records.put_away(user, Campaign.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Campaign:
    user.must(CampaignRight.MAKE)
    return records.fetch_back(user, Campaign.objects.within_reach_of(user), pk)


def held(user: User, pk: int) -> Campaign:
    """The campaign, held until the change is stored."""
    user.must(CampaignRight.MAKE)
    rows = Campaign.objects.visible_to(user).select_for_update(of=("self",)).select_related("approval")
    return rows.get(pk=pk)


def drafted(user: User, pk: int, version: int | None = None) -> Campaign:
    row = held(user, pk)
    if not row.is_draft:
        raise NotPossible(FIXED)
    if version is not None and row.version != version:
        raise Stale(row)
    return row


def moved(user: User, row: Campaign, version: int | None = None, fields: Mapping[str, Any] | None = None) -> Campaign:
    read = row.version if version is None else version
    return records.change(user, Campaign.objects.visible_to(user), row.pk, read, fields or {})


@transaction.atomic
def add_line(user: User, pk: int, version: int, what: str, planned: Decimal) -> Campaign:
    """A line more in the budget of a draft."""
    row = drafted(user, pk, version)
    BudgetLine.objects.create(of=row, what=what, planned=planned)
    return records.touch(user, row, "budget")


@transaction.atomic
def take_line_out(user: User, pk: int, line: int, *, out: bool = True) -> Campaign:
    """A line out of the budget of a draft, or in again."""
    row = drafted(user, pk)
    if row.budget.filter(pk=line).exclude(taken_out=out).update(taken_out=out):
        records.touch(user, row, "budget")
    return row


@transaction.atomic
def note_spent(user: User, pk: int, version: int, amounts: Mapping[int, Decimal | None]) -> Campaign:
    """What the lines came to, of a campaign that was approved and is not evaluated."""
    row = held(user, pk)
    if row.version != version:
        raise Stale(row)
    if row.state not in {CampaignState.APPROVED, CampaignState.RUNNING, CampaignState.ENDED}:
        raise NotPossible(_("What was spent is noted once it is approved, and stays once it is evaluated"))
    for line in row.budget.filter(taken_out=False, pk__in=amounts):
        line.spent = amounts[line.pk]
        line.save(update_fields=["spent"])
    return records.touch(user, row, "spent")


@transaction.atomic
def hand_in(user: User, pk: int, version: int, why: str = "") -> Campaign:
    """Ask a second person; within the limit of one's own role it is approved at once."""
    row = drafted(user, pk, version)
    amount = _whole(row)
    if row.approval and row.approval.state == ApprovalState.RETURNED:
        approvals.taken_back(user, row.approval)
    if within_own_limit(user, KIND, amount, row.currency):
        return moved(user, row, fields={"state": CampaignState.APPROVED.value})
    subject = Subject(
        row.pk, row.get_absolute_url(), _in_short(row, amount), hands=hands(KIND, row, APPROVED), currency=row.currency
    )
    asked = approvals.ask(user, KIND, subject, amount, why)
    return moved(user, row, fields={"state": CampaignState.ASKED.value, "approval": asked})


def _whole(row: Campaign) -> Decimal:
    """Its budget, once there is all that is approved with it."""
    if not row.budget.filter(taken_out=False).exists():
        raise NotPossible(_("Say what it will cost first: a line of the budget, even if it is nothing"))
    if not row.targets.exists():
        raise NotPossible(_("Choose accounts first: who approves must know for how many it is"))
    if row.until < timezone.localdate():
        raise NotPossible(_("Its last day is over: move its days first"))
    return questions.planned(row)


def _in_short(row: Campaign, amount: Decimal) -> Message:
    text = _("{campaign}, {since} to {until}, {n} {n:account|accounts}: {amount}")
    since, until = (Day(day_number(day)) for day in (row.since, row.until))
    return Message(text, {
        "campaign": row.name, "since": since, "until": until, "n": Count(row.targets.count()),
        "amount": written(amount, row.currency),
    })  # fmt: skip


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided: it may begin, or is a draft again."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=number)
    if state == ApprovalState.WAITING:
        raise NotPossible(_("Hand the campaign in again on its own page: what is approved must be what is read"))
    now = CampaignState.APPROVED if state == ApprovalState.APPROVED else CampaignState.DRAFT
    records.change(user, Campaign.objects.all(), row.pk, row.version, {"state": now.value})


@transaction.atomic
def take_back(user: User, pk: int) -> Campaign:
    """Not yet: it is a draft again."""
    row = held(user, pk)
    if row.state != CampaignState.ASKED or row.approval is None:
        raise NotPossible(_("It does not wait for approval"))
    approvals.taken_back(user, row.approval)
    return moved(user, row, fields={"state": CampaignState.DRAFT.value})


@transaction.atomic
def call_off(user: User, pk: int, version: int, why: str) -> Campaign:
    """It does not take place, or no longer; letters not sent yet are the outbox's."""
    row = held(user, pk)
    if row.state not in {CampaignState.APPROVED, CampaignState.RUNNING}:
        raise NotPossible(_("Only what is approved or runs is called off"))
    lessons = "\n".join(part for part in (row.lessons, why) if part)
    return moved(user, row, version, {"state": CampaignState.OFF.value, "lessons": lessons})


@transaction.atomic
def end(user: User, pk: int) -> Campaign:
    """Today is its last day, or an earlier one was."""
    row = held(user, pk)
    if row.state != CampaignState.RUNNING:
        raise NotPossible(_("It does not run"))
    last = max(row.since, min(row.until, timezone.localdate()))
    return moved(user, row, fields={"state": CampaignState.ENDED.value, "until": last})


@transaction.atomic
def write_lessons(user: User, pk: int, version: int, lessons: str) -> Campaign:
    """What we would do otherwise next time; whoever plans one of its kind reads it."""
    return moved(user, held(user, pk), version, {"lessons": lessons})


@transaction.atomic
def set_text(user: User, pk: int, version: int, *, part: str, language: str, title: str, text: str) -> Campaign:
    """The letter, or what stands in the portal, in a language; empty, there is none."""
    row = held(user, pk)
    if row.standing not in {CampaignState.DRAFT, CampaignState.ASKED, CampaignState.APPROVED, CampaignState.RUNNING}:
        raise NotPossible(_("It is over: what was written stays as it was"))
    texts = {**getattr(row, part), language: {"title": title, "text": text}}
    if not title and not text:
        del texts[language]
    return moved(user, row, version, {part: texts})


@transaction.atomic
def talked(user: User, target: int, on: date | None = None) -> Campaign:
    """Somebody spoke with the account about it."""
    user.must(CampaignRight.SEE)
    row = Target.objects.visible_to(user).treated().select_for_update(of=("self",)).select_related("of").get(pk=target)
    if row.of.state != CampaignState.RUNNING or row.talked_on:
        raise NotPossible(_("There is nothing to note: it does not run, or it is noted already"))
    row.talked_on, row.talked_by = on or timezone.localdate(), user.username
    row.save(update_fields=["talked_on", "talked_by"])
    row.of.noted(user, "talk", {"account": row.account.code})
    return row.of


@transaction.atomic
def not_talked(user: User, target: int) -> Campaign:
    """Noted by mistake."""
    user.must(CampaignRight.SEE)
    row = Target.objects.visible_to(user).select_for_update(of=("self",)).select_related("of").get(pk=target)
    if row.talked_on and (row.talked_by == user.username or user.may(CampaignRight.MAKE)):
        row.talked_on, row.talked_by = None, ""
        row.save(update_fields=["talked_on", "talked_by"])
        row.of.noted(user, "not-talked", {"account": row.account.code})
    return row.of
