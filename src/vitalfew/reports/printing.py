"""A handout on paper: A4, in the fonts of its language, the charts drawn as vectors."""

from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string

from vitalfew.charts import vector
from vitalfew.handouts import Column, Handout, Section
from vitalfew.language import translate
from vitalfew.paper import FONTS, laid_out
from vitalfew.people.language import language
from vitalfew.terms import Unit, label_of

MOST_ROWS: Final = 60
"""So many of a table are printed; a workbook has them all."""
SHORT: Final = 8


@dataclass(frozen=True)
class Part:
    """A section ready to be printed."""

    section: Section

    place: int

    @property
    def charts(self) -> list[tuple[str, str]]:
        """Each under its title: by what address the page names it."""
        return [(f"picture:{self.place}-{at}", spec["title"]) for at, spec in enumerate(self.section.charts)]

    @property
    def pictures(self) -> dict[str, str]:
        """What stands at these addresses."""
        drawn = zip(self.charts, self.section.charts, strict=True)
        return {address: vector(spec, language()) for (address, _title), spec in drawn}

    @property
    def all(self) -> int:
        return len(self.section.table.rows) if self.section.table else 0

    @property
    def rows(self) -> list[list[tuple[Any, Column, str]]]:
        """Each value with its column, and how it stands in it."""
        table = self.section.table
        if table is None:
            return []
        return [
            [(value, column, _standing(value, column)) for value, column in zip(row, table.columns, strict=True)]
            for row in table.rows[:MOST_ROWS]
        ]


def _standing(value: Any, column: Column) -> str:
    """Figures by their last digit; days, codes and short words on one line."""
    if column.is_figure:
        return "text-end"
    said = translate(label_of(column.words, value), language()) if column.words and value else ""
    return "short" if column.unit in {Unit.DAY, Unit.CODE} or 0 < len(said) <= SHORT else ""


def pdf(told: Handout) -> bytes:
    """The handout as PDF."""
    parts = [Part(each, place) for place, each in enumerate(told.told)]
    page = render_to_string("reports/paper.html", {"told": told, "font": FONTS[language()], "parts": parts})
    pictures = {address: drawn for part in parts for address, drawn in part.pictures.items()}
    made: bytes = laid_out(page, pictures).write_pdf()
    return made
