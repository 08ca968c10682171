"""Changes of what the map is made of: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS, Forbidden
from vitalfew.people.records import Stale
from vitalfew.stakeholders import questions
from vitalfew.stakeholders.models import Acquaintance, MeetingRule
from vitalfew.stakeholders.rights import StakeholderRight

SAID: Final = ("closeness", "note")
PLANNED: Final = ("role", "rhythm")


@transaction.atomic
def state(user: User, person: Person, version: int, fields: Mapping[str, Any]) -> Acquaintance:
    """Say how well one knows a person; said again it is dated today. Version 0: nothing was said before."""
    user.must(StakeholderRight.STATE)
    said = questions.own(user, person)
    today = timezone.localdate()
    if said is None:
        return records.make(user, Acquaintance(person=person, user=user, stated_on=today, **fields))
    if said.version != version:
        raise Stale(said)
    return records.change(
        user, Acquaintance.objects.filter(user=user), said.pk, version, {**fields, "stated_on": today}
    )


@transaction.atomic
def put_away(user: User, pk: int) -> Acquaintance:
    """Say no more of it; heads of the department may take away anybody's."""
    seen = Acquaintance.objects.visible_to(user)
    _may(user, seen.get(pk=pk))
    return records.put_away(user, seen, pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Acquaintance:
    """As it was said, unless something else was said meanwhile."""
    seen = Acquaintance.objects.filter(person__in=Person.objects.visible_to(user))
    row = seen.get(pk=pk)
    _may(user, row)
    if row.put_away_at and (other := questions.own(row.user, row.person)):
        return other
    return records.fetch_back(user, seen, pk)


@transaction.atomic
def plan(user: User, level: str, version: int, fields: Mapping[str, Any], **place: Any) -> MeetingRule:
    """Plan a level of an account (``account``) or of all of a tier (``tier``). Version 0: nothing was planned there before."""
    _may_plan(user, place.get("account"))
    rule = questions.rule_of(level, **place)
    if rule is None:
        return records.make(user, MeetingRule(level=level, **place, **fields))
    if rule.version != version:
        raise Stale(rule)
    return records.change(user, MeetingRule.objects.all(), rule.pk, version, fields)


@transaction.atomic
def unplan(user: User, pk: int) -> MeetingRule:
    """What counts for the tier, or is given to begin with, counts again."""
    _may_plan(user, MeetingRule.objects.get(pk=pk).account)
    return records.put_away(user, MeetingRule.objects.all(), pk)


@transaction.atomic
def plan_again(user: User, pk: int) -> MeetingRule:
    """As it was planned, unless something else was planned meanwhile."""
    row = MeetingRule.objects.get(pk=pk)
    _may_plan(user, row.account)
    place: dict[str, Any] = {"account": row.account} if row.account else {"tier": row.tier}
    if row.put_away_at and (other := questions.rule_of(row.level, **place)):
        return other
    return records.fetch_back(user, MeetingRule.objects.all(), pk)


def _may_plan(user: User, account: Account | None) -> None:
    """For an account whoever may see it, for a tier the heads of the department."""
    user.must(StakeholderRight.PLAN if account else StakeholderRight.PLAN_HOUSE)
    if account and not Account.objects.visible_to(user).filter(pk=account.pk).exists():
        raise MeetingRule.DoesNotExist


def _may(user: User, row: Acquaintance) -> None:
    user.must(StakeholderRight.STATE)
    if row.user_id != user.pk and user.role not in HEADS:
        raise Forbidden(StakeholderRight.STATE.value)
