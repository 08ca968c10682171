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


def answers(*rows, low=1, high=10):
    """Survey answers from (customer, day, respondent, item, score[, competitor])."""
    return pa.table(
        {
            "response_id": [f"R{number}" for number in range(len(rows))],
            "item": [row[3] for row in rows],
            "customer": [row[0] for row in rows],
            "answered_on": [date.fromisoformat(row[1]) for row in rows],
            "respondent": [row[2] for row in rows],
            "scale_min": [float(low)] * len(rows),
            "scale_max": [float(high)] * len(rows),
            "score": [float(row[4]) for row in rows],
            "competitor": [row[5] if len(row) > 5 else None for row in rows],
        },
        schema_of_answers,
    )


schema_of_answers = pa.schema(
    {
        "response_id": pa.string(), "item": pa.string(), "customer": pa.string(), "answered_on": pa.date32(),
        "respondent": pa.string(), "scale_min": pa.float64(), "scale_max": pa.float64(), "score": pa.float64(),
        "competitor": pa.string(),
    }
)  # fmt: skip
