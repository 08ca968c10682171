"""The products we sell, by their codes."""

from django.conf import settings

from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES


def product_codes() -> set[str]:
    """The codes we sell under, as the product list and the order lines have them; empty where neither is there."""
    store = Store(settings.HOME.facts)
    parts = [
        f"SELECT DISTINCT product FROM ({current_sql(store.ledger(TABLES[table]).snapshot())}) WHERE product IS NOT NULL"  # noqa: S608  (our own texts)
        for table in ("products", "order_lines")
    ]
    return {row["product"] for row in rows_of(" UNION ".join(parts), {})}
