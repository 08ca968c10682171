"""A year in days: of 365 whole ones where days are counted, of 365.25 where time is measured."""

from typing import Final

YEAR: Final = 365
MEAN_YEAR: Final = 365.25
