"""Changes to visits: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import questions
from vitalfew.visits.models import FollowUp, Rescheduled, Visit, VisitAccount, VisitPerson
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import VisitState

FIELDS: Final = ("minutes", "place", "purpose", "topic", "leader")
OF_NEW: Final = ("day", "at", *FIELDS)


@dataclass(frozen=True)
class Going:
    """Who goes where to meet whom; what is None stays as it is."""

    accounts: Sequence[Account] | None = None
    companions: Iterable[User] | None = None
    wanted: Iterable[Person] | None = None


@transaction.atomic
def plan(user: User, fields: Mapping[str, Any], going: Going, reason: str = "") -> Visit:
    """A visit to come, or one that waits for its result. ``reason`` is why it was proposed, as kept sentences."""
    user.must(VisitRight.PLAN)
    row = Visit(reason=reason, **{"leader": user, **fields})
    accounts = going.accounts or ()
    _seen(user, accounts)
    _seen_by([row.leader, *(going.companions or ())], {each.pk for each in accounts})
    made = records.make(user, row)
    _go(user, made, going)
    return made


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any], going: Going | None = None) -> Visit:
    """Correct it, unless somebody saved since ``version``; its day and hour are moved with a reason."""
    row, going = own(user, pk), going or Going()
    if not row.is_open:
        raise NotPossible(_("It is settled already: open it again first"))
    if going.accounts is not None:
        _seen(user, going.accounts)
    before, there = {each.pk for each in row.ours}, _where(row)
    done = records.change(user, Visit.objects.visible_to(user), pk, version, fields)
    parts = _go(user, done, going)
    _seen_by([each for each in done.ours if each.pk not in before], _where(done))
    _seen_by(done.ours, _where(done) - there)
    if parts and done.version == version:
        return records.touch(user, done, *parts)
    return done


@transaction.atomic
def confirm(user: User, pk: int) -> Visit:
    """The customer has agreed to the day."""
    row = opened(user, pk)
    return records.change(user, Visit.objects.visible_to(user), pk, row.version, {"state": VisitState.CONFIRMED.value})


@transaction.atomic
def move(user: User, pk: int, version: int, *, day: date, at: time | None, why: str, confirmed: bool = False) -> Visit:
    """Another day or hour. It is to be agreed with the customer anew, unless that has been done."""
    row = opened(user, pk)
    if (day, at) == (row.day, row.at):
        raise NotPossible(_("This is its day and hour already"))
    if day < timezone.localdate():
        raise NotPossible(_("This day has passed: a visit is moved to a day ahead"))
    Rescheduled.objects.create(visit=row, was_day=row.day, was_at=row.at, day=day, at=at, why=why, who=user.username)
    state = VisitState.CONFIRMED if confirmed else VisitState.PLANNED
    fields = {"day": day, "at": at, "state": state.value}
    return records.change(user, Visit.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def cancel(user: User, pk: int, version: int, why: str) -> Visit:
    """It does not take place, and why."""
    row = opened(user, pk)
    fields = {"state": VisitState.CANCELLED.value, "why": why, "was_confirmed": row.state == VisitState.CONFIRMED}
    return records.change(user, Visit.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def reopen(user: User, pk: int) -> Visit:
    """As if it had not been cancelled, or the customer not agreed."""
    row = own(user, pk)
    if row.is_held:
        raise NotPossible(_("It was held: take its result back first"))
    back = row.state == VisitState.CANCELLED and row.was_confirmed
    state = VisitState.CONFIRMED if back else VisitState.PLANNED
    fields = {"state": state.value, "why": "", "was_confirmed": False}
    return records.change(user, Visit.objects.visible_to(user), pk, row.version, fields)


@transaction.atomic
def put_away(user: User, pk: int) -> Visit:
    if own(user, pk).is_held:
        raise NotPossible(_("It was held: take its result back first"))
    return records.put_away(user, Visit.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Visit:
    user.must(VisitRight.PLAN)
    seen = Visit.objects.within_reach_of(user)
    if not questions.may_change(user, seen.get(pk=pk)):
        raise Forbidden
    return records.fetch_back(user, seen, pk)


@transaction.atomic
def settle(user: User, pk: int, *, done: bool) -> FollowUp:
    """A follow-up is done, or it isn't after all. Whoever does it or may change the visit says so."""
    user.must(VisitRight.PLAN)
    row = FollowUp.objects.visible_to(user).select_for_update(of=("self",)).select_related("visit").get(pk=pk)
    if row.owner_id != user.pk and not questions.may_change(user, row.visit):
        raise Forbidden
    on = timezone.localdate() if done else None
    if (row.done_on is None) != (on is None):
        row.done_on = on
        row.save()
        records.touch(user, row.visit, "follow_ups")
    return row


