"""What a version would have cost on the orders of the year before, who would win and lose, and who is just below a threshold.

The version's periods of its first year are moved back by whole years until the facts reach to their end. Then they are settled as
they would be accrued, beside the version that holds now, and once more with a tenth less and a tenth more of all sales; the year
before stays what it was, so that growth moves too.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from vitalfew.accounts.spans import months_later
from vitalfew.coins import ZERO, units
from vitalfew.incentives.accruing import AT_ONCE, near
from vitalfew.incentives.models import Outcome, SchemeVersion
from vitalfew.incentives.periods import Period, periods
from vitalfew.incentives.reading import Book, rules_of
from vitalfew.incentives.rules.figures import Figures, Rule
from vitalfew.incentives.rules.settling import settled
from vitalfew.incentives.scope import taking_part
from vitalfew.incentives.words import VersionState, Working
from vitalfew.language import Message
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards

LESS, MORE = Decimal("0.9"), Decimal("1.1")


@dataclass
class Account:
    """What came together for one account."""

    sales: Decimal = ZERO
    earned: Decimal = ZERO
    before: Decimal = ZERO
    missing: Decimal | None = None
    near: bool = False


@dataclass
class Sums:
    """What came together for all of them."""

    accounts: dict[int, Account] = field(default_factory=lambda: defaultdict(Account))
    by_rule: dict[int, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    less: Decimal = ZERO
    more: Decimal = ZERO

    @property
    def cost(self) -> Decimal:
        return sum((each.earned for each in self.accounts.values()), ZERO)


def span_of(version: SchemeVersion, as_of: date) -> list[Period]:
    """The periods of its first year, so many years back that the last ends no later than the facts."""
    first_year = [
        each
        for each in periods(version.since, version.until, version.every)
        if each.until < months_later(version.since, 12)
    ]
    back = 0
    while first_year and first_year[-1].back(back).until > as_of:
        back += 1
    return [each.back(back) for each in first_year]


def against(version: SchemeVersion) -> SchemeVersion | None:
    """What holds now: the latest approved version before it."""
    rows = SchemeVersion.objects.filter(scheme=version.scheme_id, state=VersionState.APPROVED, put_away_at=None)
    return rows.filter(number__lt=version.number).order_by("-number").first()


def simulate(pk: int, run: int) -> bool:
    """Work it out; False where it was changed or asked for anew meanwhile."""
    rows = SchemeVersion.objects.filter(pk=pk, run=run, put_away_at=None)
    if not rows.update(simulated=Working.WORKING, progress=0.0):
        return False
    version, shown = rows.get(), scorecards.current()
    if shown is None:
        said = Message(_("Nothing has been imported and computed yet"))
        return bool(rows.update(simulated=Working.FAILED, found={"refused": said.stored()}))
    spans, other = span_of(version, shown.as_of), against(version)
    book, sums = Book(version.currency), Sums()
    codes, rules, former = taking_part(version, version.since), rules_of(version), rules_of(other) if other else {}
    theirs = taking_part(other, other.since) if other else {}
    for place, period in enumerate(spans, 1):
        _add(sums, book.figures({**codes, **theirs}.keys(), period, [*rules.values(), *former.values()], period.until),
             _Sides(version.currency, codes, rules, theirs, former))  # fmt: skip
        rows.update(progress=place / (len(spans) + 1))
    whole = Period(spans[0].since, spans[-1].until)
    found = _found(version, sums, whole, other) | {"contribution": _plain(book.contribution(codes.keys(), whole))}
    return _kept(version, sums, found)


@dataclass(frozen=True)
class _Sides:
    """The version and what holds now: for whom, by which rules."""

    currency: str
    codes: Mapping[str, int]
    rules: Mapping[int, Rule]
    theirs: Mapping[str, int]
    former: Mapping[int, Rule]


def _add(sums: Sums, figures: Mapping[str, Figures], sides: _Sides) -> None:
    """A period more."""
    for code, read in figures.items():
        if code in sides.theirs:
            sums.accounts[sides.theirs[code]].before += settled(sides.former, read, sides.currency).total
        if code in sides.codes:
            _settle(sums, sides.codes[code], read, sides)


def _settle(sums: Sums, account: int, read: Figures, sides: _Sides) -> None:
    now, row = settled(sides.rules, read, sides.currency), sums.accounts[account]
    row.sales += read.sales
    row.earned += now.total
    row.missing, row.near = now.missing, near(read.sales, now.missing)
    sums.less += settled(sides.rules, read.scaled(LESS), sides.currency).total
    sums.more += settled(sides.rules, read.scaled(MORE), sides.currency).total
    for line in now.lines:
        sums.by_rule[line.rule] += line.amount


def _found(version: SchemeVersion, sums: Sums, whole: Period, other: SchemeVersion | None) -> dict[str, Any]:
    """In smallest coins, but for the contribution, which is a figure to compare with."""
    rows, code = sums.accounts.values(), version.currency
    return {
        "since": whole.since.isoformat(), "until": whole.until.isoformat(), "against": other.number if other else None,
        "accounts": sum(each.sales > 0 for each in rows), "earning": sum(each.earned > 0 for each in rows),
        "cost": units(sums.cost, code), "sales": units(sum((each.sales for each in rows), ZERO), code),
        "before": units(sum((each.before for each in rows), ZERO), code),
        "less": units(sums.less, code), "more": units(sums.more, code),
        "winners": sum(each.earned > each.before for each in rows), "losers": sum(each.earned < each.before for each in rows),
        "near": sum(each.near for each in rows), "by_rule": {str(key): units(value, code) for key, value in sums.by_rule.items()},
    }  # fmt: skip


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


@transaction.atomic
def _kept(version: SchemeVersion, sums: Sums, found: Mapping[str, Any]) -> bool:
    row = SchemeVersion.objects.select_for_update().filter(pk=version.pk, run=version.run, put_away_at=None).first()
    if row is None:
        return False
    row.outcomes.all().delete()
    Outcome.objects.bulk_create(
        (
            _outcome(row, account, told)
            for account, told in sums.accounts.items()
            if told.sales or told.earned or told.before
        ),
        batch_size=AT_ONCE,
    )
    SchemeVersion.objects.filter(pk=row.pk).update(simulated=Working.DONE, progress=1.0, found=dict(found))
    return True


def _outcome(version: SchemeVersion, account: int, told: Account) -> Outcome:
    code = version.currency
    missing = None if told.missing is None else units(told.missing, code)
    return Outcome(
        of=version, account_id=account, sales=units(told.sales, code), units=units(told.earned, code),
        before=units(told.before, code), missing=missing, near=told.near,
    )  # fmt: skip
