"""How figures are written on a page: as a person of that language writes them, the exact one on hover."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final

from django import template
from django.utils import formats, translation
from django.utils.safestring import SafeString

from vitalfew.catalogue import catalogue
from vitalfew.language import MINUS, Count, Language, Message, Money, Month, Number, Percent, Span, say_kept, translate
from vitalfew.outlets.answers import spoken
from vitalfew.outlets.templatetags.markup import joined, markup
from vitalfew.terms import Term, Tier, Unit, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_of

register = template.Library()
NONE = "–"
SPARK_WIDTH, SPARK_HEIGHT = 80, 18
FIGURES: Final = frozenset({Unit.MONEY, Unit.SHARE, Unit.DAYS, Unit.NUMBER})
TO_BE_COMPLETED: Final = _("to be completed")


def language() -> Language:
    """The page's language."""
    code = translation.get_language() or "en"
    return "zh-hans" if code == "zh-hans" else "zh-hant" if code == "zh-hant" else "en"


def missing(value: Any) -> bool:
    """No figure: none was computed, or the template found none."""
    return value is None or value == ""


@register.filter
def money(value: Any, currency: str = "") -> str | SafeString:
    """¥1,234.5 万, with the exact amount on hover; red with a minus below zero."""
    if missing(value):
        return NONE
    exact = f"{value:,.2f}".replace("-", MINUS)
    kind = "money negative" if value < 0 else "money"
    return markup('<span class="{}" title="{}">{}</span>', kind, exact, Money(value, currency).say(language()))


@register.filter
def percent(value: Any, places: int = 0) -> str:
    return NONE if missing(value) else Percent(value, places).say(language())


@register.filter
def signed_percent(value: Any) -> str | SafeString:
    """A change: with its sign, an arrow, and a word for those who see no colour."""
    if missing(value):
        return NONE
    kind, arrow = ("up", "↑") if value > 0 else ("down", "↓") if value < 0 else ("even", "→")
    return markup('<span class="change {}">{}{}</span>', kind, arrow, Percent(abs(value), 0).say(language()))


@register.filter
def count(value: Any) -> str:
    return NONE if missing(value) else Count(value).say(language())


@register.filter
def number(value: Any, places: int = 2) -> str:
    return NONE if missing(value) else Number(value, places).say(language())


@register.filter
def day(value: Any) -> str:
    """2026年3月5日 in Chinese, 5 March 2026 in English."""
    if missing(value):
        return NONE
    return formats.date_format(day_of(value) if isinstance(value, int) else value, "DATE_FORMAT")


@register.filter
def word(value: str | None, words: type[Term] | None = None) -> str:
    """A code as people call it."""
    if not value:
        return NONE
    if words is None:
        return translate(value, language())
    return translate(label_of(words, value), language())


@register.filter
def tr(message: object) -> str:
    """A marked text in the page's language. Django's own tag loses those with a percent sign."""
    return translate(str(message or ""), language())


@register.filter
def say(message: Any) -> str:
    """A :class:`~vitalfew.language.Message` in the page's language."""
    return "" if message is None else str(message.say(language()))


@register.filter
def sentences(kept: str | None) -> str:
    """Sentences kept as JSON, in the page's language."""
    return say_kept(kept, language()) if kept else ""


def cell(value: Any, unit: Unit, currency: str, words: type | None) -> str | SafeString:
    """A value of a result's column as it is written in a table."""
    if missing(value):
        return NONE
    match unit:
        case Unit.MONEY:
            written = money(value, currency)
        case Unit.SHARE:
            written = percent(value, 1)
        case Unit.COUNT:
            written = count(value)
        case Unit.DAYS:
            written = Span(value).say(language())
        case Unit.NUMBER:
            written = number(value, 3 if abs(value) < 1 else 2)
        case Unit.DAY:
            written = day(int(value))
        case Unit.MONTH:
            written = Month(int(value)).say(language())
        case Unit.WORD:
            written = word(value, words)
        case _:
            said = spoken(value, unit, language())
            written = str(value) if said is None else said
    return written


