"""What is handed out, before it is paper or a workbook: sections of sentences, figures, a table, a chart.

Rooms make handouts of what the screen shows a user; how they look on paper and in a workbook is said once, elsewhere.

    Handout("华东光电", "客户报告", "2026年3月31日", "CNY", (Section("目前情况", said=("净销售额上升",)), …))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vitalfew.terms import Term, Unit

FIGURES: Final = frozenset({Unit.MONEY, Unit.SHARE, Unit.COUNT, Unit.NUMBER, Unit.DAYS})


@dataclass(frozen=True)
class Column:
    """A column of a table, or the name of a single figure: a marked text."""

    label: str
    unit: Unit = Unit.TEXT
    words: type[Term] | None = None

    @property
    def is_figure(self) -> bool:
        """Whether its values stand under one another by their last digit."""
        return self.unit in FIGURES


@dataclass(frozen=True)
class Figure:
    """One figure under its name; ``about`` says with what it goes, as its range."""

    column: Column
    value: Any
    about: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of plain values; ``more`` so many further ones that are not told."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    more: int = 0


@dataclass(frozen=True)
class Section:
    """A part with its title, a marked text; sentences are in the reader's language, a chart is as pages draw it."""

    title: str
    said: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    table: Table | None = None
    charts: Sequence[Mapping[str, Any]] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.figures or self.charts or (self.table and self.table.rows))


@dataclass(frozen=True)
class Handout:
    """A whole one, in one language and one currency. ``kind`` and ``day`` are written out."""

    title: str
    kind: str
    day: str
    currency: str
    sections: Sequence[Section] = field(default_factory=tuple)

    @property
    def told(self) -> list[Section]:
        """The sections that say something."""
        return [each for each in self.sections if not each.is_empty]
