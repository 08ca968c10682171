"""Changes to service journeys: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.department.workdays import calendar
from vitalfew.journeys.background import ask_to_follow
from vitalfew.journeys.composing import ASKED, asked, usable
from vitalfew.journeys.dating import all_settled, dated
from vitalfew.journeys.models import Check, Checkpoint, Journey, JourneyTemplate, Suggestion
from vitalfew.journeys.owners import owners
from vitalfew.journeys.rights import JourneyRight
from vitalfew.journeys.words import Began, CheckState, End, Stage, SuggestionState
from vitalfew.people import audit, records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = (
    "title", "family", "order", "worth", "currency", "owner", "opened_on", "ordered_on", "promised_on", "delivered_on",
)  # fmt: skip
TAKEN: Final = _("This order has a journey already")
QUIET: Final = frozenset({End.LOST.value, End.CANCELLED.value})
"""Ends after which nothing more could be done for the customer."""


@transaction.atomic
def begin(
    user: User, account: Account, template: JourneyTemplate, fields: Mapping[str, Any], began: str = ""
) -> Journey:
    """A journey with the checks that its template has now."""
    user.must(JourneyRight.OPEN)
    _alone(account, fields.get("order", ""))
    points = usable(template)
    from_what = began or (Began.ORDER if fields.get("order") else Began.HAND).value
    row = Journey(account=account, template=template, edition=template.edition, began=from_what, **fields)
    made = records.make(user, row)
    _added(user, made, fitting(made, points))
    dated(made, calendar())
    if made.order:
        Suggestion.objects.filter(account=account, order=made.order).update(state=SuggestionState.TAKEN)
        ask_to_follow()
    return made


def fitting(row: Journey, points: list[Checkpoint]) -> list[Checkpoint]:
    """A journey that begins after its order has nothing left to do before it."""
    bought = row.ordered_on or row.delivered_on
    if bought is None or bought >= row.opened_on:
        return points
    return [each for each in points if each.stage != Stage.BEFORE] or points


def _alone(account: Account, order: str, but: int = 0) -> None:
    """One journey for an order."""
    if order and Journey.objects.of_order(account, order).exclude(pk=but).exists():
        raise NotPossible(TAKEN)


def _added(user: User, row: Journey, points: Iterable[Checkpoint]) -> None:
    ours = owners(row.account, row.owner)
    who = {"made_by": user.username, "changed_by": user.username}
    Check.objects.bulk_create(
        Check(journey=row, checkpoint=each, owner=ours[each.function], **asked(each), **who) for each in points
    )


@transaction.atomic
def begin_suggested(user: User, numbers: Collection[int], template: JourneyTemplate) -> list[Journey]:
    """One for each order that still waits; several suggestions of one order are one journey."""
    user.must(JourneyRight.OPEN)
    rows = Suggestion.objects.visible_to(user).filter(pk__in=numbers, state=SuggestionState.WAITING)
    made: dict[str, Journey] = {}
    for row in rows.select_related("account", "account__manager").order_by("-amount", "pk"):
        if row.order not in made and not Journey.objects.of_order(row.account, row.order).exists():
            made[row.order] = begin(user, row.account, template, _suggested(user, row), row.kind)
    return list(made.values())


def _suggested(user: User, row: Suggestion) -> dict[str, Any]:
    return {
        "title": f"{row.family or row.order} {row.ordered_on:%Y-%m}", "family": row.family, "order": row.order,
        "worth": max(row.amount, 0), "currency": row.currency, "owner": row.account.manager or user,
        "opened_on": timezone.localdate(), "ordered_on": row.ordered_on,
    }  # fmt: skip


@transaction.atomic
def decline(user: User, numbers: Collection[int]) -> int:
    """No journey for these; they are not suggested again."""
    return _answered(user, numbers, SuggestionState.WAITING, SuggestionState.DECLINED)


@transaction.atomic
def ask_again(user: User, numbers: Collection[int]) -> int:
    """As if they had not been turned down."""
    return _answered(user, numbers, SuggestionState.DECLINED, SuggestionState.WAITING)


def _answered(user: User, numbers: Collection[int], before: SuggestionState, after: SuggestionState) -> int:
    user.must(JourneyRight.OPEN)
    rows = Suggestion.objects.visible_to(user).filter(pk__in=numbers, state=before)
    orders = list(rows.values_list("account__code", "order"))
    done = Suggestion.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(state=after)
    for code, order in orders:
        audit.record(user, "journey-suggestion", f"account:{code}", {"order": order, "state": after.value})
    return done


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Journey:
    """Correct it; the days of its checks follow."""
    user.must(JourneyRight.OPEN)
    _alone(_held(user, pk).account, fields.get("order", ""), pk)
    row: Journey = records.change(user, Journey.objects.visible_to(user), pk, version, fields)
    if row.is_open:
        dated(row, calendar())
    if fields.get("order"):
        ask_to_follow()
    return row


@transaction.atomic
def put_away(user: User, pk: int) -> Journey:
    user.must(JourneyRight.OPEN)
    row: Journey = records.put_away(user, Journey.objects.visible_to(user), pk)
    return row


@transaction.atomic
def fetch_back(user: User, pk: int) -> Journey:
    user.must(JourneyRight.OPEN)
    seen = Journey.objects.within_reach_of(user)
    before = seen.select_related("account").get(pk=pk)
    _alone(before.account, before.order, pk)
    row: Journey = records.fetch_back(user, seen, pk)
    return row


@transaction.atomic
def close(user: User, pk: int, version: int, *, on: date, end: str, why: str) -> Journey:
    """Nothing more is done for it: what should have been done by then counts as left out, with the reason."""
    row = _held(user, pk)
    if not row.is_open:
        raise NotPossible(_("It is closed already"))
    if not row.opened_on <= on <= timezone.localdate():
        raise NotPossible(_("It can be closed from the day on which it began up to today"))
    for check in list(row.checks.filter(state=CheckState.OPEN, put_away_at=None)):
        state = CheckState.ENDED if _quietly(check, end, on) else CheckState.LEFT_OUT
        _changed(user, check, check.version, {"state": state.value, "settled_on": on, "settled_by": user, "note": why})
    return _ended(user, row, version, {"closed_on": on, "end": end, "why": why})


def _quietly(check: Check, end: str, on: date) -> bool:
    """Not due yet, and in use, or nothing could be done any more."""
    overdue = check.due is not None and check.due < on
    return not overdue and (check.stage == Stage.USE or end in QUIET or not check.must)


def _ended(user: User, row: Journey, version: int, fields: Mapping[str, Any]) -> Journey:
    done: Journey = records.change(user, Journey.objects.visible_to(user), row.pk, version, fields)
    dated(done, calendar())
    return done


@transaction.atomic
def reopen(user: User, pk: int) -> Journey:
    """As if it had not been closed: what was closed with it is open again."""
    row = _held(user, pk)
    if row.is_open:
        raise NotPossible(_("It is open"))
    closed = {"settled_on": row.closed_on, "note": row.why, "state__in": (CheckState.ENDED, CheckState.LEFT_OUT)}
    if row.end != End.COMPLETE:
        for check in list(row.checks.filter(put_away_at=None, **closed)):
            _changed(user, check, check.version, UNSETTLED)
    return _ended(user, row, row.version, {"closed_on": None, "end": "", "why": ""})


UNSETTLED: Final[Mapping[str, Any]] = {
    "state": CheckState.OPEN.value, "settled_on": None, "settled_by": None, "note": "", "file": None, "activity": None,
    "promise": None,
}  # fmt: skip


@transaction.atomic
def renew(user: User, pk: int) -> Journey:
    """Go on by the template as it is now: what is done stays, what is open is taken anew."""
    row = _held(user, pk)
    if not row.is_open:
        raise NotPossible(_("It is closed: open it again first"))
    points, ours = _points(row), list(row.checks.filter(put_away_at=None))
    for check in (each for each in ours if each.is_open):
        point = points.get(check.checkpoint_id or 0)
        if point is None:
            records.put_away(user, Check.objects.visible_to(user), check.pk)
        else:
            _changed(user, check, check.version, asked(point))
    known = {check.checkpoint_id for check in ours}
    _added(user, row, [point for pk_, point in points.items() if pk_ not in known])
    return _ended(user, row, row.version, {"edition": row.template.edition})


def _points(row: Journey) -> dict[int, Checkpoint]:
    return {each.pk: each for each in fitting(row, usable(row.template))}


def differences(row: Journey) -> dict[str, int]:
    """How many checks would come, change and go if it went on by the template as it is now."""
    points = _points(row)
    ours = list(row.checks.filter(put_away_at=None))
    opened = [check for check in ours if check.is_open]
    known = {check.checkpoint_id for check in ours}
    there = [(check, points[check.checkpoint_id]) for check in opened if check.checkpoint_id in points]
    return {
        "new": len(points.keys() - known), "gone": len(opened) - len(there),
        "changed": sum(any(getattr(a, name) != getattr(b, name) for name in ASKED) for a, b in there),
    }  # fmt: skip


@transaction.atomic
def hand_on(user: User, pk: int, version: int, *, owner: User) -> Journey:
    """Somebody else leads it, and does the open checks of whoever led it."""
    row = _held(user, pk)
    before = row.owner_id
    done: Journey = records.change(user, Journey.objects.visible_to(user), pk, version, {"owner": owner})
    for check in list(row.checks.filter(state=CheckState.OPEN, owner=before, put_away_at=None)):
        _changed(user, check, check.version, {"owner": owner})
    return done


def _held(user: User, pk: int) -> Journey:
    user.must(JourneyRight.OPEN)
    rows = Journey.objects.visible_to(user).select_for_update(of=("self",))
    row: Journey = rows.select_related("account", "account__manager", "template").get(pk=pk)
    return row


def _changed(user: User, check: Check, version: int, fields: Mapping[str, Any]) -> Check:
    done: Check = records.change(user, Check.objects.visible_to(user), check.pk, version, fields)
    return done


def settled(user: User, row: Journey) -> None:
    """Days that follow from what was done; with nothing left to do, the journey is complete."""
    checks = dated(row, calendar())
    if row.is_open and all_settled(checks):
        today = timezone.localdate()
        row = Journey.objects.get(pk=row.pk)
        fields = {"closed_on": today, "end": End.COMPLETE.value}
        records.change(user, Journey.objects.visible_to(user), row.pk, row.version, fields)
