"""The lines of the account list: how each column is written is settled once, not once a cell."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from django import template
from django.utils.safestring import SafeString

from vitalfew.accounts.columns import ListColumn
from vitalfew.accounts.questions import Line
from vitalfew.language import translate
from vitalfew.outlets.templatetags.markup import escaped, joined, markup
from vitalfew.outlets.templatetags.pen import NONE, Pen
from vitalfew.people.language import language
from vitalfew.terms import Course, Risk, Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.models import Scorecard

register = template.Library()
FIGURES: Final = frozenset({Unit.MONEY, Unit.SHARE, Unit.DAYS, Unit.NUMBER})
TO_BE_COMPLETED: Final = _("to be completed")

Cell = Callable[[Line], str]
"""A line → the markup of one of its cells, escaped."""


@register.simple_tag
def account_lines(lines: Iterable[Line], columns: Iterable[ListColumn], currency: str, *, choose: bool) -> SafeString:
    """All lines in one go."""
    pen = Pen(language(), currency)
    cells = [*([_check] if choose else []), _name(pen), *(_figure(column, pen) for column in columns)]
    return joined([_row([cell(line) for cell in cells]) for line in lines])


def _row(cells: list[str]) -> SafeString:
    return SafeString(f"\n<tr data-row>{''.join(cells)}</tr>\n")


def _check(line: Line) -> SafeString:
    return markup(
        '<td class="check"><input class="form-check-input" type="checkbox" name="code" data-select value="{}"'
        ' aria-label="{}"></td>',
        line.account.code,
        line.account.name,
    )


def _name(pen: Pen) -> Cell:
    shape = '<td class="held"><a data-open href="{}">{}</a><div class="quiet">{}</div></td>'
    stub = translate(TO_BE_COMPLETED, pen.language)

    def cell(line: Line) -> SafeString:
        account = line.account
        known = [account.code, account.region, stub if account.stub else ""]
        return markup(shape, account.get_absolute_url(), account.name, " · ".join(filter(None, known)))

    return cell


def _figure(column: ListColumn, pen: Pen) -> Cell:
    """The cell of one column; the revenue has its months beside it."""
    room = "" if column.narrow else " roomy"
    side = f"nowrap text-end{room}" if column.unit in FIGURES else f"text{room}"
    written, curved = _written(column, pen), column.name == "revenue_12m"
    special = SAID.get(column.name)

    def cell(line: Line) -> str:
        if special and line.card and (said := special(line.card)):
            return f'<td class="text{room}">{escaped(translate(said, pen.language))}</td>'
        curve = f" {_safe(pen.spark(line.card.months))}" if curved and line.card else ""
        return f'<td class="{side}">{_safe(written(line.value(column.name)))}{curve}</td>'

    return cell


def _season(card: Scorecard) -> str | None:
    """Out of its season an account's silence tells no risk."""
    return Risk.QUIET.label if card.risk == Risk.QUIET else None


def _stake(card: Scorecard) -> str | None:
    return NONE if card.risk == Risk.QUIET else None


def _course(card: Scorecard) -> str | None:
    """Where growth and direction seem to say different things, which to heed."""
    course = Course.of(card.direction, card.growth)
    return None if course is Course.AS_IT_SEEMS else course.label


SAID: Final[Mapping[str, Callable[[Scorecard], str | None]]] = {
    "churn": _season, "at_stake": _stake, "direction": _course,
}  # fmt: skip
"""Columns that for some accounts say a word in place of the figure."""


def _safe(text: str) -> str:
    return text if isinstance(text, SafeString) else escaped(text)


def _written(column: ListColumn, pen: Pen) -> Callable[..., str]:
    """How the column's values are written."""
    special: dict[str, Callable[..., str]] = {
        "growth": pen.signed_percent,
        "tier": lambda value: pen.tier_badge(value) or NONE,
        "churn": pen.percent,
        "satisfaction": lambda value: pen.number(value, 0),
        "recency": pen.count,
    }
    if column.name in special:
        return special[column.name]
    if column.unit is Unit.TEXT:
        return lambda value: str(value or NONE)
    return lambda value: pen.cell(value, column.unit, column.words)
