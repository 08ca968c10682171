"""Schemes and their versions: drafted, simulated, handed to a second person, approved; and what is recorded by hand."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from vitalfew.accounts.actions import keep_file
from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.hands import hands
from vitalfew.approvals.questions import currency as house_currency
from vitalfew.approvals.words import ApprovalState
from vitalfew.incentives import questions
from vitalfew.incentives.models import Booking, Case, Scheme, SchemeRule, SchemeVersion
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.words import VersionState, Working
from vitalfew.language import Day, Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

KIND: Final = "incentive-scheme"
OF_SCHEME: Final = ("name", "about")
OF_VERSION: Final = ("since", "until", "every", "tiers", "regions", "cooperations", "accounts")
APPROVED: Final = frozenset(OF_VERSION) | {"rules"}
"""What a second person approves, as the trail calls it."""
OF_CASE: Final = ("kind", "day", "evidence", "amount")
UNSIMULATED: Final[Mapping[str, Any]] = {"simulated": Working.NONE.value, "found": {}, "progress": 0.0}
Upload = tuple[str, bytes]
Said = tuple[str, Mapping[str, Any]]
"""A rule's kind and its terms."""
CASES: Final = Owned(Case, IncentiveRight.RECORD, questions.may_change_case)
put_case_away, fetch_case_back = CASES.put_away, CASES.fetch_back


@transaction.atomic
def draft(user: User, scheme: Mapping[str, Any], version: Mapping[str, Any]) -> SchemeVersion:
    """A new scheme with its first version, in the currency of the house."""
    user.must(IncentiveRight.MAKE)
    if not house_currency():
        raise NotPossible(_("Import orders first: an incentive scheme needs the currency of the house"))
    made = records.make(user, Scheme(**scheme))
    return records.make(user, SchemeVersion(scheme=made, number=1, currency=house_currency(), **version))


