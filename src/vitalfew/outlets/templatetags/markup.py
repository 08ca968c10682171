"""Markup put together in Python: for cells of which there are hundreds on a page."""

from html import escape

from django.utils.safestring import SafeString


def markup(shape: str, *parts: object) -> SafeString:
    """The shape with its parts, each escaped unless it is markup itself.

    The same as Django's ``format_html`` for plain strings and markup; what is lazy there to translate costs four times as much.
    """
    return SafeString(shape.format(*[p if isinstance(p, SafeString) else escape(str(p)) for p in parts]))


def joined(pieces: list[SafeString]) -> SafeString:
    return SafeString("".join(pieces))
