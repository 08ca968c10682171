"""/campaigns: drafted, handed in, begun, evaluated."""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from ninja import Field, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.campaigns import actions, choosing, evaluating, questions, starting
from vitalfew.campaigns.forms import CampaignForm, LessonsForm, LineForm
from vitalfew.campaigns.listing import CAMPAIGNS
from vitalfew.campaigns.models import Campaign
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User

router = Router(tags=["campaigns"])
PLAIN: Final = (
    "name",
    "aim",
    "kind",
    "since",
    "until",
    "outcome",
    "one_in",
    "rest_days",
    "most_letters",
    "by_letter",
    "by_talk",
)
FIGURES: Final = (
    "verdict", "effect", "low", "high", "lift", "change", "change_low", "change_high", "contribution", "profit", "return",
    "accounts", "accounts_held_out",
)  # fmt: skip


class CampaignLine(Schema):
    """A line of its budget."""

    what: str
    planned: Decimal
    spent: Decimal | None


class CampaignTarget(Schema):
    """An account of it: side is chosen, treated, holdout or left-out, why says why it is left out."""

    account: str
    side: str
    why: str
    block: int | None


class CampaignOut(Schema):
    """A campaign in full; found is what it changed, once it is evaluated, told the same in words. Worth is in per cent."""

    id: int
    name: str
    aim: str
    kind: str
    state: str
    since: date
    until: date
    outcome: str
    worth: Decimal
    one_in: int
    rest_days: int
    most_letters: int
    by_letter: bool
    by_talk: bool
    owner: str | None
    currency: str
    seed: int | None
    budget: list[CampaignLine]
    targets: list[CampaignTarget]
    could_show: str
    found: dict[str, Any]
    told: str
    lessons: str
    version: int


class CampaignNew(Schema):
    """A new draft with its accounts, by code, and the first lines of its budget."""

    name: str
    aim: str
    since: date
    until: date
    kind: str = "offer"
    outcome: str = "sales"
    worth: Decimal = Decimal(10)
    one_in: int = 3
    rest_days: int = 30
    most_letters: int = 3
    by_letter: bool = True
    by_talk: bool = True
    accounts: list[str] = Field([], max_length=1000)
    budget: dict[str, Decimal] = Field({}, max_length=100)

    model_config = {"extra": "forbid"}


class CampaignChange(Schema):
    """What can be corrected; what is not sent stays. Once handed in, name and aim alone."""

    name: str | None = None
    aim: str | None = None
    since: date | None = None
    until: date | None = None
    kind: str | None = None
    outcome: str | None = None
    worth: Decimal | None = None
    one_in: int | None = None
    rest_days: int | None = None
    most_letters: int | None = None
    by_letter: bool | None = None
    by_talk: bool | None = None

    model_config = {"extra": "forbid"}


class CampaignWhy(Schema):
    """A word to who approves."""

    why: str = Field("", max_length=1000)

    model_config = {"extra": "forbid"}


class CampaignLessons(Schema):
    """What was learnt."""

    lessons: str

    model_config = {"extra": "forbid"}


def _told(user: User, row: Campaign) -> dict[str, Any]:
    seen = row.foreseen.get("said")
    targets = questions.targets(user, row)
    return {
        **{name: getattr(row, name) for name in PLAIN}, "state": row.standing, "worth": row.worth,
        "owner": row.owner.username if row.owner else None, "currency": row.currency, "seed": row.seed,
        "budget": [{"what": each.what, "planned": each.planned, "spent": each.spent} for each in questions.budget(row)],
        "targets": [
            {"account": each.account.code, "side": each.place, "why": each.why, "block": each.block} for each in targets
        ],
        "could_show": str(Message.restored(seen).say(language())) if seen else "",
        "found": {name: row.found[name] for name in FIGURES} if row.found else {},
        "told": str(row.headline.say(language())) if row.headline else "", "lessons": row.lessons,
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router,
    "campaign",
    CAMPAIGNS,
    questions.campaigns,
    CampaignOut,
    _told,
    see=CampaignRight.SEE,
    write=CampaignRight.MAKE,
)
OPERATIONS.reads(
    "Campaigns, the latest first, a page at a time.", "One campaign with its accounts and what it changed."
)


@OPERATIONS.adds
@transaction.atomic
def draft_campaign(user: User, sent: CampaignNew) -> Campaign:
    """Draft a campaign."""
    accounts = [visible(user, code) for code in dict.fromkeys(sent.accounts)]
    said = checked(CampaignForm(user, sent.dict(exclude={"accounts", "budget"})), (*PLAIN, "worth"))
    row = actions.draft(user, said)
    if accounts:
        row = choosing.add_accounts(user, row.pk, accounts)
    for what, planned in sent.budget.items():
        line = checked(LineForm({"version": row.version, "what": what, "planned": planned}), ("what", "planned"))
        row = actions.add_line(user, row.pk, row.version, **line)
    return row


@OPERATIONS.changes
def change_campaign(user: User, row: Campaign, sent: CampaignChange) -> None:
    """Correct it. Fields not sent stay."""
    known = {name: getattr(row, name) for name in (*PLAIN, "worth")} | {"owner": row.owner_id}
    given = {name: value for name, value in sent.dict(exclude_unset=True).items() if value is not None}
    form = CampaignForm(user, {**known, **given}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, (*PLAIN, "worth")))


@OPERATIONS.does("hand-in")
def hand_in_campaign(user: User, row: Campaign, sent: CampaignWhy) -> None:
    """Ask a second person to approve its budget."""
    actions.hand_in(user, row.pk, row.version, sent.why)


@OPERATIONS.does("take-back")
def take_back_campaign(user: User, row: Campaign) -> None:
    """Take the question back: it is a draft again."""
    actions.take_back(user, row.pk)


@OPERATIONS.does("start")
def start_campaign(user: User, row: Campaign) -> None:
    """Begin: its accounts are frozen, and some held out by lot."""
    starting.start(user, row.pk, row.version)


@OPERATIONS.does("end")
def end_campaign(user: User, row: Campaign) -> None:
    """End it today."""
    actions.end(user, row.pk)


@OPERATIONS.does("evaluate")
def evaluate_campaign(user: User, row: Campaign) -> None:
    """Compare its two sides, and keep what that says."""
    evaluating.evaluate(user, row.pk, row.version)


@OPERATIONS.does("lessons")
def write_campaign_lessons(user: User, row: Campaign, sent: CampaignLessons) -> None:
    """Keep what was learnt."""
    actions.write_lessons(
        user, row.pk, **checked(LessonsForm({"version": row.version, **sent.dict()}), ("version", "lessons"))
    )


@OPERATIONS.puts_away
def put_away_campaign(user: User, row: Campaign) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


ROUTERS: Final = (("/campaigns", router),)
