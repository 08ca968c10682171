"""The table ``promises`` that analyses read: to whom, due when, and what became of it."""

from typing import Final

import pyarrow as pa

from vitalfew.accounts.models import Account
from vitalfew.promises.models import Promise

SCHEMA: Final = pa.schema(
    [
        ("customer", pa.string()), ("made_on", pa.date32()), ("due", pa.date32()), ("state", pa.string()),
        ("settled_on", pa.date32()),
    ]
)  # fmt: skip
AT_A_TIME: Final = 10_000


def own_tables() -> dict[str, pa.Table]:
    rows = Promise.objects.filter(put_away_at=None, account__in=Account.objects.all()).order_by("pk")
    names = ("account__code", "made_on", "due", "state", "settled_on")
    columns = list(zip(*rows.values_list(*names).iterator(chunk_size=AT_A_TIME), strict=True)) or [()] * len(SCHEMA)
    arrays = [pa.array(cells, field.type) for cells, field in zip(columns, SCHEMA, strict=True)]
    return {"promises": pa.Table.from_arrays(arrays, schema=SCHEMA)}
