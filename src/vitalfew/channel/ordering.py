"""A queue in the database in the order of the green channel, page after page.

    what comes before all, turn, the day it came (of what has waited long enough), what orders it within, its number

The next page starts after the last row's values of all of these. What waits no more follows in the order that the list has
without a queue.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Case, DateField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Least
from django.utils import timezone

from vitalfew.channel.questions import cutoff
from vitalfew.channel.turns import REST, WAITED
from vitalfew.rooms import Queue

LATEST: Final = date.max
Keys = list[tuple[str, bool]]
"""Annotations by which it is ordered, and whether the largest comes first."""


def in_turn(found: QuerySet[Any], queue: Queue) -> QuerySet[Any]:
    """Those that wait, whose turn it is first."""
    signed = [("-" if last else "") + name for name, last in keys(queue)]
    ordered: QuerySet[Any] = told(found.filter(**queue.waits), queue).order_by(*signed)
    return ordered


def keys(queue: Queue) -> Keys:
    own = [(name, field.startswith("-")) for name, field in _own(queue).items()]
    first, within = own[: len(queue.first)], own[len(queue.first) :]
    return [*first, ("turn", False), ("turn_day", False), *within, ("pk", False)]


def told(found: QuerySet[Any], queue: Queue) -> QuerySet[Any]:
    """Each with its turn and what orders it within."""
    waited = Q(**{f"{queue.arrived}__lt": _since(queue)})
    rank = _rank(queue)
    own = {name: F(field.lstrip("-")) for name, field in _own(queue).items()}
    ranked: QuerySet[Any] = found.annotate(
        turn=Case(When(waited, then=Value(WAITED)), default=rank, output_field=IntegerField()),
        turn_day=Case(When(waited, then=Cast(queue.arrived, DateField())), default=Value(LATEST), output_field=DateField()),
        **own,
    )  # fmt: skip
    return ranked


def after(found: QuerySet[Any], queue: Queue, values: Sequence[Any]) -> QuerySet[Any]:
    """Those that follow the row with these values of the keys."""
    names = keys(queue)
    steps = []
    for n, (name, last) in enumerate(names):
        same = {names[k][0]: values[k] for k in range(n)}
        steps.append(Q(**same, **{f"{name}__{'lt' if last else 'gt'}": values[n]}))
    return found.filter(reduce(or_, steps))


def values_of(row: Any, queue: Queue) -> list[Any]:
    return [getattr(row, name) for name, _last in keys(queue)]


def _own(queue: Queue) -> dict[str, str]:
    """The fields that order it beside the turn, by the names they get: those before it, then those within it."""
    return {f"turn_{n}": field for n, field in enumerate((*queue.first, *(queue.within or (queue.arrived,))))}


def _rank(queue: Queue) -> Any:
    """The sooner one, where it is the business of two."""
    ranks = [Coalesce(F(f"{name}__turn"), Value(REST)) for name in queue.accounts]
    return Least(*ranks) if len(ranks) > 1 else ranks[0]


def _since(queue: Queue) -> Any:
    day = cutoff()
    return timezone.make_aware(datetime.combine(day, time.min)) if queue.timed else day
