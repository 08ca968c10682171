"""One account's facts, straight from the ledgers: orders, products, contacts, complaints, answers.

The files are sorted by account, so only a few of their blocks are read. An account's ``codes`` are its own and those
merged into it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from vitalfew.home import Home
from vitalfew.terms import Activity
from vitalfew.warehouse.engines.duck import current_sql, named, one_of, rows_of
from vitalfew.warehouse.known import aliases
from vitalfew.warehouse.merged import ANSWER, RESPONSE
from vitalfew.warehouse.run import day_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

ORDERS: Final = 30
BEHIND: Final = 50
"""So many rows behind a figure are shown."""
OVERDUE: Final = "due_on < {day} AND (paid_on IS NULL OR paid_on > {day}) AND invoiced_on <= {day}"
"""Past due and not paid by a day."""
UNDER_WAY: Final = "delivered_on IS NULL AND promised_on IS NOT NULL AND quantity > 0"
"""A line that was promised, and has not come; what an exchange tells of its orders is the same."""
IN: Final = "coalesce(currency, '')"
SPOKEN: Final = f"{IN} AS currency"
"""Amounts of different currencies are never added."""

Days = tuple[int | None, int | None]
"""A first and a last day, each as far as it matters."""
GONE: Final = {RESPONSE: "response_id", ANSWER: "response_id || chr(10) || item"}
"""By what survey answers that were taken back are known."""
ALL_DAYS: Final[Days] = (None, None)


def _rows(home: Home, table: str, columns: str, codes: list[str], rest: str = "") -> list[dict[str, Any]]:
    source, gone = _standing(home, table)
    query = f"SELECT {columns} FROM ({source}) WHERE {one_of(codes)} {rest}"  # noqa: S608  (our own texts; codes are parameters)
    return rows_of(query, named(codes) | gone)


def _standing(home: Home, table: str) -> tuple[str, dict[str, list[str]]]:
    """The query for a table's current rows, without survey answers that were taken back, and its parameters."""
    source = current_sql(Store(home.facts).ledger(TABLES[table]).snapshot())
    if table != "surveys":
        return source, {}
    said = aliases()
    gone = {name: sorted(said.get(name, {})) for name in GONE if said.get(name)}
    if not gone:
        return source, {}
    stands = " AND ".join(f"NOT list_contains(${name}, {GONE[name]})" for name in gone)
    return f"SELECT * FROM ({source}) WHERE {stands}", gone  # noqa: S608  (our own texts; numbers are parameters)


def orders(
    home: Home, codes: list[str], most: int = ORDERS, days: Days = ALL_DAYS, skip: int = 0
) -> list[dict[str, Any]]:
    """The latest orders, those of some days if asked so; one in several currencies is there with each."""
    columns = (
        f"order_id, max(ordered_on) AS ordered_on, count(*) AS lines, sum(amount)::DOUBLE AS amount, {SPOKEN}, "
        "max(promised_on) AS promised_on, max(delivered_on) AS delivered_on, min(_import) AS import_id, "
        f"min(promised_on) FILTER (WHERE {UNDER_WAY}) AS under_way"
    )
    page = f"LIMIT {int(most)} OFFSET {int(skip)}"
    rest = f"{_within(days)} GROUP BY order_id, {IN} ORDER BY 2 DESC, 1 DESC, {IN} {page}"
    return _rows(home, "order_lines", columns, codes, rest)


def summed(home: Home, codes: list[str], days: Days = ALL_DAYS) -> list[dict[str, Any]]:
    """What orders add up to, in each currency, and how many they are."""
    columns = f"count(DISTINCT order_id) AS n, sum(amount)::DOUBLE AS amount, {SPOKEN}"
    return _rows(home, "order_lines", columns, codes, f"{_within(days)} GROUP BY {IN} ORDER BY 1 DESC, {IN}")


def _within(days: Days) -> str:
    """The condition that an order was of these days, both included."""
    since, until = days
    after = "" if since is None else f"AND ordered_on >= {int(since)} "
    return after if until is None else f"{after}AND ordered_on <= {int(until)}"


def products(home: Home, codes: list[str], most: int = 15) -> list[dict[str, Any]]:
    """What it buys, in each currency by net sales, that of most orders first."""
    columns = (
        f"product, max(product_name) AS name, sum(amount)::DOUBLE AS amount, sum(quantity)::DOUBLE AS quantity, "
        f"max(ordered_on) AS latest, {SPOKEN}"
    )
    first = f"sum(count(*)) OVER (PARTITION BY {IN}) DESC, {IN}"
    rest = f"AND product IS NOT NULL GROUP BY product, {IN} ORDER BY {first}, 3 DESC, 1 LIMIT {int(most)}"
    rows = _rows(home, "order_lines", columns, codes, rest)
    names = product_names(home, [row["product"] for row in rows])
    return [{**row, "name": names.get(row["product"]) or row["name"]} for row in rows]


def product_names(home: Home, codes: list[str]) -> Mapping[str, str]:
    """The products' names as the product list has them."""
    if not codes:
        return {}
    source = current_sql(Store(home.facts).ledger(TABLES["products"]).snapshot())
    query = f"SELECT product, name FROM ({source}) WHERE product IN (SELECT unnest($codes))"  # noqa: S608  (our own texts; the codes are a parameter)
    return {row["product"]: row["name"] for row in rows_of(query, {"codes": codes})}


