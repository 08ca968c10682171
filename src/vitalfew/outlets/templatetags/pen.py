"""A pen writes figures in one language and currency; a page's hundreds of cells ask once which these are."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import formats, timezone
from django.utils.safestring import SafeString

from vitalfew.language import MINUS, Count, Language, Message, Money, Month, Number, Percent, Span, plain, translate
from vitalfew.outlets.answers import spoken
from vitalfew.outlets.templatetags.markup import markup
from vitalfew.terms import Term, Tier, Unit, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_of

SPARK: Final = _("Net sales of {n} {n:month|months}, the last: {money}")
NONE: Final = "–"
JOINER: Final = "\u2060"
PARTED: Final = re.compile(rf"{MINUS}(?=[^\d\s])")
SPARK_WIDTH, SPARK_HEIGHT = 80, 18
LETTERS: Final = {"mvc": "A", "mgc": "G", "other": "B", "unknown": "?", "migrate": "M", "bz": "Z"}


def unbroken(text: str) -> str:
    """A minus keeps to its currency sign where a line ends."""
    return PARTED.sub(f"{MINUS}{JOINER}", text)


def missing(value: Any) -> bool:
    """No figure: none was computed, or the template found none."""
    return value is None or value == ""


def day(value: Any) -> str:
    """2026年3月5日 in Chinese, 5 March 2026 in English; of a moment the day where the house is."""
    if missing(value):
        return NONE
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return formats.date_format(day_of(value) if isinstance(value, int) else value, "DATE_FORMAT")


@dataclass(frozen=True)
class Pen:
    """Writes as a person of that language does, the exact figure on hover."""

    language: Language
    currency: str = ""

    def money(self, value: Any) -> str | SafeString:
        """¥1,234.5 万, with the exact amount on hover; red with a minus below zero."""
        if missing(value):
            return NONE
        exact = f"{value:,.2f}".replace("-", MINUS)
        kind = "money negative" if value < 0 else "money"
        said = unbroken(Money(float(value), self.currency).say(self.language))
        return markup('<span class="{}" title="{}">{}</span>', kind, exact, said)

    def percent(self, value: Any, places: int = 0) -> str:
        return NONE if missing(value) else Percent(value, places).say(self.language)

    def signed_percent(self, value: Any) -> str | SafeString:
        """A change: with its sign, an arrow, and a word for those who see no colour."""
        if missing(value):
            return NONE
        kind, arrow = ("up", "↑") if value > 0 else ("down", "↓") if value < 0 else ("even", "→")
        return markup('<span class="change {}">{}{}</span>', kind, arrow, Percent(abs(value), 0).say(self.language))

    def count(self, value: Any) -> str:
        return NONE if missing(value) else Count(value).say(self.language)

    def number(self, value: Any, places: int = 2) -> str:
        return NONE if missing(value) else Number(value, places).say(self.language)

    def word(self, value: str | None, words: type[Term] | None = None) -> str:
        """A code as people call it."""
        if not value:
            return NONE
        return translate(value if words is None else label_of(words, value), self.language)

    def tier_badge(self, value: str | None) -> str | SafeString:
        """The tier as a small letter, its name on hover."""
        if not value or value not in LETTERS:
            return ""
        name = translate(label_of(Tier, value), self.language)
        shape = '<span class="tier tier-{}" title="{}">{}<span class="visually-hidden"> {}</span></span>'
        return markup(shape, value, name, LETTERS[value], name)

    def spark(self, values: list[float] | None) -> str | SafeString:
        """A small curve of monthly figures, drawn as SVG; said in words for those who don't see it."""
        if not values or max(values) <= 0:
            return ""
        return markup(
            '<svg class="spark" viewBox="0 -1 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
            '<polyline points="{}" fill="none"></polyline></svg>',
            SPARK_WIDTH, SPARK_HEIGHT + 2, SPARK_WIDTH, SPARK_HEIGHT + 2,
            Message(SPARK, {"n": Count(len(values)), "money": Money(values[-1], self.currency)}).say(self.language),
            _curve(values),
        )  # fmt: skip

    def cell(self, value: Any, unit: Unit, words: type[Term] | None = None) -> str | SafeString:
        """A value of a result's column as it is written in a table."""
        if missing(value):
            return NONE
        match unit:
            case Unit.MONEY:
                written = self.money(value)
            case Unit.SHARE:
                written = self.percent(value, 1)
            case Unit.COUNT:
                written = self.count(value)
            case Unit.DAYS:
                written = Span(value).say(self.language)
            case Unit.NUMBER:
                written = plain(value).say(self.language)
            case Unit.DAY:
                written = day(value if isinstance(value, date) else int(value))
            case Unit.MONTH:
                written = Month(int(value)).say(self.language)
            case Unit.WORD:
                written = self.word(value, words)
            case _:
                written = self._said(value, unit)
        return written

    def _said(self, value: Any, unit: Unit) -> str:
        """In words, or as it stands; a moment as the clock of the house shows it."""
        if isinstance(value, datetime):
            return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        said = spoken(value, unit, self.language)
        return str(value) if said is None else said


def _curve(values: list[float]) -> str:
    low, high = min(0.0, *values), max(values)
    step, scale = SPARK_WIDTH / max(len(values) - 1, 1), high - low
    return " ".join(f"{i * step:.1f},{SPARK_HEIGHT * (high - v) / scale:.1f}" for i, v in enumerate(values))
