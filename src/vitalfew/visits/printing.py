"""A briefing on one page of paper: as PDF, in the fonts of its language, without asking the network for anything.

What does not fit is set smaller, then shortened; the page is one page.
"""

from collections.abc import Callable
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone

from vitalfew.people.language import language
from vitalfew.terms import gettext_noop as _
from vitalfew.visits.brief import Brief

FONTS: Final = {
    "zh-hans": "'Noto Sans CJK SC'", "zh-hant": "'Noto Sans CJK TC'",
    "en": "'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC'",
}  # fmt: skip
STEPS: Final = ((10.0, 12), (9.0, 12), (8.0, 10), (8.0, 6), (7.5, 4), (7.0, 3), (6.5, 2))
"""Size of the letters in points, and how many lines of each part."""


class NoPrinter(RuntimeError):
    """What PDF needs is not installed; says what to do."""


def pdf(told: Brief) -> bytes:
    """The briefing as PDF, one page."""
    render = _printer()
    for size, most in STEPS:
        document = render(_page(told.shorter(most), size))
        if len(document.pages) == 1:
            break
    made: bytes = document.copy(document.pages[:1]).write_pdf()
    return made


def _page(told: Brief, size: float) -> str:
    return render_to_string("visits/paper.html", {
        "brief": told, "sheet": told.sheet, "size": size, "font": FONTS[language()], "today": timezone.localdate(),
    })  # fmt: skip


def _printer() -> Callable[[str], Any]:
    try:
        from weasyprint import HTML
    except OSError:
        raise NoPrinter(
            _(
                "PDF needs Pango: the server's administrator installs libpango-1.0-0, libpangoft2-1.0-0 and fonts-noto-cjk"
            )
        ) from None

    return lambda text: HTML(string=text, url_fetcher=_refused).render()


def _refused(url: str, *_given: Any, **_options: Any) -> Any:
    """A page of paper fetches nothing."""
    raise ValueError(url)
