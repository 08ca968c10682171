"""Ideas of accounts go to the facts, as a newer version of the same row where they change: what accounts' knowledge is worth.

One that was put away after the facts had it is worth nothing from then on, for facts are never taken out.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pyarrow as pa

from vitalfew.ideas.models import Idea
from vitalfew.ideas.words import Sort
from vitalfew.rooms import OURS
from vitalfew.terms import Knowledge
from vitalfew.warehouse import scorecards

Told = Callable[[frozenset[int]], None]
SCHEMA: Final = pa.schema(
    [
        ("event", pa.string()), ("customer", pa.string()), ("happened_on", pa.date32()), ("kind", pa.string()),
        ("probability", pa.float64()), ("gain", pa.float64()), ("cost", pa.float64()), ("currency", pa.string()),
        ("expected_on", pa.date32()), ("evidence", pa.string()),
    ]
)  # fmt: skip


def facts() -> Iterator[tuple[str, pa.Table, Told]]:
    """The rows that the facts don't know as they are here, and what to do when they are stored."""
    changed = Idea.objects.filter(given=False).exclude(account=None)
    rows = list(
        (changed.filter(put_away_at=None) | changed.filter(known=True)).select_related("account").order_by("pk")
    )
    if rows:
        refresh = scorecards.current()
        told = [_row(row, refresh.currency if refresh and refresh.currency else None) for row in rows]
        yield "knowledge-events", pa.Table.from_pylist(told, SCHEMA), lambda rejected: _given(rows, rejected)


def _row(row: Idea, currency: str | None) -> dict[str, Any]:
    return {
        "event": f"{OURS}idea-{row.pk}", "customer": row.account.code if row.account else "", "happened_on": row.said_on,
        "kind": kind(row), "currency": currency, "expected_on": row.expected_on, "evidence": row.number, **_worth(row),
    }  # fmt: skip


def _worth(row: Idea) -> dict[str, float | None]:
    if row.put_away_at:
        return {"probability": 0.0, "gain": 0.0, "cost": 0.0}
    gain, cost = (None if each is None else float(each) for each in (row.gain, row.cost))
    return {"probability": row.probability, "gain": gain, "cost": cost}


def kind(row: Idea) -> str:
    """As the analysis calls it: tried with the account that had it, it is a trial."""
    if row.pilots.filter(account=row.account, put_away_at=None).exists():
        return Knowledge.TRIAL.value
    return (Knowledge.IDEA if row.sort == Sort.IDEA else Knowledge.FEEDBACK).value


def _given(rows: list[Idea], rejected: frozenset[int]) -> None:
    """Those that were taken, and were not changed meanwhile."""
    for place, row in enumerate(rows):
        if place not in rejected:
            Idea.objects.filter(pk=row.pk, version=row.version).update(given=True, known=True)
