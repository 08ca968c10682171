"""What each account has earned so far, as entries of the ledger.

Every day each period's earnings are computed anew from the facts. Where they differ from what the ledger adds up to, the
difference is added as one entry an account and rule; where they don't, nothing is. So a day may be gone through any number of
times, and orders that come late, or are restated, correct what was accrued without changing an entry.

    day 1   computed 120.00   ledger 0        entry +120.00
    day 2   computed 150.00   ledger 120.00   entry  +30.00
    day 2   computed 150.00   ledger 150.00   none
    day 9   computed 140.00   ledger 150.00   entry  −10.00   (an order was restated)
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from vitalfew.coins import ZERO, units
from vitalfew.incentives.models import Entry, Scheme, SchemeVersion, Standing
from vitalfew.incentives.periods import DAY, Period
from vitalfew.incentives.questions import EARNED, governing
from vitalfew.incentives.reading import Book, rules_of
from vitalfew.incentives.rules.figures import Figures
from vitalfew.incentives.rules.settling import Settled, settled
from vitalfew.incentives.scope import taking_part
from vitalfew.incentives.words import EntryKind
from vitalfew.language import Message
from vitalfew.presence import one_at_a_time
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards

WORK: Final = "incentives"
BY_ITSELF: Final = "system"
BACK: Final = timedelta(days=730)
"""Periods that ended longer ago are not computed anew."""
AT_ONCE: Final = 5_000
TENTH: Final = 10
"""Just below: no more than a tenth of the threshold is missing."""
NO_MORE: Final = _("No longer earned: the account takes no part any more, or another version holds")


@dataclass(frozen=True)
class Computed:
    """What came of a period, on orders up to which day: by account's number its figures and what was settled from them."""

    version: SchemeVersion
    period: Period
    as_of: date
    of: Mapping[int, tuple[Figures, Settled]]
    standings: Mapping[int, Standing]
    """How each of these stands that bought or earned anything; made before anything is locked."""


def accrue_all(today: date) -> int:
    """All schemes; gives how many entries were added. By one process at a time."""
    with one_at_a_time(settings.HOME.folder, WORK):
        rows = Scheme.objects.filter(put_away_at=None, versions__in=SchemeVersion.objects.approved()).distinct()
        return sum(accrue(scheme, today) for scheme in rows.order_by("pk"))


def accrue(scheme: Scheme, today: date) -> int:
    """One scheme, period by period."""
    held = governing(scheme)
    added = sum(_written(scheme, _computed(*each, today), today) for each in held if _counts(each[1], today))
    return added + sum(_given_up(scheme, period, today) for period in _left(scheme, [each for _v, each in held], today))


def _counts(period: Period, today: date) -> bool:
    return period.since <= today and period.until >= today - BACK


def _left(scheme: Scheme, held: list[Period], today: date) -> list[Period]:
    """Periods of the ledger to which no version is any more."""
    rows = Entry.objects.filter(scheme=scheme).order_by().values_list("since", "until").distinct()
    return [each for row in rows if (each := Period(*row)) not in held and _counts(each, today)]


def _computed(version: SchemeVersion, period: Period, today: date) -> Computed:
    codes, rules, book = taking_part(version, period.since), rules_of(version), Book(version.currency)
    figures, shown = book.figures(codes.keys(), period, rules.values(), today), scorecards.current()
    as_of = min(shown.as_of, period.until) if shown else period.since
    found = {codes[code]: (read, settled(rules, read, version.currency)) for code, read in figures.items()}
    standings = {
        account: _standing(_bare(version, period, account, as_of), *both)
        for account, both in found.items()
        if both[0].sales or any(line.amount for line in both[1].lines)
    }
    return Computed(version, period, as_of, found, standings)


@transaction.atomic
def _written(scheme: Scheme, found: Computed, today: date) -> int:
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    kept = _ledger(scheme, found.period)
    told = _Told(scheme, found.period, found.version.currency, today)
    entries = [*_differences(found, kept, told), *told.given_up(kept)]
    Entry.objects.bulk_create(entries, batch_size=AT_ONCE)
    _stand(found)
    return len(entries)


@transaction.atomic
def _given_up(scheme: Scheme, period: Period, today: date) -> int:
    """What was accrued for a period that is none any more is taken back."""
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    rows = Entry.objects.of_period(scheme, period)
    currency = rows.values_list("currency", flat=True)[0]
    entries = list(_Told(scheme, period, currency, today).given_up(_ledger(scheme, period)))
    Entry.objects.bulk_create(entries, batch_size=AT_ONCE)
    Standing.objects.filter(of__scheme=scheme, since=period.since, until=period.until).delete()
    return len(entries)


def _ledger(scheme: Scheme, period: Period) -> dict[tuple[int, int], int]:
    """What was accrued so far, by account and rule."""
    rows = Entry.objects.of_period(scheme, period).filter(kind__in=EARNED).order_by()
    sums = rows.values_list("account", "rule").annotate(units=Sum("units"))
    return {(account, rule): total for account, rule, total in sums}


