from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.journeys import questions
from vitalfew.journeys.models import FUNCTIONS
from vitalfew.journeys.rights import JourneyRight
from vitalfew.journeys.words import Began, CheckStanding, End, Gap, JourneyStanding, Stage, Whose
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Tier, Unit
from vitalfew.terms import gettext_noop as _


def _standing(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.standing(word, timezone.localdate())
    return rows


def _gap(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.gap(word)
    return rows


def _whose(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.filter(is_mine=word == Whose.MINE)
    return rows


def _obliged(row: Any) -> str:
    return MUST if row.must else ""


def _exactly(amount: Any) -> str:
    return "" if amount is None else f"{amount:,.2f}"


MUST: Final = "✓"
WHOSE: Final = ListFilter("whose", _("Whose"), list(Whose), _whose)
TEMPLATES: Final = Listing(
    name="journey-templates",
    title=_("Templates of service journeys"),
    right=JourneyRight.SEE,
    records=questions.templates,
    columns=(
        ListColumn("name", _("Template"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("about", _("For which purchases")),
        ListColumn("n", _("Checks"), Unit.COUNT, "n", narrow=True),
        ListColumn("running", _("Running journeys"), Unit.COUNT, "running"),
        ListColumn("edition", _("Edition"), Unit.COUNT, "edition"),
    ),
    order="name",
    find=questions.found_templates,
    hint=_("Words of the template"),
    empty=_("Define the first template: which checks before, during and after a purchase, and in use."),
    make="journey-template-new",
    make_label=_("Define a template"),
    make_right=JourneyRight.DEFINE,
)

JOURNEYS: Final = Listing(
    name="journeys",
    title=_("Service journeys"),
    right=JourneyRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("title", _("Service journey"), order="title", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=journeys"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("stage", _("Stage"), Unit.WORD, words=Stage, narrow=True),
        ListColumn("standing", _("State"), Unit.WORD, words=JourneyStanding, narrow=True),
        ListColumn("next_due", _("Next check by"), Unit.DAY, "next_due"),
        ListColumn("settled_n", _("Checks settled"), Unit.COUNT, "settled_n"),
        ListColumn("checks_n", _("Checks"), Unit.COUNT, "checks_n"),
        ListColumn("owner", _("Who leads it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("tier", _("Tier"), Unit.WORD, "tier", words=Tier),
        ListColumn("family", _("Product family"), order="family"),
        ListColumn("order", _("Order"), order="order", shown=False),
        ListColumn("worth", _("Worth"), order="worth", told=lambda row: _exactly(row.worth), exact=True, shown=False),
        ListColumn("currency", _("Currency"), shown=False),
        ListColumn("began", _("Began"), Unit.WORD, words=Began, shown=False),
        ListColumn("opened_on", _("Service begun on"), Unit.DAY, "opened_on", shown=False),
        ListColumn("delivered_on", _("Delivered on"), Unit.DAY, "delivered_on", shown=False),
        ListColumn("closed_on", _("Closed on"), Unit.DAY, "closed_on", shown=False),
        ListColumn("end", _("Why it ended"), Unit.WORD, words=End, shown=False),
    ),
    order="-opened_on",
    find=questions.found,
    hint=_("Account, order, product family, who leads it"),
    empty=_("Begin the first journey from an account's page, or take one of the orders that suggest a journey."),
    make="journey-new",
    make_label=_("Begin a journey"),
    make_right=JourneyRight.OPEN,
    filters=(
        ListFilter("standing", _("State"), list(JourneyStanding), _standing),
        ListFilter("stage", _("Stage"), list(Stage), by("stage")),
        WHOSE,
        ListFilter("tier", _("Tier"), list(Tier), by("tier")),
        ListFilter("began", _("Began"), list(Began), by("began")),
    ),
)  # fmt: skip

OF_CHECK: Final = (
    ListColumn("title", _("Check"), order="title", link=lambda row: row.get_absolute_url(), narrow=True),
    ListColumn("account", _("Account"), order="journey__account__name", told=lambda row: row.account.name, narrow=True,
               link=lambda row: row.account.get_absolute_url() + "?tab=journeys"),
    ListColumn("code", _("Code"), Unit.CODE, "journey__account__code", lambda row: row.account.code, shown=False),
    ListColumn("journey", _("Service journey"), order="journey__title", told=lambda row: row.journey.title,
               link=lambda row: row.journey.get_absolute_url()),
    ListColumn("stage", _("Stage"), Unit.WORD, words=Stage),
    ListColumn("due", _("Due"), Unit.DAY, "due"),
    ListColumn("owner", _("Who does it"), order="owner__name", told=lambda row: str(row.owner or "")),
    ListColumn("function", _("Function"), Unit.WORD, words=type(FUNCTIONS[0])),
    ListColumn("family", _("Product family"), order="journey__family", told=lambda row: row.journey.family, shown=False),
    ListColumn("tier", _("Tier"), Unit.WORD, "tier", words=Tier),
)  # fmt: skip
"""What every list of checks tells of one."""
OF_GAPS: Final = (
    WHOSE,
    ListFilter("stage", _("Stage"), list(Stage), by("stage")),
    ListFilter("function", _("Function"), list(FUNCTIONS), by("function")),
    ListFilter("tier", _("Tier"), list(Tier), by("tier")),
)

CHECKS: Final = Listing(
    name="journey-checks",
    title=_("Checks of service journeys"),
    right=JourneyRight.SEE,
    records=questions.listed_checks,
    columns=(
        *OF_CHECK,
        ListColumn("standing", _("State"), Unit.WORD, words=CheckStanding, narrow=True),
        ListColumn("must", _("Obligatory"), told=_obliged, shown=False),
        ListColumn("settled_on", _("Settled on"), Unit.DAY, "settled_on"),
        ListColumn("settled_by", _("Settled by"), told=lambda row: str(row.settled_by or ""), shown=False),
        ListColumn("note", _("Note or reason"), shown=False),
    ),
    order="due",
    find=questions.found_checks,
    hint=_("Account, check, order, product family, who does it"),
    empty=_("Checks come with service journeys: begin one from an account's page."),
    filters=(ListFilter("standing", _("State"), list(CheckStanding), _standing), *OF_GAPS),
)

GAPS: Final = Listing(
    name="journey-gaps",
    title=_("Gaps of late stages"),
    right=JourneyRight.SEE,
    records=questions.gaps,
    columns=(
        *OF_CHECK,
        ListColumn("gap", _("Kind of gap"), Unit.WORD, words=Gap, narrow=True),
        ListColumn("at_stake", _("Money at stake"), Unit.MONEY, "at_stake"),
        ListColumn("note", _("Note or reason"), shown=False),
    ),
    order="-at_stake",
    find=questions.found_checks,
    hint=_("Account, check, order, product family, who does it"),
    empty=_("No obligatory check after delivery or in use is overdue or was left out."),
    filters=(ListFilter("gap", _("Kind of gap"), list(Gap), _gap), *OF_GAPS),
)

SUGGESTIONS: Final = Listing(
    name="journey-suggestions",
    title=_("Orders that suggest a journey"),
    right=JourneyRight.SEE,
    records=questions.waiting_suggestions,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.account.get_absolute_url() + "?tab=journeys"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("kind", _("Why"), Unit.WORD, words=Began, narrow=True),
        ListColumn("family", _("Product family"), order="family"),
        ListColumn("order", _("Order"), order="order"),
        ListColumn("ordered_on", _("Ordered on"), Unit.DAY, "ordered_on"),
        ListColumn("amount", _("Amount"), order="amount", told=lambda row: _exactly(row.amount), exact=True, narrow=True),
        ListColumn("usual", _("An order usually comes to"), order="usual", told=lambda row: _exactly(row.usual), exact=True),
        ListColumn("currency", _("Currency"), shown=False),
    ),
    order="-amount",
    find=questions.found_suggestions,
    hint=_("Account, order, product family"),
    empty=_("Every night looks for orders of key accounts that are much larger than usual or open up a product family."),
    pick="journey-suggestions-take",
    pick_label=_("Begin journeys for these"),
    filters=(
        ListFilter("kind", _("Why"), [Began.FAMILY, Began.LARGE], by("kind")),
    ),
)  # fmt: skip
