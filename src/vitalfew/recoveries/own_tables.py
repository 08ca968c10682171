"""What analyses read of winning back: the attempts that were made, and whether they won the account back."""

from typing import Final

import pyarrow as pa

from vitalfew.recoveries.models import Recovery
from vitalfew.recoveries.words import TRIED, RecoveryState

ATTEMPTS: Final = pa.schema([("customer", pa.string()), ("won", pa.bool_())])


def own_tables() -> dict[str, pa.Table]:
    """One row an attempt that ended; who was left alone, and what was called off, is none."""
    rows = Recovery.objects.filter(
        put_away_at=None, winback_round__put_away_at=None, account__merged_into=None, state__in=TRIED
    )
    told = rows.order_by("pk").values_list("account__code", "state")
    given = [{"customer": code, "won": state == RecoveryState.RETURNED} for code, state in told]
    return {"recoveries": pa.Table.from_pylist(given, ATTEMPTS)}
