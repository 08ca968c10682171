from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.permissions import Right
from vitalfew.rescues import questions
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.words import Planned, RescueStanding, Whose
from vitalfew.terms import ChurnCause, Tier, Unit
from vitalfew.terms import gettext_noop as _


def _standing(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.standing(word, timezone.localdate())
    return rows


def _whose(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.filter(is_mine=word == Whose.MINE)
    return rows


def _planned(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.filter(plan__isnull=word == Planned.WITHOUT)
    return rows


def _plan_address(row: Any) -> str:
    return reverse("rescue", args=[row.plan]) if row.plan else ""


RESCUES: Final = Listing(
    name="rescues",
    title=_("Rescue plans"),
    right=RescueRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("cause", _("Why it may leave"), Unit.WORD, "cause", words=ChurnCause),
        ListColumn("standing", _("State"), Unit.WORD, words=RescueStanding, narrow=True),
        ListColumn("settled_n", _("Steps settled"), Unit.COUNT, "settled_n", narrow=True),
        ListColumn("steps_n", _("Steps"), Unit.COUNT, "steps_n"),
        ListColumn("risk", _("Risk as it began"), Unit.SHARE, "risk"),
        ListColumn("at_stake", _("At stake as it began"), Unit.MONEY, "at_stake"),
        ListColumn("owner", _("Who leads it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("begun_on", _("Begun on"), Unit.DAY, "begun_on"),
        ListColumn("until", _("Judged on"), Unit.DAY, "until", shown=False),
        ListColumn("ended_on", _("Ended on"), Unit.DAY, "ended_on", shown=False),
        ListColumn("outcome", _("How it came to that, and what we learned"), shown=False),
    ),
    order="-begun_on",
    find=questions.found,
    hint=_("Account, who leads it, words of the plan"),
    empty=_("Begin the first plan from the list of accounts that may leave: its steps come from the playbook."),
    make="rescue-new",
    make_label=_("Begin a rescue plan"),
    make_right=RescueRight.LEAD,
    filters=(
        ListFilter("standing", _("State"), list(RescueStanding), _standing),
        ListFilter("cause", _("Why it may leave"), list(ChurnCause), by("cause")),
        ListFilter("whose", _("Whose"), list(Whose), _whose),
    ),
)  # fmt: skip
WARNINGS: Final = Listing(
    name="rescue-warnings",
    title=_("Who may leave"),
    right=RescueRight.SEE,
    records=questions.warnings,
    columns=(
        ListColumn("account_name", _("Account"), order="account_name", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("customer", _("Code"), Unit.CODE, "customer", shown=False),
        ListColumn("at_stake", _("Money at stake"), Unit.MONEY, "at_stake", narrow=True),
        ListColumn("churn", _("Risk of leaving"), Unit.SHARE, "churn", narrow=True),
        ListColumn("churn_low", _("from"), Unit.SHARE, "churn_low"),
        ListColumn("churn_high", _("to"), Unit.SHARE, "churn_high"),
        ListColumn("cause", _("Likely cause"), Unit.WORD, words=ChurnCause, right=Right.MONEY),
        ListColumn("recency", _("Days since purchase"), Unit.DAYS, "recency"),
        ListColumn("tier", _("Tier"), Unit.WORD, words=Tier, right=Right.MONEY, shown=False),
        ListColumn("manager_name", _("Manager"), order="manager_name"),
        ListColumn("planned", _("Rescue plan"), Unit.WORD, told=lambda row: Planned.of(row.plan), words=Planned,
                   link=_plan_address, narrow=True),
    ),
    order="-at_stake",
    find=questions.found_warnings,
    hint=_("Account, code or manager"),
    empty=_("No account raises the alarm. Those worth watching stand in the list of accounts."),
    filters=(
        ListFilter("planned", _("Rescue plan"), list(Planned), _planned),
        ListFilter("cause", _("Likely cause"), list(ChurnCause), by("cause"), Right.MONEY),
        ListFilter("tier", _("Tier"), list(Tier), by("tier"), Right.MONEY),
    ),
)  # fmt: skip
