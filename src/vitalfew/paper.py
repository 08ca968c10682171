"""Pages of paper as PDF, in the fonts of their language, without asking the network for anything."""

from typing import Any, Final

from vitalfew.terms import gettext_noop as _

FONTS: Final = {
    "zh-hans": "'Noto Sans CJK SC'", "zh-hant": "'Noto Sans CJK TC'",
    "en": "'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC'",
}  # fmt: skip


class NoPrinter(RuntimeError):
    """What PDF needs is not installed; says what to do."""


def laid_out(text: str) -> Any:
    """The HTML as pages; ``write_pdf`` writes them."""
    try:
        from weasyprint import HTML
    except OSError:
        raise NoPrinter(
            _(
                "PDF needs Pango: the server's administrator installs libpango-1.0-0, libpangoft2-1.0-0 and fonts-noto-cjk"
            )
        ) from None
    return HTML(string=text, url_fetcher=refused).render()


def refused(url: str, *_given: Any, **_options: Any) -> Any:
    """A page of paper fetches nothing."""
    raise ValueError(url)
