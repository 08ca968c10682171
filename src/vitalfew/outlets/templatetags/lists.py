"""How the lists of rooms are drawn."""

from collections.abc import Iterable
from typing import Any, Final

from django import template
from django.http import QueryDict
from django.utils.safestring import SafeString

from vitalfew.lists.listing import ListColumn, Wanted
from vitalfew.outlets.templatetags.figures import NONE, cell, tr
from vitalfew.outlets.templatetags.markup import joined, markup
from vitalfew.terms import Unit

register = template.Library()
NUMBERS: Final = frozenset({Unit.MONEY, Unit.SHARE, Unit.COUNT, Unit.DAYS, Unit.NUMBER})


@register.simple_tag
def list_cells(record: Any, columns: Iterable[ListColumn], currency: str = "") -> SafeString:
    """A line's cells in one go: the first leads to the record, the others to where their column says."""
    first, *rest = columns
    head = markup(
        '<td class="held"><a data-open href="{}">{}</a></td>', record.get_absolute_url(), first.value(record) or NONE
    )
    return joined([head, *(_cell(record, column, currency) for column in rest)])


def _cell(record: Any, column: ListColumn, currency: str) -> SafeString:
    written = cell(column.value(record), column.unit, currency, column.words)
    if column.link and (url := column.link(record)):
        written = markup('<a href="{}">{}</a>', url, written)
    side = "nowrap text-end" if column.unit in NUMBERS else "nowrap"
    return markup('<td class="{}" data-label="{}">{}</td>', side, tr(column.label), written)


@register.filter
def is_number(column: ListColumn) -> bool:
    return column.unit in NUMBERS


@register.simple_tag
def sorted_query(asked: QueryDict, column: ListColumn, wanted: Wanted) -> str:
    """The query that orders a list by a column; asked again, the other way round."""
    copy = asked.copy()
    copy.pop("after", None)
    here = wanted.order.name == column.name
    down = not wanted.descending if here else column.unit in NUMBERS or column.unit is Unit.DAY
    copy["order"] = f"-{column.name}" if down else column.name
    return copy.urlencode()
