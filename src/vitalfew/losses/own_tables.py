"""What analyses read of losses: the reason that each account gave itself."""

from typing import Final

import pyarrow as pa

from vitalfew.losses.models import Loss
from vitalfew.losses.words import LossState
from vitalfew.terms import ChurnCause

REASONS: Final = pa.schema([("customer", pa.string()), ("cause", pa.string())])


def own_tables() -> dict[str, pa.Table]:
    """The latest of each account; what it could not tell is no reason."""
    rows = Loss.objects.filter(put_away_at=None, state=LossState.TALKED, account__merged_into=None)
    told = (
        rows.exclude(cause__in=("", ChurnCause.UNKNOWN)).order_by("lost_on", "pk").values_list("account__code", "cause")
    )
    given = [{"customer": code, "cause": cause} for code, cause in dict(told).items()]
    return {"loss_reasons": pa.Table.from_pylist(given, REASONS)}
