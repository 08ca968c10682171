"""Amounts to the smallest coin of their currency.

An amount is computed exactly from decimals and rounded once, where an account's earning by a rule is known: halves go away
from zero (as 四舍五入 does).

    >>> rounded(Decimal("12.345"), "CNY"), rounded(Decimal("-0.005"), "CNY"), rounded(Decimal("12.5"), "JPY")
    (Decimal('12.35'), Decimal('-0.01'), Decimal('13'))
    >>> units(Decimal("12.35"), "CNY"), amount(1235, "CNY")
    (1235, Decimal('12.35'))

Currencies and their places: ISO 4217, of those that don't have two.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from vitalfew.language import CURRENCY_SIGNS, MINUS

ZERO: Final = Decimal(0)
NONE: Final = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF"}
)
THREE: Final = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
TWO_PLACES: Final = 2
THREE_PLACES: Final = 3


def places(currency: str) -> int:
    return 0 if currency in NONE else THREE_PLACES if currency in THREE else TWO_PLACES


def rounded(value: Decimal, currency: str) -> Decimal:
    """To the currency's smallest coin, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places(currency)), rounding=ROUND_HALF_UP)


def units(value: Decimal, currency: str) -> int:
    """A rounded amount as a number of smallest coins."""
    return int(rounded(value, currency).scaleb(places(currency)))


def amount(smallest: int, currency: str) -> Decimal:
    return Decimal(smallest).scaleb(-places(currency))


def written(value: Decimal, currency: str) -> str:
    """To the coin, the same in every language: ¥1,234.50."""
    said = rounded(value, currency)
    sign = MINUS if said < 0 else ""
    mark = CURRENCY_SIGNS.get(currency, f"{currency} " if currency else "")
    return f"{sign}{mark}{abs(said):,.{places(currency)}f}"
