"""Small books written by hand, for analyses."""

from datetime import date

import pyarrow as pa

import vitalfew


def lines(*rows, **more):
    """Order lines from (customer, day, amount[, cost]) with a number each."""
    columns = {
        "order_id": [f"O{number}" for number in range(len(rows))],
        "line_no": ["1"] * len(rows),
        "customer": [row[0] for row in rows],
        "ordered_on": [date.fromisoformat(row[1]) for row in rows],
        "quantity": [-1 if row[2] < 0 else 1 for row in rows],
        "amount": [float(row[2]) for row in rows],
        **more,
    }
    if any(len(row) > 3 for row in rows):
        columns["cost"] = [float(row[3]) if len(row) > 3 else None for row in rows]
    return pa.table(columns)


def ask(name, rows, as_of=None, **options):
    """The analysis of hand-written lines: its rows by account, and its figures."""
    tables = {each: options.pop(each) for each in list(options) if isinstance(options[each], pa.Table)}
    return vitalfew.analyse(name, order_lines=rows, as_of=as_of, options=options, **tables)


def by_account(result):
    return {row["customer"]: row for row in result.table.to_pylist()}