@register.simple_tag
def result_cell(row: Any, column: Any, currency: str) -> str | SafeString:
    """A value of a result's row."""
    return cell(row.get(column.name), column.in_row(row).unit, currency, column.words)


@register.simple_tag
def found_cell(analysis: str, row: Any, name: str, currency: str) -> str | SafeString:
    """A value of an analysis' row, by the name of its column."""
    return result_cell(row, catalogue()[analysis].column(name), currency)


@register.filter
def spark(values: list[float] | None) -> str | SafeString:
    """A small curve of monthly figures, drawn as SVG; said in words for those who don't see it."""
    if not values or max(values) <= 0:
        return ""
    low, high = min(0.0, *values), max(values)
    step = SPARK_WIDTH / max(len(values) - 1, 1)
    points = " ".join(f"{i * step:.1f},{SPARK_HEIGHT * (high - v) / (high - low):.1f}" for i, v in enumerate(values))
    return markup(
        '<svg class="spark" viewBox="0 -1 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        '<polyline points="{}" fill="none"></polyline></svg>',
        SPARK_WIDTH, SPARK_HEIGHT + 2, SPARK_WIDTH, SPARK_HEIGHT + 2, Money(values[-1]).say(language()), points,
    )  # fmt: skip


@register.filter
def tier_badge(value: str | None) -> str | SafeString:
    """The tier as a small letter, its name on hover."""
    letters = {"mvc": "A", "mgc": "G", "other": "B", "unknown": "?", "migrate": "M", "bz": "Z"}
    if not value or value not in letters:
        return ""
    name = translate(label_of(Tier, value), language())
    return markup(
        '<span class="tier tier-{}" title="{}">{}<span class="visually-hidden"> {}</span></span>',
        value,
        name,
        letters[value],
        name,
    )


@register.simple_tag
def line_cells(line: Any, columns: Iterable[Any], currency: str, *, choose: bool) -> SafeString:
    """A line's cells in one go: there are hundreds on a page."""
    cells = [_check_cell(line.account)] if choose else []
    return joined([*cells, _name_cell(line.account), *(_figure_cell(line, column, currency) for column in columns)])


def _check_cell(account: Any) -> SafeString:
    return markup(
        '<td class="check"><input class="form-check-input" type="checkbox" name="code" data-select value="{}"'
        ' aria-label="{}"></td>',
        account.code,
        account.name,
    )


def _name_cell(account: Any) -> SafeString:
    known = [account.code, account.region, translate(TO_BE_COMPLETED, language()) if account.stub else ""]
    return markup(
        '<td class="held"><a data-open href="{}">{}</a><div class="quiet">{}</div></td>',
        account.get_absolute_url(),
        account.name,
        " · ".join(filter(None, known)),
    )


def _figure_cell(line: Any, column: Any, currency: str) -> SafeString:
    side = "nowrap text-end" if column.unit in FIGURES else "nowrap"
    side += "" if column.narrow else " roomy"
    curve = markup(" {}", spark(line.card.months)) if column.name == "revenue_12m" and line.card else ""
    return markup('<td class="{}">{}{}</td>', side, line_cell(line, column, currency), curve)


def line_cell(line: Any, column: Any, currency: str = "") -> str | SafeString:
    """A cell of the account list."""
    value = line.value(column.name)
    if own := OF_LIST.get(column.name):
        return own(value) or NONE
    if column.unit is Unit.TEXT:
        return str(value or NONE)
    return cell(value if value != "" else None, column.unit, currency, column.words)


OF_LIST: Final[Mapping[str, Callable[[Any], str | SafeString]]] = {
    "growth": signed_percent,
    "tier": tier_badge,
    "churn": percent,
    "satisfaction": partial(number, places=0),
    "recency": count,
}
"""Columns that the list writes in a way of its own."""


@register.filter
def get(mapping: Any, key: str) -> Any:
    """An entry of a mapping by a name that the template holds."""
    return mapping.get(key) if mapping else None


@register.filter
def at(items: Any, place: int) -> Any:
    """An entry of a list by its place."""
    return items[place]


@register.filter
def restored(kept: Any) -> Any:
    """A kept sentence, to be said."""
    return Message.restored(kept) if kept else None
