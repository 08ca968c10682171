"""Changes to the club: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.actions import Subject
from vitalfew.approvals.words import ApprovalState
from vitalfew.channel.actions import renew
from vitalfew.club import joining
from vitalfew.club.models import Benefit, Event, Invited, Level, Nomination, Use
from vitalfew.club.rights import ClubRight
from vitalfew.club.words import Answered, How, Nominated
from vitalfew.language import Day, Message
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Record
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

R = TypeVar("R", bound=Record)
KIND: Final = "club-member"
"""As what it is approved."""
WRITES: Final[Mapping[type[Any], Permission]] = {
    Level: ClubRight.RULE, Benefit: ClubRight.RULE, Use: ClubRight.SERVE, Event: ClubRight.SERVE,
    Invited: ClubRight.SERVE,
}  # fmt: skip


@transaction.atomic
def make(user: User, row: R) -> R:
    """A new level, right, use or event."""
    user.must(WRITES[type(row)])
    made: R = _followed(records.make(user, row))
    return made


@transaction.atomic
def change(user: User, kind: type[R], pk: int, version: int, fields: Mapping[str, Any]) -> R:
    """Unless somebody saved since ``version``."""
    user.must(WRITES[kind])
    changed: R = _followed(records.change(user, _seen(kind).visible_to(user), pk, version, fields))
    return changed


@transaction.atomic
def put_away(user: User, kind: type[R], pk: int) -> R:
    """Out of the lists; a level only while nobody belongs to it."""
    user.must(WRITES[kind])
    row: R = _seen(kind).visible_to(user).get(pk=pk)
    if isinstance(row, Level) and row.members.filter(until=None).exists():
        raise NotPossible(_("Accounts belong to this level: change its rule or wait until they have gone"))
    gone: R = _followed(records.put_away(user, _seen(kind).visible_to(user), pk))
    return gone


@transaction.atomic
def fetch_back(user: User, kind: type[R], pk: int) -> R:
    user.must(WRITES[kind])
    row: R = _seen(kind).within_reach_of(user).get(pk=pk)
    if isinstance(row, Level) and Level.objects.filter(rank=row.rank, put_away_at=None).exclude(pk=pk).exists():
        raise NotPossible(_("Another level has this place by now"))
    if isinstance(row, Invited) and _is_invited(row.event, row.account, pk):
        raise NotPossible(_("This account is invited already"))
    back: R = _followed(records.fetch_back(user, _seen(kind).within_reach_of(user), pk))
    return back


def _seen(kind: type[Any]) -> Any:
    return kind.objects


def _followed(row: Any) -> Any:
    """What a level is called and whether it goes first stands in every queue."""
    if isinstance(row, Level):
        renew()
    return row


@transaction.atomic
def settle(user: User) -> Mapping[joining.Move, int]:
    """Ask the rules now."""
    user.must(ClubRight.RULE)
    return joining.settle()


@transaction.atomic
def nominate(user: User, account: Account, level: Level, ends_on: date, why: str) -> Nomination:
    """Ask that an account belongs to a level beyond the rule; somebody else approves it."""
    user.must(ClubRight.NOMINATE)
    if Nomination.objects.filter(account=account, state=Nominated.WAITING).exists():
        raise NotPossible(_("A nomination of this account waits for approval already"))
    row = records.make(user, Nomination(account=account, level=level, ends_on=ends_on, why=why))
    figures: dict[str, Any] = {"account": account.name, "level": level.name, "day": Day(day_number(ends_on))}
    said = Message(_("{account} into the level {level} until {day}, beyond the rule"), figures)
    row.approval = approvals.ask(user, KIND, Subject(row.pk, row.get_absolute_url(), said, account), why=why)
    row.save(update_fields=["approval"])
    return row


def became(user: User, number: int, state: str) -> None:
    """What follows once its approval is decided: approved, the account belongs to the level from today."""
    row = Nomination.objects.select_for_update(of=("self",)).select_related("account", "level").get(pk=number)
    if state == ApprovalState.WAITING:
        raise NotPossible(_("Nominate the account again instead"))
    rows = Nomination.objects.all()
    records.change(user, rows, row.pk, row.version, {"state": STATES[state].value})
    if state == ApprovalState.APPROVED:
        _let_in(row)


STATES: Final[Mapping[str, Nominated]] = {
    ApprovalState.APPROVED: Nominated.APPROVED, ApprovalState.RETURNED: Nominated.RETURNED,
    ApprovalState.WITHDRAWN: Nominated.WITHDRAWN,
}  # fmt: skip


def _let_in(row: Nomination) -> None:
    if row.level.put_away_at is not None:
        raise NotPossible(_("The level was put away meanwhile"))
    why = [Message(_("let in by hand until {day}"), {"day": Day(day_number(row.ends_on))})]
    today = timezone.localdate()
    joining.enter(row.account, row.level, today, why, how=How.HAND.value, held_until=row.ends_on)
    renew()


@transaction.atomic
def invite(user: User, event: Event, accounts: list[Account]) -> int:
    """Put accounts on the list; those that stand there already stay as they are. Gives how many came."""
    user.must(ClubRight.SERVE)
    fresh = [account for account in accounts if not _is_invited(event, account)]
    for account in fresh:
        records.make(user, Invited(event=event, account=account))
    return len(fresh)


def _is_invited(event: Event, account: Account, but: int = 0) -> bool:
    return Invited.objects.filter(event=event, account=account, put_away_at=None).exclude(pk=but).exists()


@transaction.atomic
def answered(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Invited:
    """What became of the invitation; nobody came to what has not been held."""
    row: Invited = Invited.objects.visible_to(user).select_related("event").get(pk=pk)
    if fields.get("answer") in {Answered.ATTENDED, Answered.ABSENT} and row.event.day > timezone.localdate():
        raise NotPossible(_("The event lies ahead: nobody has come yet"))
    return change(user, Invited, pk, version, fields)
