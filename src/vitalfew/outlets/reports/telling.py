"""What the reports have in common: their head, sentences in the reader's language, a result as a table."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.utils import formats

from vitalfew.catalogue import Analysis
from vitalfew.handouts import Column, Handout, Section, Table
from vitalfew.language import Day, Message, translate
from vitalfew.outlets.answers import spoken
from vitalfew.people.language import language
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.run import day_number

CONFIDENTIAL: Final = _("Confidential: for our own people")
NOTHING_YET: Final = _("Nothing is computed yet: import the order book first")


def handout(title: str, kind: str, day: date, refresh: Refresh | None, sections: Iterable[Section]) -> Handout:
    """The whole; what it rests on stands at its end."""
    told = [*sections, _basis(refresh)]
    return Handout(
        title, say(kind), f"{written_day(day)} · {say(CONFIDENTIAL)}", refresh.currency if refresh else "", told
    )


def _basis(refresh: Refresh | None) -> Section:
    if refresh is None:
        return Section(_("What it rests on"), said=(say(NOTHING_YET),))
    text = Message(_("Figures as of {day}, the same as on the screen"), {"day": Day(day_number(refresh.as_of))})
    return Section(_("What it rests on"), said=(text.say(language()),))


def written_day(day: date) -> str:
    return str(formats.date_format(day, "DATE_FORMAT"))


def say(text: str) -> str:
    """A marked text."""
    return translate(text, language())


def sentences(messages: Iterable[Message | None]) -> list[str]:
    return [each.say(language()) for each in messages if each is not None]


def columns_of(analysis: Analysis, names: Sequence[str]) -> tuple[Column, ...]:
    """As the analysis calls them; sentences are texts on paper."""
    found = (analysis.column(name) for name in names)
    return tuple(
        Column(c.label, Unit.TEXT if c.unit in {Unit.SENTENCES, Unit.YES_NO} else c.unit, c.words) for c in found
    )


def rows_of(analysis: Analysis, names: Sequence[str], rows: Iterable[dict[str, Any]]) -> Table:
    """Rows of a result with these of its columns."""
    units = [analysis.column(name).unit for name in names]
    cells = [[_cell(row.get(name), unit) for name, unit in zip(names, units, strict=True)] for row in rows]
    return Table(columns_of(analysis, names), cells)


def _cell(value: Any, unit: Unit) -> Any:
    if value is None or unit not in {Unit.SENTENCES, Unit.YES_NO, Unit.TEXT}:
        return value
    said = spoken(value, unit, language())
    return str(value) if said is None else said