def named_products(home: Home, codes: list[str], asked: list[str]) -> set[str]:
    """Those of the products asked for that the product list has, or an order of the account."""
    if not asked:
        return set()
    wanted = "product IN (SELECT unnest($asked))"
    lines = current_sql(Store(home.facts).ledger(TABLES["order_lines"]).snapshot())
    query = f"SELECT DISTINCT product FROM ({lines}) WHERE {one_of(codes)} AND {wanted}"  # noqa: S608  (our own texts; the codes are parameters)
    ordered = {row["product"] for row in rows_of(query, {**named(codes), "asked": asked})}
    return ordered | set(product_names(home, asked))


def with_product_names(home: Home, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of any analysis, their products called by name, the code behind it."""
    names = product_names(home, sorted({row["product"] for row in rows if row.get("product")}))
    return [_renamed(row, names) for row in rows]


def _renamed(row: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    code = str(row.get("product"))
    return {**row, "product": f"{names[code]} {code}"} if code in names else row


def contacts(home: Home, codes: list[str]) -> list[dict[str, Any]]:
    columns = "contact_id, name, level, title, department, email, phone, influence, attitude, since, left_on"
    return _rows(home, "contacts", columns, codes, "ORDER BY left_on IS NOT NULL, contact_id")


def complaints(home: Home, codes: list[str], most: int = 50) -> list[dict[str, Any]]:
    columns = "complaint_id, received_on, channel, category, text, severity, first_reply_on, closed_on, outcome"
    return _rows(home, "complaints", columns, codes, f"ORDER BY received_on DESC, complaint_id LIMIT {int(most)}")


def answers(home: Home, codes: list[str]) -> list[dict[str, Any]]:
    """Survey answers about us, by question and scale: how many, mean, latest."""
    columns = "item, count(*) AS n, avg(score) AS mean, scale_min AS low, scale_max AS high, max(answered_on) AS latest"
    rest = "AND competitor IS NULL GROUP BY item, scale_min, scale_max ORDER BY item, latest DESC, high"
    return _rows(home, "surveys", columns, codes, rest)


def responses(home: Home, codes: list[str], most: int = 50) -> list[dict[str, Any]]:
    """The latest surveys that somebody of the account's answered."""
    columns = "response_id, max(answered_on) AS answered_on, max(respondent) AS respondent, count(*) AS n"
    rest = f"AND competitor IS NULL GROUP BY response_id ORDER BY 2 DESC, 1 LIMIT {int(most)}"
    return _rows(home, "surveys", columns, codes, rest)


def service(home: Home, codes: list[str]) -> list[dict[str, Any]]:
    """The cost to serve by activity, in each currency."""
    columns = f"activity, count(*) AS n, sum(cost)::DOUBLE AS cost, sum(hours) AS hours, {SPOKEN}"
    return _rows(home, "service_costs", columns, codes, f"GROUP BY activity, {IN} ORDER BY 3 DESC, 1, {IN}")


def visits(home: Home, codes: list[str]) -> list[dict[str, Any]]:
    """The visits of the cost record, the latest first: whom they met is not in it."""
    columns = "entry_id, spent_on, hours"
    rest = f"AND activity = '{Activity.VISIT.value}' ORDER BY spent_on DESC, entry_id"
    return _rows(home, "service_costs", columns, codes, rest)


def overdue(home: Home, codes: list[str], as_of: int) -> Mapping[str, Any]:
    """Invoices past due and not paid by a day: how many, and the amount in each currency."""
    columns = f"count(*) AS n, sum(amount)::DOUBLE AS amount, {SPOKEN}"
    rest = f"AND {OVERDUE.format(day=int(as_of))} GROUP BY {IN} ORDER BY 1 DESC, {IN}"
    amounts = _rows(home, "payments", columns, codes, rest)
    return {"n": sum(row["n"] for row in amounts), "amounts": amounts}


def counted(home: Home, table: str, codes: list[str]) -> int:
    """How many rows of a table are the account's."""
    return int(_rows(home, table, "count(*) AS n", codes)[0]["n"])


def behind(home: Home, table: str, codes: list[str], condition: str, value: str = "") -> list[dict[str, Any]]:
    """Whole rows, the latest first, each with its import and line, one more than are shown.

    ``condition`` is a text of ours; what somebody asked for is its parameter ``$value``.
    """
    declared = TABLES[table]
    source, gone = _standing(home, table)
    order = ", ".join([*([f"{declared.day} DESC"] if declared.day else []), *declared.key])
    query = (
        f"SELECT {', '.join(declared.by_name)}, _import, _line FROM ({source}) "  # noqa: S608  (our own texts)
        f"WHERE {one_of(codes)} AND {condition} ORDER BY {order} LIMIT {BEHIND + 1}"
    )
    return rows_of(query, named(codes) | gone | ({"value": value} if "$value" in condition else {}))


def dated(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its days as dates."""
    return {
        name: day_of(value) if isinstance(value, int) and (name.endswith("_on") or name == "since") else value
        for name, value in row.items()
    }
