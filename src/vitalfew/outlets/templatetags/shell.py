"""Small pieces of every page."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
ON_THE_BAR: Final = frozenset({"today", "accounts", "complaints"})
"""What has a place of its own on a phone's bar."""


@register.simple_tag
def beyond_bar(menu: Iterable[Any]) -> list[Any]:
    """The entries of the menu that a phone shows under More."""
    return [item for item in menu or () if item["icon"] not in ON_THE_BAR]


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """One of the icons in ``static/vendored/icons.svg``; silent for screen readers unless it has a label of its own."""
    source = static("vendored/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, source, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', source, name)
