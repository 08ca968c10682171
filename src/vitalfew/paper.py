"""Pages of paper as PDF, in the fonts of their language, without asking the network for anything."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from vitalfew.terms import gettext_noop as _

FONTS: Final = {
    "zh-hans": "'Noto Sans CJK SC'", "zh-hant": "'Noto Sans CJK TC'",
    "en": "'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC'",
}  # fmt: skip

NONE: Final[Mapping[str, str]] = MappingProxyType({})


class NoPrinter(RuntimeError):
    """What PDF needs is not installed; says what to do."""


def laid_out(text: str, pictures: Mapping[str, str] = NONE) -> Any:
    """The HTML as pages, with the drawings (SVG) that it names ``picture:…``; ``write_pdf`` writes them."""
    try:
        from weasyprint import HTML
    except OSError:
        raise NoPrinter(
            _(
                "PDF needs Pango: the server's administrator installs libpango-1.0-0, libpangoft2-1.0-0 and fonts-noto-cjk"
            )
        ) from None
    return HTML(string=text, url_fetcher=_fetcher(pictures)).render()


def _fetcher(pictures: Mapping[str, str]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Given(URLFetcher):  # type: ignore[misc]  # the library has no types
        """A page of paper fetches nothing but what it is given."""

        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  (as WeasyPrint asks)
            if url not in pictures:
                raise ValueError(url)
            return URLFetcherResponse(url, pictures[url], {"Content-Type": "image/svg+xml"})

    return Given()
