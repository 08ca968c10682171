"""How the value of an attribute is read and compared."""

from decimal import Decimal, InvalidOperation
from typing import Final

from vitalfew.accounts.grams import folded
from vitalfew.intelligence.words import MEASURES, Measure

LARGEST: Final = Decimal(10) ** 15
ENDINGS: Final = ("%", "元", "天", "个月", "人")


class NoNumber(ValueError):
    """What should be a number is none."""


def number_of(attribute: str, text: str) -> Decimal | None:
    """The number an attribute's value gives; none where it is given in words.

    >>> number_of("price", "2，150 元"), number_of("capacity", "两条产线")
    (Decimal('2150.0000'), None)
    """
    if MEASURES[attribute] is Measure.WORDS:
        return None
    plain = folded(text).replace(",", "").replace(" ", "").replace("¥", "")
    for ending in ENDINGS:
        plain = plain.removesuffix(ending)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise NoNumber(text) from None
    if not number.is_finite() or abs(number) >= LARGEST:
        raise NoNumber(text)
    return round(number, 4)


def value_key(attribute: str, text: str) -> str:
    """The same for values that say the same.

    >>> value_key("price", "2,150.00") == value_key("price", "2150")
    True
    """
    number = number_of(attribute, text)
    return folded(text).strip() if number is None else f"{number.normalize():f}"


def fact_key(*parts: str) -> str:
    """The same for facts of the same region, category, attribute and detail; the account and the competitor stand apart."""
    return "|".join(folded(part).strip() for part in parts)
