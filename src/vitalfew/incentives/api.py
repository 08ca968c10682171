"""/incentives: schemes, versions, what accounts earned, bookings, recorded cases."""

from collections.abc import Mapping
from copy import copy
from typing import Any, Final

from ninja import Router

from vitalfew.accounts.api import visible
from vitalfew.accounts.between import categories
from vitalfew.api.problems import form_refused
from vitalfew.coins import amount, units
from vitalfew.incentives import actions, booking, questions, statement
from vitalfew.incentives import shapes as shape
from vitalfew.incentives.background import simulate_soon
from vitalfew.incentives.forms import RULE_FORMS, CaseForm, ReverseForm, SchemeForm, VersionForm
from vitalfew.incentives.listing import BOOKINGS, CASES, SCHEMES, STANDINGS, VERSIONS
from vitalfew.incentives.models import Booking, Case, Scheme, SchemeVersion, Standing
from vitalfew.incentives.periods import Period
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.rules import RuleKind
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

TAGS: Final[list[str]] = ["incentives"]
schemes, versions, standings, bookings, cases = (Router(tags=list(TAGS)) for _n in range(5))
NOT_YOURS: Final = Message(_("Only who recorded it, who manages the account and heads can do this"))


def _scheme(user: User, row: Scheme) -> dict[str, Any]:
    totals = questions.by_period(row) if user.may(IncentiveRight.TOTALS) else []
    return {
        "name": row.name, "about": row.about,
        "versions": list(row.versions.filter(put_away_at=None).order_by("number").values_list("pk", flat=True)),
        "periods": [
            {
                "since": each["since"], "until": each["until"], "accounts": each["accounts"], "currency": each["currency"],
                "earned": amount(each["earned"], each["currency"]), "booked": amount(each["out"], each["currency"]),
            }
            for each in totals
        ],
    }  # fmt: skip


SCHEME: Final = Operations(
    schemes, "incentive", SCHEMES, questions.schemes, shape.SchemeOut, _scheme, see=IncentiveRight.SEE, write=IncentiveRight.MAKE,
)  # fmt: skip
SCHEME.reads("Incentive schemes by name, a page at a time.", "One scheme, with what was earned and booked.")


@SCHEME.adds
def add_incentive(user: User, sent: shape.SchemeNew) -> Scheme:
    """Draft a scheme with its first version."""
    told = sent.dict()
    scheme = checked(SchemeForm(told), actions.OF_SCHEME)
    return actions.draft(user, scheme, checked(VersionForm(_listed(told)), actions.OF_VERSION)).scheme


def _listed(told: Mapping[str, Any]) -> dict[str, Any]:
    """As the form has it: accounts one a line."""
    return {**told, "accounts": "\n".join(told["accounts"])}


