"""A plan on paper: as PDF, in the fonts of its language, without asking the network for anything."""

from collections.abc import Mapping
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone

from vitalfew.people.language import language
from vitalfew.terms import gettext_noop as _

FONTS: Final = {
    "zh-hans": "'Noto Sans CJK SC'", "zh-hant": "'Noto Sans CJK TC'",
    "en": "'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC'",
}  # fmt: skip


class NoPrinter(RuntimeError):
    """What PDF needs is not installed; says what to do."""


def pdf(told: Mapping[str, Any]) -> bytes:
    try:
        from weasyprint import HTML
    except OSError:
        raise NoPrinter(
            _(
                "PDF needs Pango: the server's administrator installs libpango-1.0-0, libpangoft2-1.0-0 and fonts-noto-cjk"
            )
        ) from None
    page = render_to_string("plans/paper.html", {**told, "font": FONTS[language()], "today": timezone.localdate()})
    made: bytes = HTML(string=page, url_fetcher=_refused).write_pdf()
    return made


def _refused(url: str, *_given: Any, **_options: Any) -> Any:
    """A page of paper fetches nothing."""
    raise ValueError(url)
