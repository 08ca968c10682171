"""A briefing on one page of paper.

What does not fit is set smaller, then shortened; the page is one page.
"""

from typing import Final

from django.template.loader import render_to_string
from django.utils import timezone

from vitalfew.paper import FONTS, NoPrinter, laid_out
from vitalfew.people.language import language
from vitalfew.visits.brief import Brief

__all__ = ("NoPrinter", "pdf")
STEPS: Final = ((10.0, 12), (9.0, 12), (8.0, 10), (8.0, 6), (7.5, 4), (7.0, 3), (6.5, 2))
"""Size of the letters in points, and how many lines of each part."""


def pdf(told: Brief) -> bytes:
    """The briefing as PDF, one page."""
    for size, most in STEPS:
        document = laid_out(_page(told.shorter(most), size))
        if len(document.pages) == 1:
            break
    made: bytes = document.copy(document.pages[:1]).write_pdf()
    return made


def _page(told: Brief, size: float) -> str:
    return render_to_string("visits/paper.html", {
        "brief": told, "sheet": told.sheet, "size": size, "font": FONTS[language()], "today": timezone.localdate(),
    })  # fmt: skip