@dataclass(frozen=True)
class _Told:
    """Makes entries of a period on a day."""

    scheme: Scheme
    period: Period
    currency: str
    today: date

    def entry(self, account: int, rule: int, change: tuple[int | None, int], told: Message) -> Entry:
        """From what is in the ledger to what is earned. Less than before, or later than the period, it is a correction."""
        before, after = change
        corrects = before is not None and (abs(after) < abs(before) or self.today > self.period.until + DAY)
        kind = EntryKind.CORRECTED if corrects else EntryKind.ACCRUED
        return Entry(
            scheme=self.scheme, rule_id=rule, account_id=account, since=self.period.since, until=self.period.until,
            kind=kind.value, units=after - (before or 0), currency=self.currency, day=self.today, who=BY_ITSELF,
            told=stored(told),
        )  # fmt: skip

    def given_up(self, kept: Mapping[tuple[int, int], int]) -> Iterator[Entry]:
        for (account, rule), total in kept.items():
            if total:
                yield self.entry(account, rule, (total, 0), Message(NO_MORE))


def stored(told: Message) -> str:
    return json.dumps([told.stored()], ensure_ascii=False)


def _differences(found: Computed, kept: dict[tuple[int, int], int], told: _Told) -> Iterator[Entry]:
    """One entry an account and rule, where something differs; what is met leaves ``kept``."""
    for account, (_figures, settling) in found.of.items():
        for line in settling.lines:
            before, after = kept.pop((account, line.rule), None), units(line.amount, told.currency)
            if after != (before or 0):
                yield told.entry(account, line.rule, (before, after), line.told)


def _stand(found: Computed) -> None:
    """How each account stands, under the number it had; who neither bought, earned nor was booked anything is left out."""
    version, period = found.version, found.period
    rows = Standing.objects.filter(of__scheme=version.scheme_id, since=period.since, until=period.until)
    booked = _booked(version, period)
    for account, row in found.standings.items():
        row.booked = booked.get(account, 0)
    alone = sorted(account for account, units in booked.items() if units and account not in found.standings)
    made = [*found.standings.values(), *(_bare(version, period, account, found.as_of) for account in alone)]
    for row in made[len(found.standings) :]:
        row.booked = booked[row.account_id]
    _replaced(rows, made)
    rows.exclude(as_of=found.as_of).update(as_of=found.as_of)


def _replaced(rows: Any, made: list[Standing]) -> None:
    """Only what differs is written, so that others who write wait no longer than for that."""
    known, numbers = {}, {}
    for row in rows.iterator(chunk_size=AT_ONCE):
        known[_said(row)] = row.pk
        numbers[row.account_id] = row.pk
    fresh = [row for row in made if known.pop(_said(row), None) is None]
    old = sorted(known.values())
    for start in range(0, len(old), AT_ONCE):
        Standing.objects.filter(pk__in=old[start : start + AT_ONCE]).delete()
    for row in fresh:
        row.pk = numbers.get(row.account_id)
    Standing.objects.bulk_create([row for row in fresh if row.pk], batch_size=AT_ONCE)
    Standing.objects.bulk_create([row for row in fresh if not row.pk], batch_size=AT_ONCE)


def _said(row: Standing) -> tuple[Any, ...]:
    """What it tells, but for the day up to which orders are counted."""
    return row.account_id, row.of_id, row.units, row.booked, row.missing, row.near, json.dumps(row.lines)


def _booked(version: SchemeVersion, period: Period) -> dict[int, int]:
    rows = Entry.objects.of_period(version.scheme_id, period).exclude(kind__in=EARNED).order_by()
    return dict(rows.values_list("account").annotate(units=Sum("units")))


def _standing(row: Standing, figures: Figures, settling: Settled) -> Standing:
    row.units, row.near = units(settling.total, row.currency), near(figures.sales, settling.missing)
    row.missing = None if settling.missing is None else units(settling.missing, row.currency)
    row.lines = [_line(each, row.currency) for each in settling.lines]
    return row


def _bare(version: SchemeVersion, period: Period, account: int, as_of: date) -> Standing:
    return Standing(
        of=version, account_id=account, since=period.since, until=period.until, currency=version.currency, as_of=as_of
    )


def _line(line: Any, currency: str) -> dict[str, Any]:
    missing = None if line.missing is None else units(line.missing, currency)
    return {"rule": line.rule, "units": units(line.amount, currency), "told": line.told.stored(), "missing": missing}


def near(sales: Decimal, missing: Decimal | None) -> bool:
    """Whether no more than a tenth of the threshold is missing.

    >>> near(Decimal(95), Decimal(5)), near(Decimal(80), Decimal(20)), near(Decimal(0), None)
    (True, False, False)
    """
    return missing is not None and sales > ZERO and missing * TENTH <= sales + missing
