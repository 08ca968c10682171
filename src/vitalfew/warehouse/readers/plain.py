"""Python values of a spreadsheet or a database as the text a person would have typed."""

from datetime import datetime
from decimal import Decimal
from typing import Final

DIGITS_OF_A_FLOAT: Final = 15
PLACES: Final = 4
NOISE: Final = 1e-9
MOST_NOISE: Final = 1e-6
LARGEST_EXACT: Final = 10**15


def plain(value: object) -> str:
    """One cell as text; nothing is empty text."""
    match value:
        case None:
            text = ""
        case bool():
            text = str(value).lower()
        case float():
            text = plain_number(value)
        case Decimal():
            text = format(value, "f")
        case datetime():
            text = value.date().isoformat()
        case _:
            text = str(value)
    return text


def plain_number(value: float) -> str:
    """The shortest decimal form, without noise; a sixteenth digit and beyond is noise of the binary form (0.1 + 0.2 is 0.3).

    From 10^15 on a float no longer holds every digit: written with an exponent, so that it is taken neither for a
    code nor for an amount.
    """
    if value != value or abs(value) >= LARGEST_EXACT:  # noqa: PLR0124 - not a number is the only value unlike itself
        return f"{value:.14E}"
    text = format(Decimal(f"{without_noise(value):.{DIGITS_OF_A_FLOAT}g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def without_noise(value: float) -> float:
    """A number of four places where the value is one, up to what binary arithmetic leaves behind it."""
    near = round(value, PLACES)
    return near if abs(value - near) <= min(NOISE * abs(value), MOST_NOISE) else value
