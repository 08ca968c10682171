from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.coins import amount
from vitalfew.incentives import questions
from vitalfew.incentives.models import Standing
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.words import CaseKind, Nearness, Stands, VersionState, Working
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _state(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    return found.filter(newest_state=word)


SCHEMES: Final = Listing(
    name="incentives",
    title=_("Incentive schemes"),
    right=IncentiveRight.SEE,
    records=questions.schemes,
    columns=(
        ListColumn("name", _("Scheme"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("state", _("Latest version"), Unit.WORD, "newest_state", lambda row: row.newest_state, VersionState,
                   narrow=True),
        ListColumn("number", _("Number of the version"), Unit.COUNT, "newest_number", lambda row: row.newest_number),
        ListColumn("since", _("In force from"), Unit.DAY, "newest_since", lambda row: row.newest_since),
        ListColumn("until", _("Until"), Unit.DAY, "newest_until", lambda row: row.newest_until),
        ListColumn("approved", _("Version approved"), Unit.COUNT, "approved"),
        ListColumn("about", _("What it is to bring about"), shown=False),
        ListColumn("changed_on", _("Changed on"), Unit.DAY, "changed_at", lambda row: timezone.localtime(row.changed_at).date(),
                   shown=False),
    ),
    order="name",
    find=questions.found_schemes,
    hint=_("Name of the scheme"),
    empty=_(
        "Draft the first scheme: what is rewarded, for whom, from when. It is simulated on last year's orders before it holds."
    ),
    make="incentive-new",
    make_label=_("Draft a scheme"),
    make_right=IncentiveRight.MAKE,
    filters=(ListFilter("state", _("Latest version"), list(VersionState), _state),),
)  # fmt: skip


def _standing(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    standing: QuerySet[Any] = found.standing(word, timezone.localdate())  # type: ignore[attr-defined]  # standings have it
    return standing


def _near(found: QuerySet[Any], _word: str) -> QuerySet[Any]:
    return found.filter(near=True, until__gte=timezone.localdate())


def _figure(row: Standing) -> float:
    return float(amount(row.units, row.currency))


STANDINGS: Final = Listing(
    name="incentive-standings",
    title=_("What accounts earned"),
    right=IncentiveRight.SEE,
    records=questions.standings,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name,
                   link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("scheme", _("Scheme"), order="of__scheme__name", told=lambda row: row.of.scheme.name,
                   link=lambda row: row.of.scheme.get_absolute_url()),
        ListColumn("since", _("From"), Unit.DAY, "since"),
        ListColumn("until", _("Until"), Unit.DAY, "until"),
        ListColumn("state", _("State"), Unit.WORD, words=Stands, narrow=True),
        ListColumn("earned", _("Earned"), order="units", narrow=True, exact=True),
        ListColumn("booked_exactly", _("Booked"), order="booked", exact=True),
        ListColumn("missing_exactly", _("Missing to the next threshold"), order="missing", exact=True),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("figure", _("Amount as a number"), Unit.NUMBER, told=_figure, shown=False),
        ListColumn("currency", _("Currency"), shown=False),
        ListColumn("as_of", _("Orders up to"), Unit.DAY, "as_of", shown=False),
    ),
    order="-earned",
    find=questions.found_standings,
    hint=_("Account, scheme"),
    empty=_("Nothing is earned yet. Once a scheme is approved, what each account earns is written here every day."),
    filters=(
        ListFilter("state", _("State"), list(Stands), _standing),
        ListFilter("near", _("Next threshold"), list(Nearness), _near),
    ),
)  # fmt: skip

CASES: Final = Listing(
    name="incentive-cases",
    title=_("Training and breaches"),
    right=IncentiveRight.SEE,
    records=questions.cases,
    columns=(
        ListColumn("day", _("Happened on"), Unit.DAY, "day", narrow=True),
        ListColumn("kind", _("Kind"), Unit.WORD, "kind", words=CaseKind, narrow=True),
        ListColumn("brief", _("How we know it"), told=str, link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name,
                   link=lambda row: row.account.get_absolute_url() + "?tab=incentives"),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("amount", _("Amount of this case"), Unit.NUMBER, "amount",
                   lambda row: None if row.amount is None else float(row.amount)),
        ListColumn("made_by", _("Recorded by"), order="made_by", shown=False),
        ListColumn("evidence", _("Whole text"), shown=False),
    ),
    order="-day",
    find=questions.found_cases,
    hint=_("Account, words of the evidence"),
    empty=_("Record training that was done, and breaches, with their evidence: rules for them count what stands here."),
    make="incentive-case-new",
    make_label=_("Record training or a breach"),
    make_right=IncentiveRight.RECORD,
    filters=(ListFilter("kind", _("Kind"), list(CaseKind), by("kind")),),
)  # fmt: skip

BOOKINGS: Final = Listing(
    name="incentive-bookings",
    title=_("Bookings of incentives"),
    right=IncentiveRight.TOTALS,
    records=questions.bookings,
    columns=(
        ListColumn("scheme", _("Scheme"), order="scheme__name", told=lambda row: row.scheme.name,
                   link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("since", _("From"), Unit.DAY, "since"),
        ListColumn("until", _("Until"), Unit.DAY, "until", narrow=True),
        ListColumn("exactly", _("Amount"), order="units", narrow=True, exact=True),
        ListColumn("accounts", _("Accounts"), Unit.COUNT, "accounts"),
        ListColumn("made_by", _("Booked by"), order="by", told=lambda row: row.by),
        ListColumn("booked_on", _("Booked on"), Unit.DAY, "made_at", lambda row: timezone.localtime(row.made_at).date()),
        ListColumn("reversed_on", _("Reversed on"), Unit.DAY, "reversed_at",
                   lambda row: timezone.localtime(row.reversed_at).date() if row.reversed_at else None),
        ListColumn("why", _("Reason of the reversal"), shown=False),
    ),
    order="-booked_on",
    find=questions.found_bookings,
    hint=_("Name of the scheme"),
    empty=_("Nothing is booked yet. A period is booked on its scheme's page once it has ended."),
)  # fmt: skip

VERSIONS: Final = Listing(
    name="incentive-versions",
    title=_("Versions"),
    right=IncentiveRight.SEE,
    records=questions.versions,
    columns=(
        ListColumn("scheme", _("Scheme"), order="scheme__name", told=lambda row: row.scheme.name),
        ListColumn("number", _("Number of the version"), Unit.COUNT, "number"),
        ListColumn("state", _("State"), Unit.WORD, "state", words=VersionState),
        ListColumn("since", _("In force from"), Unit.DAY, "since"),
        ListColumn("until", _("Until"), Unit.DAY, "until"),
        ListColumn("simulated", _("Simulation"), Unit.WORD, "simulated", words=Working),
        ListColumn("cost", _("Simulated cost"), told=lambda row: row.cost_exactly, right=IncentiveRight.TOTALS),
    ),
    order="-since",
    filters=(ListFilter("state", _("State"), list(VersionState), by("state")),),
)  # fmt: skip
"""Over the API; on pages versions stand with their scheme."""
