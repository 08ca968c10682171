"""The addresses of the site, as its own table of them says."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from vitalfew.people.gate import OPEN_PREFIXES

Page = Callable[..., Any]


def routes(patterns: Any = None, prefix: str = "/") -> Iterator[tuple[str, Page]]:
    """Every path of the site with its page."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, pattern.callback
        else:
            yield from routes(pattern.url_patterns, path)


def ours() -> list[tuple[str, Page]]:
    """The routes that the gate answers for."""
    return [(path, page) for path, page in routes() if not path.startswith(OPEN_PREFIXES)]