@transaction.atomic
def change_scheme(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Scheme:
    """Its name and what it is about; what is earned by it stands in its versions."""
    user.must(IncentiveRight.MAKE)
    return records.change(user, Scheme.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def put_away(user: User, pk: int) -> Scheme:
    """Out of the lists, and no longer accrued; what is in the ledger stays there."""
    user.must(IncentiveRight.MAKE)
    return records.put_away(user, Scheme.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Scheme:
    user.must(IncentiveRight.MAKE)
    return records.fetch_back(user, Scheme.objects.within_reach_of(user), pk)


@transaction.atomic
def next_version(user: User, pk: int) -> SchemeVersion:
    """A draft from the latest version: approved ones never change."""
    user.must(IncentiveRight.MAKE)
    scheme = Scheme.objects.visible_to(user).select_for_update().get(pk=pk)
    latest = scheme.versions.filter(put_away_at=None).order_by("-number").first()
    if latest is None or latest.state != VersionState.APPROVED:
        raise NotPossible(_("There is a version in the making already: go on with that one"))
    since = _next_beginning(scheme, latest)
    fields = {name: getattr(latest, name) for name in OF_VERSION} | {"since": since}
    fields["until"] = max(latest.until, since + (latest.until - latest.since)) if since > latest.until else latest.until
    number = (scheme.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    made = records.make(user, SchemeVersion(scheme=scheme, number=number, currency=latest.currency, **fields))
    kept = latest.rules.filter(taken_out=False)
    SchemeRule.objects.bulk_create(SchemeRule(of=made, kind=each.kind, terms=each.terms) for each in kept)
    return made


def _next_beginning(scheme: Scheme, latest: SchemeVersion) -> date:
    """The day after the period that runs, or after the last one."""
    ends = [period.until for _version, period in questions.governing(scheme)]
    running = min((end for end in ends if end >= timezone.localdate()), default=max(ends, default=latest.until))
    return max(running + timedelta(days=1), latest.since)


@transaction.atomic
def change_version(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> SchemeVersion:
    """Correct a draft, unless somebody saved since ``version``; it is to be simulated anew."""
    row = _draft(user, pk)
    changed = records.change(user, SchemeVersion.objects.visible_to(user), pk, version, fields)
    if changed.version != row.version:
        _unsimulated(changed)
    return changed


@transaction.atomic
def discard(user: User, pk: int) -> SchemeVersion:
    """A draft that is not wanted; a moment later it can still be brought back."""
    _draft(user, pk)
    return records.put_away(user, SchemeVersion.objects.visible_to(user), pk)


@transaction.atomic
def bring_back(user: User, pk: int) -> SchemeVersion:
    """Unless another draft was begun meanwhile."""
    user.must(IncentiveRight.MAKE)
    row = SchemeVersion.objects.within_reach_of(user).get(pk=pk)
    if (
        SchemeVersion.objects.filter(scheme=row.scheme_id, put_away_at=None)
        .exclude(state=VersionState.APPROVED)
        .exists()
    ):
        raise NotPossible(_("There is a version in the making already: go on with that one"))
    if row.scheme.versions.filter(number__gt=row.number, state=VersionState.APPROVED, put_away_at=None).exists():
        raise NotPossible(_("A later version is approved: draft the next one"))
    return records.fetch_back(user, SchemeVersion.objects.within_reach_of(user), pk)


@transaction.atomic
def put_rule(user: User, pk: int, version: int, said: Said, rule: int | None = None) -> SchemeRule:
    """A rule more, or one of a draft with other terms, unless somebody saved since ``version``."""
    row = _draft(user, pk)
    if row.version != version:
        raise Stale(row)
    others = row.rules.filter(taken_out=False, kind=said[0]).exclude(pk=rule or 0)
    if any(each.terms == dict(said[1]) for each in others):
        raise NotPossible(_("This rule stands in the scheme already: it would be paid twice"))
    put = SchemeRule(of=row, kind=said[0]) if rule is None else row.rules.get(pk=rule, taken_out=False)
    put.terms = dict(said[1])
    put.save()
    _touched(user, row)
    return put


@transaction.atomic
def put_rules(user: User, pk: int, version: int, rules: Sequence[Said]) -> SchemeVersion:
    """These in place of all that the draft has."""
    row = _draft(user, pk)
    if row.version != version:
        raise Stale(row)
    row.rules.update(taken_out=True)
    SchemeRule.objects.bulk_create(SchemeRule(of=row, kind=kind, terms=dict(terms)) for kind, terms in rules)
    return _touched(user, row)


@transaction.atomic
def take_out(user: User, rule: int, *, out: bool = True) -> SchemeVersion:
    """A rule out of a draft, or in again."""
    row = _draft(user, SchemeRule.objects.get(pk=rule).of_id)
    if row.rules.filter(pk=rule).exclude(taken_out=out).update(taken_out=out):
        _touched(user, row)
    return row


def _touched(user: User, row: SchemeVersion) -> SchemeVersion:
    _unsimulated(row)
    return records.touch(user, row, "rules")


def _unsimulated(row: SchemeVersion) -> None:
    SchemeVersion.objects.filter(pk=row.pk).update(**UNSIMULATED, run=F("run") + 1)
    row.outcomes.all().delete()


@transaction.atomic
def ask_simulation(user: User, pk: int) -> SchemeVersion:
    """Have it simulated; whoever calls has it worked out."""
    user.must(IncentiveRight.MAKE)
    row = SchemeVersion.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    if row.state != VersionState.DRAFT:
        raise NotPossible(_("What was handed in stays as it was simulated"))
    if not row.rules.filter(taken_out=False).exists():
        raise NotPossible(_("A scheme without a rule gives nothing: put in at least one"))
    SchemeVersion.objects.filter(pk=pk).update(simulated=Working.WAITING, progress=0.0, run=row.run + 1, found={})
    row.refresh_from_db()
    row.noted(user, "simulate", {"run": row.run})
    return row


@transaction.atomic
def hand_in(user: User, pk: int, version: int, why: str = "") -> SchemeVersion:
    """Ask a second person, with what it would have cost. From now on nobody changes it."""
    row = _draft(user, pk)
    if row.version != version:
        raise Stale(row)
    if not row.is_simulated or row.cost is None:
        raise NotPossible(_("Simulate it first: who approves must know what it would have cost"))
    _may_begin(row)
    if row.approval and row.approval.state == ApprovalState.RETURNED:
        approvals.taken_back(user, row.approval)
    subject = Subject(
        row.pk, row.get_absolute_url(), _in_short(row), hands=hands(KIND, row, APPROVED), currency=row.currency
    )
    asked = approvals.ask(user, KIND, subject, row.cost, why)
    return _moved(user, row, state=VersionState.ASKED.value, approval=asked)


def _in_short(row: SchemeVersion) -> Message:
    text = _("{scheme}, version {n}, from {day}: simulated cost {cost}")
    day = Day(day_number(row.since))
    return Message(text, {"scheme": row.scheme.name, "n": str(row.number), "day": day, "cost": row.cost_exactly})


def _may_begin(row: SchemeVersion) -> None:
    """On the first day of a period, and before nothing that is booked."""
    if not questions.begins_a_period(row.scheme, row.since):
        raise NotPossible(_("A next version begins with a settlement period: move its first day"))
    if Booking.objects.filter(scheme=row.scheme_id, until__gte=row.since, reversed_at=None).exists():
        raise NotPossible(_("A period from that day on is booked: begin later, or reverse the booking first"))


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided: it holds, or is a draft again."""
    row = SchemeVersion.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=number)
    if state == ApprovalState.WAITING:
        raise NotPossible(_("Hand the version in again on its own page: what is approved must be what is read"))
    if state == ApprovalState.APPROVED:
        _may_begin(row)
        _moved(user, row, state=VersionState.APPROVED.value)
    else:
        _moved(user, row, state=VersionState.DRAFT.value)


@transaction.atomic
def take_back(user: User, pk: int) -> SchemeVersion:
    """Not yet: it is a draft again."""
    user.must(IncentiveRight.MAKE)
    row = SchemeVersion.objects.visible_to(user).select_for_update(of=("self",)).select_related("approval").get(pk=pk)
    if row.state != VersionState.ASKED or row.approval is None:
        raise NotPossible(_("It does not wait for approval"))
    approvals.taken_back(user, row.approval)
    return _moved(user, row, state=VersionState.DRAFT.value)


def _draft(user: User, pk: int) -> SchemeVersion:
    """The version, held until the change is stored."""
    user.must(IncentiveRight.MAKE)
    rows = SchemeVersion.objects.visible_to(user).select_for_update(of=("self",)).select_related("scheme", "approval")
    row = rows.get(pk=pk)
    if not row.is_draft:
        raise NotPossible(_("What was handed in or approved is not changed: make the next version"))
    return row


def _moved(user: User, row: SchemeVersion, **fields: Any) -> SchemeVersion:
    return records.change(user, SchemeVersion.objects.all(), row.pk, row.version, fields)


@transaction.atomic
def record(user: User, account: Account, fields: Mapping[str, Any], file: Upload | None = None) -> Case:
    """Write down a training or a breach, with its evidence."""
    user.must(IncentiveRight.RECORD)
    made = records.make(user, Case(account=account, **fields))
    if file:
        made.files.add(keep_file(user, account, settings.HOME, *file))
    return made


@transaction.atomic
def change_case(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Case:
    CASES.held(user, pk)
    return records.change(user, Case.objects.visible_to(user), pk, version, fields)
