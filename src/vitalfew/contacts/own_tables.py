"""The table ``buying_parts`` that analyses read: which part in buying contacts have, where it is said."""

from typing import Final

import pyarrow as pa

from vitalfew.contacts.models import Post

FEW: Final = 10_000
SCHEMA: Final = pa.schema([("contact", pa.string()), ("part", pa.string())])


def own_tables() -> dict[str, pa.Table]:
    rows = Post.objects.filter(put_away_at=None).exclude(part="").values_list("contact_id", "part")
    found = list(rows.iterator(chunk_size=FEW))
    columns = [[row[place] for row in found] for place in (0, 1)]
    return {"buying_parts": pa.table({"contact": columns[0], "part": columns[1]}, SCHEMA)}
