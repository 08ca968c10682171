"""Looking through all records for those that stand in the book twice, and keeping the pairs.

What was decided stays decided: a pair told apart is never asked again. What is no longer likely leaves the queue.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.batches import batched
from vitalfew.contacts.models import Person, Phone, Post
from vitalfew.duplicates import evidence
from vitalfew.duplicates.features.records import Reach, company_records, person_records, reach
from vitalfew.duplicates.linkage.companies import COMPANIES
from vitalfew.duplicates.linkage.linking import levels_of, linked
from vitalfew.duplicates.linkage.persons import PERSONS
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.states import Kind, State
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

LIKELY: Final = 0.2
"""Pairs this likely are shown: to say no costs less than to miss a twin."""
BATCH: Final = 2000
SHARED: Final = 5
"""A domain or number of more accounts than this is a mail provider's or an exchange's, not a company's."""
OPEN: Final = (State.WAITING, State.LATER)
BY: Final = "system"
KEPT: Final = ("probability", "evidence", "at_stake", "state", "until")


@dataclass(frozen=True)
class Found:
    """A likely pair by the ids of its records, the lower first."""

    one: int
    other: int
    probability: float
    evidence: list[list[str]]
    at_stake: float


def find() -> int:
    """Look through companies and people; gives how many pairs are new."""
    return _keep(Kind.ACCOUNT, companies()) + _keep(Kind.PERSON, persons())


def companies() -> list[Found]:
    names = ("pk", "code", "name", "uscc", "country", "region", "parent_code")
    rows = list(Account.objects.order_by("pk").values_list(*names, named=True))
    reached, money = _reached(), _money()
    means = [reached.get(row.pk, Reach((), ())) for row in rows]
    others = {name: [getattr(row, name) for row in rows] for name in ("uscc", "country", "region")}
    others |= {name: [list(getattr(each, name)) for each in means] for name in ("phones", "domains")}
    records = company_records([row.name for row in rows], **others)
    found = []
    for one, other, chance, levels in _likely(records, COMPANIES):
        a, b = rows[one], rows[other]
        if a.parent_code != b.code and b.parent_code != a.code:
            stake = money.get(a.code, 0.0) + money.get(b.code, 0.0)
            found.append(Found(a.pk, b.pk, chance, evidence.kept(COMPANIES, levels), stake))
    return found


def _likely(records: Any, model: Any) -> Iterator[tuple[int, int, float, list[int]]]:
    found = linked(records, model, LIKELY).pairs
    levels = levels_of(np.asarray(found["code"], dtype=np.int64), model).tolist()
    sides = (found["left"].to_pylist(), found["right"].to_pylist(), found["probability"].to_pylist())
    return zip(*sides, levels, strict=True)


def _reached() -> Mapping[int, Reach]:
    """Telephone numbers and domains of each account's contacts."""
    phones: dict[int, list[str]] = {}
    mails: dict[int, list[str]] = {}
    here = Post.objects.held()
    for account, mail in here.exclude(person__email="").values_list("account_id", "person__email").iterator():
        mails.setdefault(account, []).append(mail)
    for account, number in (
        here.exclude(person__phones=None).values_list("account_id", "person__phones__number").iterator()
    ):
        phones.setdefault(account, []).append(number)
    found = {each: reach(phones.get(each, ()), mails.get(each, ())) for each in {*phones, *mails}}
    common = Counter(way for each in found.values() for way in (*each.phones, *each.domains))
    return {account: Reach(_own(each.phones, common), _own(each.domains, common)) for account, each in found.items()}


def _own(ways: tuple[str, ...], common: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(way for way in ways if common[way] <= SHARED)


def _money() -> Mapping[str, float]:
    """Net sales of twelve months, by code."""
    known = Scorecard.objects.filter(refresh=scorecards.current(), revenue_12m__isnull=False)
    return {code: amount or 0.0 for code, amount in known.values_list("customer", "revenue_12m").iterator()}


def persons() -> list[Found]:
    codes = _codes()
    rows = [row for row in Person.objects.filter(merged_into=None).order_by("pk") if row.pk in codes]
    numbers: dict[int, list[str]] = {}
    for person, number in Phone.objects.values_list("person_id", "number").iterator():
        numbers.setdefault(person, []).append(number)
    records = person_records(
        [row.name for row in rows],
        mail=[row.email.strip().lower() for row in rows],
        wechat=[row.wechat.strip().lower() for row in rows],
        phones=[list(reach(numbers.get(row.pk, ()), ()).phones) for row in rows],
        accounts=[sorted(codes[row.pk]) for row in rows],
    )
    money, found = _money(), []
    for one, other, chance, levels in _likely(records, PERSONS):
        a, b = rows[one].pk, rows[other].pk
        stake = sum(money.get(code, 0.0) for code in codes[a] | codes[b])
        found.append(Found(a, b, chance, evidence.kept(PERSONS, levels), stake))
    return found


def _codes() -> Mapping[int, set[str]]:
    """Where each person has a post, by the account's code."""
    codes: dict[int, set[str]] = {}
    for person, code in Post.objects.filter(put_away_at=None).values_list("person_id", "account__code").iterator():
        codes.setdefault(person, set()).add(code)
    return codes


def _keep(kind: Kind, found: Sequence[Found]) -> int:
    """New pairs join, waiting ones are told anew, those no longer likely go."""
    known = {_ids(pair): pair for pair in Pair.objects.filter(kind=kind)}
    fresh = [each for each in found if (each.one, each.other) not in known]
    for some in batched(iter(fresh), BATCH):
        Pair.objects.bulk_create([_pair(kind, each) for each in some], ignore_conflicts=True)
    _tell_anew(known, found)
    likely = {(each.one, each.other) for each in found}
    gone = [pair.pk for ids, pair in known.items() if pair.state in OPEN and ids not in likely]
    for some_gone in batched(iter(gone), BATCH):
        Pair.objects.filter(pk__in=some_gone, state__in=OPEN).delete()
    return len(fresh)


def _ids(pair: Pair) -> tuple[int, int]:
    if pair.kind == Kind.ACCOUNT:
        return pair.one_account_id or 0, pair.other_account_id or 0
    return pair.one_person_id or 0, pair.other_person_id or 0


def _pair(kind: Kind, found: Found) -> Pair:
    ids = {f"one_{kind.value}_id": found.one, f"other_{kind.value}_id": found.other}
    told = {name: getattr(found, name) for name in ("probability", "evidence", "at_stake")}
    return Pair(kind=kind, made_by=BY, changed_by=BY, **ids, **told)


def _tell_anew(known: Mapping[tuple[int, int], Pair], found: Iterable[Found]) -> None:
    """What is at stake and how likely it is, of pairs that wait; those put off wait again when their day has come."""
    today = timezone.localdate()
    changed = []
    for each in found:
        pair = known.get((each.one, each.other))
        if pair is None or pair.state not in OPEN:
            continue
        state = State.WAITING if pair.until is None or pair.until <= today else State.LATER
        told = (each.probability, each.evidence, each.at_stake, state, None if state == State.WAITING else pair.until)
        if told != tuple(getattr(pair, name) for name in KEPT):
            for name, value in zip(KEPT, told, strict=True):
                setattr(pair, name, value)
            changed.append(pair)
    for some in batched(iter(changed), BATCH):
        with transaction.atomic():
            Pair.objects.bulk_update(some, KEPT)
