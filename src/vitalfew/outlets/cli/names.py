"""What accounts are called, beside their codes on the terminal."""

from collections.abc import Collection

import narwhals as nw

from vitalfew.catalogue import Frame
from vitalfew.warehouse.sources import Source

Names = dict[str, str]


def names_of(source: Source, codes: Collection[str]) -> Names:
    """As the customers' own table says, else as the orders do; an account without a name is left out."""
    places = (("customers", "name"), ("order_lines", "customer_name"))
    found: Names = {}
    for table, column in places:
        missing = [code for code in codes if code not in found]
        if missing and table in source.names:
            found |= _read(source.frame(table, None), column, missing)
    return found


def _read(frame: Frame, column: str, codes: list[str]) -> Names:
    named = frame.filter(nw.col("customer").is_in(codes), ~nw.col(column).is_null()).select(
        "customer", name=nw.col(column)
    )
    rows = named.group_by("customer").agg(nw.col("name").max()).collect("pyarrow").to_native().to_pylist()
    return {row["customer"]: row["name"] for row in rows if row["name"] != row["customer"]}
