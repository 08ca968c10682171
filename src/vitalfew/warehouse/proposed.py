"""Next actions as rows of the database: what lists of work rank and filter."""

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from vitalfew.warehouse.inserts import drop, insert
from vitalfew.warehouse.models import Proposal, Refresh
from vitalfew.warehouse.run import day_of

NAMES: Final = ("refresh", "customer", "rank", "open_rank", "action", "why", "due", "effect", "priority", "guarded")
PIECE: Final = 20_000


def write(row: Refresh, actions: pa.Table | None) -> None:
    """The refresh's proposals, in place of those it may have written before it was killed."""
    drop(Proposal.objects.filter(refresh=row))
    if actions is not None:
        insert(Proposal, NAMES, _rows(row, actions))


def _rows(row: Refresh, actions: pa.Table) -> Iterator[tuple[Any, ...]]:
    known = actions.set_column(actions.column_names.index("priority"), "priority", actions["priority"].fill_null(0.0))
    due = NAMES.index("due") - 1
    for piece in known.select(NAMES[1:]).to_batches(max_chunksize=PIECE):
        for cells in zip(*(column.to_pylist() for column in piece.columns), strict=True):
            yield (row.pk, *cells[:due], day_of(cells[due]), *cells[due + 1 :])
