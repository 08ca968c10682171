"""The days, the stage and the next day of a journey, from its own days and what became of its checks."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from vitalfew.journeys.due import due
from vitalfew.journeys.models import Check, Journey
from vitalfew.journeys.words import STAGES, After, CheckState, Stage
from vitalfew.workdays import Calendar

PLACES: Final = {stage.value: place for place, stage in enumerate(STAGES)}


def in_order(checks: Iterable[Check]) -> list[Check]:
    return sorted(checks, key=lambda each: (PLACES[each.stage], each.place, each.round, each.pk or 0))


def in_stages(rows: Iterable[Any]) -> list[tuple[Stage, list[Any]]]:
    """By stage, in their order."""
    known = list(rows)
    return [(stage, [each for each in known if each.stage == stage]) for stage in STAGES]


def kept(row: Journey) -> list[Check]:
    """Its checks in the order of stages."""
    return in_order(row.checks.filter(put_away_at=None).select_related("owner"))


def dated(row: Journey, calendar: Calendar) -> list[Check]:
    """Give its open checks their days, and the journey its stage and next day; gives its checks.

    Nothing was due before the journey began. A round of a check that comes again keeps the day that followed from the round
    before.
    """
    checks = kept(row)
    changed = [each for place, each in enumerate(checks) if each.is_open and _moved(row, checks, place, calendar)]
    Check.objects.bulk_update(changed, ["due"])
    _placed(row, checks)
    return checks


def _moved(row: Journey, checks: list[Check], place: int, calendar: Calendar) -> bool:
    check = checks[place]
    if check.round > 1:
        return False
    before, day = check.due, due(_anchor(row, checks, place), calendar, check.days, check.months)
    check.due = calendar.after(row.opened_on, 1) if day and day < row.opened_on else day
    return before != check.due


def _anchor(row: Journey, checks: list[Check], place: int) -> date | None:
    days: dict[str, date | None] = {
        After.OPENING: row.opened_on, After.ORDER: row.ordered_on, After.PROMISED: row.promised_on,
        After.DELIVERY: row.delivered_on,
    }  # fmt: skip
    if checks[place].after != After.CHECK:
        return days[checks[place].after]
    return checks[place - 1].settled_on if place else row.opened_on


def _placed(row: Journey, checks: list[Check]) -> None:
    opened = [each for each in checks if each.is_open]
    days = [each.due for each in opened if each.due]
    row.next_due = min(days, default=None)
    row.stage = opened[0].stage if opened else (checks[-1].stage if checks else Stage.BEFORE.value)
    Journey.objects.filter(pk=row.pk).update(next_due=row.next_due, stage=row.stage)


def all_settled(checks: Iterable[Check]) -> bool:
    return all(each.state != CheckState.OPEN for each in checks)
