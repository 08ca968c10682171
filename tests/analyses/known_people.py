"""Contacts and touches written by hand."""

from datetime import date

import pyarrow as pa


def contacts(*rows):
    """(customer, contact_id[, level[, title[, influence[, attitude[, since[, left_on]]]]]])."""
    names = ("customer", "contact_id", "level", "title", "influence", "attitude", "since", "left_on")
    columns = {name: [row[place] if place < len(row) else None for row in rows] for place, name in enumerate(names)}
    days = {name: [day and date.fromisoformat(day) for day in columns[name]] for name in ("since", "left_on")}
    return pa.table({**columns, **days, "name": [f"Person {row[1]}" for row in rows]}, SCHEMA)


SCHEMA = pa.schema(
    [
        *(pa.field(name, pa.string()) for name in ("customer", "contact_id", "level", "title", "influence", "attitude")),
        pa.field("since", pa.date32()), pa.field("left_on", pa.date32()), pa.field("name", pa.string()),
    ]
)  # fmt: skip


LONG_AGO = ("elsewhere", "somebody", "one of ours", "2024-01-01")


def touches(*rows, logged_for_long=True):
    """(customer, contact, our_person, day[, times]); some are kept since long ago, elsewhere."""
    each = [row[:4] for row in rows for _ in range(row[4] if len(row) > 4 else 1)]
    each += [LONG_AGO] if rows and logged_for_long else []
    return pa.table(
        {
            "customer": [row[0] for row in each],
            "contact": [row[1] for row in each],
            "our_person": [row[2] for row in each],
            "touched_on": [date.fromisoformat(row[3]) for row in each],
        }
    )
