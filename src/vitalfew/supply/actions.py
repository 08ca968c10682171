"""What people enter: permission asked, version checked, audit written, in one transaction; the picture is drawn anew after it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from django.db import IntegrityError, transaction

from vitalfew.people import audit, records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Record, Stale
from vitalfew.supply.background import ask_to_draw
from vitalfew.supply.models import Stocked
from vitalfew.supply.rights import SupplyRight
from vitalfew.terms import gettext_noop as _

R = TypeVar("R", bound=Record)
OF_INCOMING: Final = ("kind", "product", "week", "quantity", "note")
OF_LEAD: Final = ("product", "days", "deviation", "note")
OF_ALLOTMENT: Final = ("name", "products", "weeks", "floor", "reserve", "rule", "minimums", "packs", "grace", "note")
TWICE: Final = _("This is entered already: change that entry")


@transaction.atomic
def enter(user: User, record: R) -> R:
    """Capacity of a week, an arrival, or a lead time."""
    user.must(SupplyRight.WORK)
    return _anew(lambda: records.make(user, record))


@transaction.atomic
def change(user: User, kind: type[R], pk: int, version: int, fields: Mapping[str, Any]) -> R:
    user.must(SupplyRight.WORK)
    made: R = _anew(lambda: records.change(user, _kept(kind).visible_to(user), pk, version, fields))
    return made


@transaction.atomic
def put_away(user: User, kind: type[R], pk: int) -> R:
    user.must(SupplyRight.WORK)
    made: R = _anew(lambda: records.put_away(user, _kept(kind).visible_to(user), pk))
    return made


@transaction.atomic
def fetch_back(user: User, kind: type[R], pk: int) -> R:
    user.must(SupplyRight.WORK)
    made: R = _anew(lambda: records.fetch_back(user, _kept(kind).within_reach_of(user), pk))
    return made


def _kept(kind: type[R]) -> Any:
    return kind._default_manager  # noqa: SLF001  (as Django calls it)


def _anew(act: Callable[[], R]) -> R:
    """Two entries of the same week would both be counted: the database refuses the second."""
    try:
        with transaction.atomic():
            made = act()
    except IntegrityError:
        raise NotPossible(TWICE) from None
    transaction.on_commit(ask_to_draw)
    return made


@transaction.atomic
def snooze(user: User, pk: int, version: int, *, until: date, why: str) -> Stocked:
    """Somebody sees to it: it asks for nothing until a day."""
    row = _held(user, pk)
    if row.version != version:
        raise Stale(row)  # type: ignore[arg-type]  # it has a version, too
    if row.empty_on is None:
        raise NotPossible(_("It does not run short"))
    return _said(user, row, "snooze", until, why)


@transaction.atomic
def wake(user: User, pk: int) -> Stocked:
    """It asks again."""
    return _said(user, _held(user, pk), "wake", None, "")


def _held(user: User, pk: int) -> Stocked:
    user.must(SupplyRight.WORK)
    row: Stocked = Stocked.objects.visible_to(user).select_for_update().get(pk=pk)
    return row


def _said(user: User, row: Stocked, step: str, until: date | None, why: str) -> Stocked:
    row.snoozed_until, row.snoozed_why, row.snoozed_by = until, why, user.username if until else ""
    row.version += 1
    row.save(update_fields=["snoozed_until", "snoozed_why", "snoozed_by", "version"])
    audit.record(user, f"supply-{step}", row.subject, {"until": [None, until.isoformat() if until else None]})
    return row


@transaction.atomic
def enter_all(user: User, rows: Sequence[R]) -> int:
    """All of them or none."""
    return len([enter(user, row) for row in rows])
