"""What agreements promise accounts of a product: so much a week, before anything else is shared out.

Only while the agreement is in effect and its days last; a quantity of a month, quarter or year is spread evenly over its days.
Where both sides of an agreement name the same product the larger counts, several agreements add up. What a draft says of
the same account and product by hand counts where it is more.

    1 200 a quarter, from the second week on  →  0, 92.05, 92.05 …
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vitalfew.agreements.measures import DAYS_IN, Measure
from vitalfew.agreements.models import Obligation
from vitalfew.agreements.words import AgreementState
from vitalfew.supply.weeks import LENGTH

TO_SUNDAY: Final = timedelta(days=LENGTH - 1)


@dataclass(frozen=True)
class Minimum:
    """Of an account and a product, week by week; the agreement that says so, none where it was entered by hand."""

    account: str
    product: str
    weeks: Sequence[float]
    agreement: int | None = None

    @property
    def most(self) -> float:
        """In a week."""
        return max(self.weeks, default=0.0)

    @property
    def runs(self) -> list[tuple[int, int, float]]:
        """Weeks in a row with the same quantity: the first of them, the last, counted from one, and how much in each.

        0, 92.05, 92.05  →  (2, 3, 92.05)
        """
        found: list[tuple[int, int, float]] = []
        for number, quantity in enumerate(self.weeks, 1):
            if found and found[-1][1:] == (number - 1, quantity):
                found[-1] = (found[-1][0], number, quantity)
            elif quantity > 0:
                found.append((number, number, quantity))
        return found


def agreed(products: Sequence[str], days: Sequence[date]) -> list[Minimum]:
    """Of agreements that are in effect in any of these weeks."""
    rows = Obligation.objects.filter(
        measure=Measure.QUANTITY, product__in=products, put_away_at=None, rhythm__in=list(DAYS_IN),
        agreement__state=AgreementState.IN_FORCE, agreement__put_away_at=None,
    ).select_related("agreement__account")  # fmt: skip
    larger: dict[tuple[int, str], Minimum] = {}
    for row in rows.order_by("pk"):
        said, key = _of(row, days), (row.agreement_id, row.product)
        if said.most > (larger[key].most if key in larger else 0.0):
            larger[key] = said
    return list(larger.values())


def _of(row: Obligation, days: Sequence[date]) -> Minimum:
    a_week = float(row.quantity) * LENGTH / DAYS_IN[row.rhythm]
    since, until = row.agreement.since, row.agreement.until or date.max
    weeks = [a_week if since <= day + TO_SUNDAY and day <= until else 0.0 for day in days]
    return Minimum(row.agreement.account.code, row.product, weeks, row.agreement_id)


def together(by_hand: Iterable[Minimum], found: Iterable[Minimum]) -> dict[tuple[str, str], list[float]]:
    """By account and product, what must come week by week."""
    sums, told = _sums(by_hand), _sums(found)
    for key, weeks in told.items():
        sums[key] = [max(pair) for pair in zip(sums[key], weeks, strict=True)] if key in sums else weeks
    return sums


def _sums(rows: Iterable[Minimum]) -> dict[tuple[str, str], list[float]]:
    found: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        before = found.get((row.account, row.product), [0.0] * len(row.weeks))
        found[row.account, row.product] = [a + b for a, b in zip(before, row.weeks, strict=True)]
    return found
