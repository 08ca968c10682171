"""A handout as a workbook: figures and days are real ones with their formats, tables can be filtered, charts are its own."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from vitalfew.handouts import Column, Figure, Handout, Section
from vitalfew.language import translate
from vitalfew.lists.files import SHAPES, put
from vitalfew.people.language import language
from vitalfew.terms import Unit, label_of
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_of

TITLE: Final = 31
"""So long a sheet's name may be."""
FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
WIDE: Final = {Unit.TEXT: 28, Unit.WORD: 18, Unit.CODE: 14}
LEAST: Final = 14
DRAWN: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "spark-months": ("column", ("points",)), "line": ("line", ("points",)), "band": ("line", ("past", "mean", "low", "high")),
    "curve": ("line", ("points",)), "bars": ("bar", ("points",)), "top": ("bar", ("points",)),
    "points": ("scatter", ("points",)),
}  # fmt: skip
"""How a chart of the page is one of a workbook, and which of its rows of figures are drawn."""
SERIES: Final = {"past": _("As it was"), "mean": _("Expected"), "low": _("At least"), "high": _("At most")}


class Book:
    """One workbook while it is written."""

    def __init__(self, told: Handout) -> None:
        import xlsxwriter

        self.told, self.buffer = told, io.BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, {"strings_to_formulas": False, "strings_to_urls": False})
        self.head = self.book.add_format({"bold": True})
        self.formats: dict[Any, Any] = {
            unit: self.book.add_format({"num_format": shape}) for unit, shape in SHAPES.items()
        }
        self.names: set[str] = set()

    def written(self) -> bytes:
        self._front()
        for section in self.told.told:
            if section.table or section.charts:
                self._sheet(section)
        self.book.close()
        return self.buffer.getvalue()

    def _front(self) -> None:
        """What is said, and the single figures, on the first sheet."""
        sheet = self.book.add_worksheet(self._named(self.told.kind))
        wrapped = self.book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 2, 60, wrapped)
        for row, text in enumerate((self.told.title, f"{self.told.kind} · {self.told.day}")):
            sheet.write_string(row, 0, text, self.head)
        row = 3
        for section in self.told.told:
            if section.said or section.figures:
                sheet.write_string(row, 0, _said(section.title), self.head)
                row = self._told(sheet, row + 1, section) + 1

    def _told(self, sheet: Any, row: int, section: Section) -> int:
        for text in section.said:
            sheet.write_string(row, 1, text)
            row += 1
        for each in section.figures:
            self._figure(sheet, row, each)
            row += 1
        return row

    def _figure(self, sheet: Any, row: int, told: Figure) -> None:
        sheet.write_string(row, 0, _said(told.column.label))
        put(sheet, row, 1, _plain(told.value, told.column), self.formats.get(told.column.unit))
        if told.about:
            sheet.write_string(row, 2, told.about)

    def _sheet(self, section: Section) -> None:
        sheet = self.book.add_worksheet(self._named(_said(section.title)))
        across = self._table(sheet, section) if section.table else 0
        for place, spec in enumerate(section.charts):
            self._chart(sheet, spec, across + 1 + place * 8)

    def _table(self, sheet: Any, section: Section) -> int:
        table = section.table
        if table is None:
            return 0
        sheet.write_row(0, 0, [_said(column.label) for column in table.columns], self.head)
        for at, row in enumerate(table.rows, 1):
            for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
                put(sheet, at, place, _plain(value, column), self.formats.get(column.unit))
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, WIDE.get(column.unit, LEAST))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        return len(table.columns)

    def _chart(self, sheet: Any, spec: Mapping[str, Any], column: int) -> None:
        """The figures beside the chart that is drawn of them."""
        if spec["kind"] not in DRAWN:
            return
        kind, series = DRAWN[spec["kind"]]
        names, rows = _points(spec, series)
        shape = self.formats.get(spec.get("unit"))
        sheet.write_row(0, column, [spec["x"], *(_label(spec, name) for name in series)], self.head)
        for at, name in enumerate(names, 1):
            put(sheet, at, column, name, None)
            for place, values in enumerate(rows, column + 1):
                put(sheet, at, place, values[at - 1], shape)
        drawn = self.book.add_chart({"type": kind})
        for place in range(column + 1, column + 1 + len(rows)):
            drawn.add_series({
                "name": [sheet.name, 0, place], "categories": [sheet.name, 1, column, len(names), column],
                "values": [sheet.name, 1, place, len(names), place],
            })  # fmt: skip
        drawn.set_title({"name": spec["title"], "name_font": {"size": 11}, "overlay": False})
        drawn.set_legend({"none": len(rows) == 1})
        drawn.set_size({"width": 720, "height": 320})
        sheet.insert_chart(1, column + len(rows) + 1, drawn)

    def _named(self, title: str) -> str:
        """A name that a sheet can have, and no other one has."""
        plain = " ".join(title.translate(FORBIDDEN).split())[:TITLE]
        found = next(
            name
            for name in (plain, *(f"{plain[: TITLE - 3]} {n}" for n in range(2, 99)))
            if name.lower() not in self.names
        )
        self.names.add(found.lower())
        return found


def xlsx(told: Handout) -> bytes:
    """The handout as a workbook."""
    return Book(told).written()


def _points(spec: Mapping[str, Any], series: tuple[str, ...]) -> tuple[list[Any], list[list[Any]]]:
    """What stands along the axis, and the rows of figures over it."""
    if spec["kind"] in {"curve", "points"}:
        return [x for x, _y in spec["points"]], [[y for _x, y in spec["points"]]]
    return list(spec["names"]), [list(spec[name]) for name in series]


def _label(spec: Mapping[str, Any], name: str) -> str:
    return str(spec["y"]) if name == "points" else _said(SERIES[name])


def _said(label: str) -> str:
    return translate(label, language())


def _plain(value: Any, column: Column) -> Any:
    """A code as people call it, a day as a day, a moment as the clock of the house shows it; figures as they are."""
    if column.words and value:
        return _said(label_of(column.words, value))
    if column.unit in {Unit.DAY, Unit.MONTH} and isinstance(value, int):
        return day_of(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value