def own(user: User, pk: int) -> Visit:
    """The visit, for who may change it."""
    user.must(VisitRight.PLAN)
    row = Visit.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)
    if not questions.may_change(user, row):
        raise Forbidden
    return row


def opened(user: User, pk: int) -> Visit:
    row = own(user, pk)
    if not row.is_open:
        raise NotPossible(_("It is settled already: open it again first"))
    return row


def _where(visit: Visit) -> set[int]:
    return set(VisitAccount.objects.filter(visit=visit).values_list("account", flat=True))


def _seen(user: User, accounts: Sequence[Account]) -> None:
    if not accounts:
        raise NotPossible(_("A visit needs an account"))
    pks = {each.pk for each in accounts}
    if Account.objects.visible_to(user).filter(pk__in=pks).count() < len(pks):
        raise Account.DoesNotExist


def _seen_by(ours: Iterable[User | None], accounts: Collection[int]) -> None:
    """Whoever goes sees the accounts, or would not find the visit on Today."""
    for each in ours:
        if each and Account.objects.visible_to(each).filter(pk__in=accounts).count() < len(accounts):
            raise NotPossible(_("One of these colleagues does not see the account: add him or her to its team first"))


def _go(user: User, visit: Visit, going: Going) -> list[str]:
    """Note where it goes, who goes along, whom to meet; gives what has changed."""
    changed = []
    if going.accounts is not None and _accounts(user, visit, going.accounts):
        changed.append("accounts")
    if going.companions is not None and _companions(visit, going.companions):
        changed.append("companions")
    if going.wanted is not None and people(user, visit, "wanted", going.wanted):
        changed.append("people")
    return changed


def _accounts(user: User, visit: Visit, accounts: Sequence[Account]) -> bool:
    """Accounts that the user does not see stay in it."""
    seen = Account.objects.visible_to(user)
    there = set(visit.parts.filter(account__in=seen).values_list("account", flat=True))
    asked = {each.pk for each in accounts}
    gone = visit.parts.filter(account__in=there - asked)
    gone.delete()
    new = [each for each in dict.fromkeys(accounts) if each.pk not in there]
    VisitAccount.objects.bulk_create([VisitAccount(visit=visit, account=each) for each in new], ignore_conflicts=True)
    return bool(new or there - asked)


def _companions(visit: Visit, companions: Iterable[User]) -> bool:
    asked = {each.pk for each in companions} - {visit.leader_id}
    before = set(visit.companions.values_list("pk", flat=True))
    visit.companions.set(asked)
    return asked != before


def people(user: User, visit: Visit, how: str, persons: Iterable[Person]) -> bool:
    """Whom we want to meet, or met (``how``); people whom the user does not see stay in it."""
    rows = {row.person_id: row for row in visit.people.all()}
    asked = dict.fromkeys(each.pk for each in persons)
    seen = set(Person.objects.visible_to(user).filter(pk__in=rows).values_list("pk", flat=True))
    before = {pk for pk, row in rows.items() if getattr(row, how)}
    for pk in (each for each in asked if each not in before):
        row = rows.get(pk) or VisitPerson(visit=visit, person_id=pk)
        setattr(row, how, True)
        row.save()
    for pk in (before & seen) - asked.keys():
        setattr(rows[pk], how, False)
        rows[pk].save()
    visit.people.filter(wanted=False, met=False).delete()
    return asked.keys() != before
