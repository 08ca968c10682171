"""Looking through all records for those that stand in the book twice, and keeping the pairs.

What was decided stays decided: a pair told apart is never asked again. What is no longer likely leaves the queue.
"""

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
from vitalfew.duplicates.features.records import company_records, person_records, reach
from vitalfew.duplicates.linkage.companies import COMPANIES
from vitalfew.duplicates.linkage.linking import levels_of, linked
from vitalfew.duplicates.linkage.persons import PERSONS
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.states import Kind, State
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

LIKELY: Final = 0.3
"""Pairs this likely are shown: to say no costs less than to miss a twin."""
BATCH: Final = 2000
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
    rows = list(
        Account.objects.order_by("pk").values_list("pk", "code", "name", "uscc", "country", "region", "parent_code")
    )
    reached = _reached()
    means = [reached.get(row[0], ((), ())) for row in rows]
    records = company_records(
        [row[2] for row in rows], uscc=[row[3] for row in rows], country=[row[4] for row in rows],
        region=[row[5] for row in rows], phones=[list(each[0]) for each in means], domains=[list(each[1]) for each in means],
    )  # fmt: skip
    money = _money()
    pairs = _likely(records, COMPANIES)
    stake = [(rows[one], rows[other], chance, levels) for one, other, chance, levels in pairs]
    return [
        Found(a[0], b[0], chance, evidence.kept(COMPANIES, levels), money.get(a[1], 0.0) + money.get(b[1], 0.0))
        for a, b, chance, levels in stake
        if a[6] != b[1] and b[6] != a[1]
    ]


def _likely(records: Any, model: Any) -> Iterator[tuple[int, int, float, list[int]]]:
    found = linked(records, model, LIKELY).pairs
    levels = levels_of(np.asarray(found["code"], dtype=np.int64), len(model.features)).tolist()
    sides = (found["left"].to_pylist(), found["right"].to_pylist(), found["probability"].to_pylist())
    return zip(*sides, levels, strict=True)


def _reached() -> Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]:
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
    return {each: reach(phones.get(each, ()), mails.get(each, ())) for each in {*phones, *mails}}


def _money() -> Mapping[str, float]:
    """Net sales of twelve months, by code."""
    known = Scorecard.objects.filter(refresh=scorecards.current(), revenue_12m__isnull=False)
    return {code: amount or 0.0 for code, amount in known.values_list("customer", "revenue_12m").iterator()}


def persons() -> list[Found]:
    held = Post.objects.filter(put_away_at=None).values_list("person_id", "account_id", "account__code")
    places: dict[int, set[int]] = {}
    codes: dict[int, set[str]] = {}
    for person, account, code in held.iterator():
        places.setdefault(person, set()).add(account)
        codes.setdefault(person, set()).add(code)
    numbers: dict[int, list[str]] = {}
    for person, number in Phone.objects.values_list("person_id", "number").iterator():
        numbers.setdefault(person, []).append(number)
    people = (
        Person.objects.filter(merged_into=None, pk__in=places)
        if len(places) < BATCH
        else Person.objects.filter(merged_into=None)
    )
    rows = [row for row in people.order_by("pk").values_list("pk", "name", "email", "wechat") if row[0] in places]
    records = person_records(
        [row[1] for row in rows], mail=[row[2].strip().lower() for row in rows], wechat=[row[3].strip().lower() for row in rows],
        phones=[list(reach(numbers.get(row[0], ()), ()).phones) for row in rows],
        accounts=[sorted(map(str, places[row[0]])) for row in rows],
    )  # fmt: skip
    money = _money()
    return [
        Found(
            rows[one][0], rows[other][0], chance, evidence.kept(PERSONS, levels),
            sum(money.get(code, 0.0) for code in codes[rows[one][0]] | codes[rows[other][0]]),
        )
        for one, other, chance, levels in _likely(records, PERSONS)
    ]  # fmt: skip


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
