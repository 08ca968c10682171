"""How figures are written on a page: as a person of that language writes them, the exact one on hover."""

import re
from datetime import date
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from vitalfew.catalogue import catalogue
from vitalfew.language import Message, say_kept, translate
from vitalfew.outlets.templatetags import pen
from vitalfew.outlets.templatetags.pen import Pen, unbroken
from vitalfew.panels import last_whole_month, month_start
from vitalfew.people.language import language
from vitalfew.terms import Term, Unit
from vitalfew.warehouse.run import day_number, day_of

register = template.Library()
register.filter("day", pen.day)
NAMED = re.compile("`+([^`]+)`+")


@register.filter
def method(text: str) -> SafeString:
    """A method's words with the names it quotes set as code."""
    return SafeString(NAMED.sub(r"<code>\1</code>", escape(text)))


@register.filter
def money(value: Any, currency: str = "") -> str | SafeString:
    return Pen(language(), currency).money(value)


register.filter(unbroken)


@register.filter
def percent(value: Any, places: int = 0) -> str:
    return Pen(language()).percent(value, places)


@register.filter
def signed_percent(value: Any) -> str | SafeString:
    return Pen(language()).signed_percent(value)


@register.filter
def count(value: Any) -> str:
    return Pen(language()).count(value)


@register.filter
def number(value: Any, places: int = 2) -> str:
    return Pen(language()).number(value, places)


@register.filter
def word(value: str | None, words: type[Term] | None = None) -> str:
    return Pen(language()).word(value, words)


@register.filter
def spark(values: list[float] | None) -> str | SafeString:
    return Pen(language()).spark(values)


@register.filter
def tier_badge(value: str | None) -> str | SafeString:
    return Pen(language()).tier_badge(value)


@register.filter
def tr(message: object) -> str:
    """A marked text in the page's language. Django's own tag loses those with a percent sign."""
    return translate(str(message or ""), language())


@register.filter
def say(message: Any) -> str:
    """A :class:`~vitalfew.language.Message` in the page's language."""
    return "" if message is None else unbroken(str(message.say(language())))


@register.filter
def sentences(kept: str | None) -> str:
    """Sentences kept as JSON, in the page's language."""
    return unbroken(say_kept(kept, language())) if kept else ""


def cell(value: Any, unit: Unit, currency: str, words: type[Term] | None) -> str | SafeString:
    """A value of a result's column as it is written in a table."""
    return Pen(language(), currency).cell(value, unit, words)


@register.simple_tag
def result_cell(row: Any, column: Any, currency: str) -> str | SafeString:
    """A value of a result's row."""
    return cell(row.get(column.name), column.in_row(row).unit, currency, column.words)


@register.simple_tag
def found_cell(analysis: str, row: Any, name: str, currency: str) -> str | SafeString:
    """A value of an analysis' row, by the name of its column."""
    return result_cell(row, catalogue()[analysis].column(name), currency)


@register.simple_tag
def handout_cell(value: Any, column: Any, currency: str) -> str | SafeString:
    """A value of a handout's table."""
    return cell(value, column.unit, currency, column.words)


@register.filter
def get(mapping: Any, key: str) -> Any:
    """An entry of a mapping by a name that the template holds."""
    return mapping.get(key) if mapping else None


@register.filter
def at(items: Any, place: int) -> Any:
    """An entry of a list by its place."""
    return items[place]


@register.filter
def whole_until(as_of: date) -> date | None:
    """To which day sums of twelve whole months go, where that is not the day of the figures."""
    now = day_number(as_of)
    end = month_start(last_whole_month(now) + 1) - 1
    return None if end == now else day_of(end)


@register.filter
def restored(kept: Any) -> Any:
    """A kept sentence, to be said."""
    return Message.restored(kept) if kept else None