@SCHEME.changes
def change_incentive(user: User, row: Scheme, sent: shape.SchemeChange) -> None:
    """Call it otherwise. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.OF_SCHEME}
    form = SchemeForm({**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change_scheme(user, row.pk, row.version, checked(form, actions.OF_SCHEME))


@SCHEME.does("next")
def next_incentive_version(user: User, row: Scheme) -> None:
    """Draft the next version from the one that holds."""
    actions.next_version(user, row.pk)


@SCHEME.does("book", IncentiveRight.BOOK)
def book_incentive(user: User, row: Scheme, sent: shape.PeriodBooked) -> None:
    """Book a closed period once; the same key again changes nothing."""
    currency = row.versions.values_list("currency", flat=True)[0]
    booking.book(user, row.pk, Period(sent.since, sent.until), units(sent.expected, currency), sent.key[:64])


@SCHEME.puts_away
def put_away_incentive(user: User, row: Scheme) -> None:
    """Put it away; nothing is accrued by it any more, and its ledger stays."""
    actions.put_away(user, row.pk)


def _version(user: User, row: SchemeVersion) -> dict[str, Any]:
    names = ("number", "state", "since", "until", "every", "currency", "simulated", "progress", *LISTS)
    rules = row.rules.filter(taken_out=False)
    told = row.found if row.is_simulated and user.may(IncentiveRight.TOTALS) else None
    hidden = {"by_rule"} if user.may(Right.MONEY) else {"contribution", "by_rule"}
    return {
        "scheme": row.scheme_id, **{name: getattr(row, name) for name in names},
        "accounts": questions.chosen(user, row)[0],
        "rules": [{"id": each.pk, "kind": each.kind, "terms": each.terms} for each in rules],
        "simulation": {name: value for name, value in told.items() if name not in hidden} if told else None,
    }  # fmt: skip


LISTS: Final = ("tiers", "regions", "cooperations", "accounts")
VERSION: Final = Operations(
    versions, "incentive_version", VERSIONS, questions.versions, shape.VersionOut, _version, see=IncentiveRight.SEE,
    write=IncentiveRight.MAKE, many="incentives/versions",
)  # fmt: skip
VERSION.reads(
    "Versions of schemes, the latest first, a page at a time.", "One version with its rules and its simulation."
)


@VERSION.changes
def change_incentive_version(user: User, row: SchemeVersion, sent: shape.VersionChange) -> None:
    """Correct a draft. Fields not sent stay."""
    told = sent.dict(exclude_unset=True)
    rules = [_rule(each) for each in sent.rules or []]
    known = {name: getattr(row, name) for name in actions.OF_VERSION}
    form = VersionForm(_listed({**known, **told}), instance=copy(row))
    changed = actions.change_version(user, row.pk, row.version, checked(form, actions.OF_VERSION))
    if sent.rules is not None:
        actions.put_rules(user, row.pk, changed.version, rules)


def _rule(sent: shape.RuleIn) -> actions.Said:
    """Refused field by field, as on its page."""
    if sent.kind not in RULE_FORMS:
        raise NotPossible(_("There is no rule of this kind"))
    known = categories() if sent.kind == RuleKind.MIX else None
    form = RULE_FORMS[sent.kind](sent.terms, categories=known)
    if not form.is_valid():
        raise form_refused(form.errors)
    return sent.kind, form.terms


@VERSION.does("simulate")
def simulate_incentive_version(user: User, row: SchemeVersion) -> None:
    """Have it simulated on the orders of the year before."""
    simulate_soon(actions.ask_simulation(user, row.pk))


@VERSION.does("hand-in", matched=True)
def hand_in_incentive_version(user: User, row: SchemeVersion, sent: shape.Reason) -> None:
    """Ask a second person to approve it as it is."""
    actions.hand_in(user, row.pk, row.version, sent.why)


@VERSION.does("take-back")
def take_back_incentive_version(user: User, row: SchemeVersion) -> None:
    """It does not wait for approval any more, and is a draft again."""
    actions.take_back(user, row.pk)


def _standing(user: User, row: Standing) -> dict[str, Any]:
    names = ("since", "until", "currency", "as_of")
    return {
        "account": row.account.code, "scheme": row.of.scheme_id, "state": row.state.value,
        "earned": amount(row.units, row.currency), "booked": amount(row.booked, row.currency),
        "missing": None if row.missing is None else amount(row.missing, row.currency),
        **{name: getattr(row, name) for name in names},
        "lines": [
            {"kind": each["code"], "told": each["told"].say(language()), "amount": each["amount"]}
            for each in statement.lines(row)
        ],
        "entries": [
            {"id": each.pk, "kind": each.kind, "day": each.day, "amount": amount(each.units, each.currency), "who": each.who}
            for each in questions.entries(user, row)
        ],
    }  # fmt: skip


STANDING: Final = Operations(
    standings, "incentive_standing", STANDINGS, questions.standings, shape.StandingOut, _standing, see=IncentiveRight.SEE,
    write=IncentiveRight.MAKE, many="incentives/standings",
)  # fmt: skip
STANDING.reads(
    "What accounts earned, by period, a page at a time.", "An account's period: rule by rule, and its ledger."
)


def _booking(_user: User, row: Booking) -> dict[str, Any]:
    names = ("since", "until", "currency", "accounts", "made_by", "made_at", "why", "reversed_at", "reversed_by")
    return {
        "scheme": row.scheme_id, "amount": amount(row.units, row.currency), **{name: getattr(row, name) for name in names},
    }  # fmt: skip


BOOKING: Final = Operations(
    bookings, "incentive_booking", BOOKINGS, questions.bookings, shape.BookingOut, _booking, see=IncentiveRight.TOTALS,
    write=IncentiveRight.BOOK, many="incentives/bookings",
)  # fmt: skip
BOOKING.reads("Bookings, the latest first, a page at a time.", "One booking.")


@BOOKING.does("reverse", matched=True)
def reverse_incentive_booking(user: User, row: Booking, sent: shape.Reason) -> None:
    """Ask a second person to have it reversed."""
    said = checked(ReverseForm({"version": row.version, **sent.dict()}), ("version", "why"))
    booking.ask_reversal(user, row.pk, said["version"], said["why"])


def _case(_user: User, row: Case) -> dict[str, Any]:
    names = (*actions.OF_CASE, "made_by")
    return {"account": row.account.code, **{name: getattr(row, name) for name in names}}


CASE: Final = Operations(
    cases, "incentive_case", CASES, questions.cases, shape.CaseOut, _case, see=IncentiveRight.SEE, write=IncentiveRight.RECORD,
    denied=NOT_YOURS, many="incentives/cases",
)  # fmt: skip
CASE.reads("Training and breaches, the latest first, a page at a time.", "One of them.")


@CASE.adds
def add_incentive_case(user: User, sent: shape.CaseNew) -> Case:
    """Record a training or a breach."""
    account = visible(user, sent.account)
    form = CaseForm(user, account, sent.dict(exclude={"account"}, exclude_none=True))
    return actions.record(user, account, checked(form, actions.OF_CASE))


@CASE.changes
def change_incentive_case(user: User, row: Case, sent: shape.CaseChange) -> None:
    """Correct it. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.OF_CASE} | sent.dict(exclude_unset=True)
    form = CaseForm(user, row.account, known, instance=copy(row))
    actions.change_case(user, row.pk, row.version, checked(form, actions.OF_CASE))


@CASE.puts_away
def put_away_incentive_case(user: User, row: Case) -> None:
    """Put it away: it counts no more."""
    actions.put_case_away(user, row.pk)


ROUTERS: Final = (
    ("/incentives/versions", versions), ("/incentives/standings", standings), ("/incentives/bookings", bookings),
    ("/incentives/cases", cases), ("/incentives", schemes),
)  # fmt: skip
