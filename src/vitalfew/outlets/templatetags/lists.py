"""How the lists of rooms are drawn."""

from collections.abc import Iterable
from typing import Any, Final

from django import template
from django.http import QueryDict
from django.utils.safestring import SafeString

from vitalfew.lists.listing import ListColumn, Wanted
from vitalfew.outlets.templatetags.markup import joined, markup
from vitalfew.outlets.templatetags.pen import NONE, Pen
from vitalfew.people.language import language
from vitalfew.terms import Unit

register = template.Library()
NUMBERS: Final = frozenset({Unit.MONEY, Unit.SHARE, Unit.COUNT, Unit.DAYS, Unit.NUMBER})
A_WORD: Final = 6
"""So many characters are a word or a name."""


@register.simple_tag
def list_lines(
    records: Iterable[Any], columns: Iterable[ListColumn], currency: str = "", choose: str = ""
) -> SafeString:
    """All lines in one go: the first cell leads to the record, the others to where their column says."""
    pen, (first, *rest) = Pen(language(), currency), columns
    check = _check if choose else _unpicked
    lines = (
        joined([check(record), _head(record, first, pen), *(_cell(record, column, pen) for column in rest)])
        for record in records
    )
    return joined([markup("<tr data-row>{}</tr>", line) for line in lines])


def _unpicked(_record: Any) -> SafeString:
    return SafeString("")


def _check(record: Any) -> SafeString:
    return markup(
        '<td class="check"><input class="form-check-input" type="checkbox" name="pk" data-select value="{}"'
        ' aria-label="{}"></td>',
        record.pk,
        str(record),
    )


def _head(record: Any, column: ListColumn, pen: Pen) -> SafeString:
    name = pen.cell(column.value(record), column.unit, column.words) or NONE
    side = "held nowrap" if _stays_whole(column, name) else "held"
    return markup('<td class="{}"><a data-open href="{}">{}</a></td>', side, record.get_absolute_url(), name)


def _cell(record: Any, column: ListColumn, pen: Pen) -> SafeString:
    written = pen.cell(column.value(record), column.unit, column.words)
    whole = _stays_whole(column, written)
    if column.link and (url := column.link(record)):
        written = markup('<a href="{}">{}</a>', url, written)
    side = "nowrap text-end" if is_number(column) else "nowrap" if whole else ""
    return markup('<td class="{}">{}</td>', side if column.narrow else f"{side or 'nowrap'} roomy", written)


def _stays_whole(column: ListColumn, written: str) -> bool:
    """A day, a word, a person's name: never broken in two, however narrow the screen."""
    return column.unit is Unit.DAY or len(written) <= A_WORD


@register.filter
def is_number(column: ListColumn) -> bool:
    return column.exact or column.unit in NUMBERS


@register.simple_tag
def sorted_query(asked: QueryDict, column: ListColumn, wanted: Wanted) -> str:
    """The query that orders a list by a column; asked again, the other way round."""
    copy = asked.copy()
    copy.pop("after", None)
    here = not wanted.in_turn and wanted.order.name == column.name
    down = not wanted.descending if here else is_number(column) or column.unit is Unit.DAY
    copy["order"] = f"-{column.name}" if down else column.name
    return copy.urlencode()


@register.simple_tag
def in_turn(asked: QueryDict) -> str:
    """The query that orders a queue by the green channel again."""
    copy = asked.copy()
    for name in ("after", "order"):
        copy.pop(name, None)
    return copy.urlencode()
