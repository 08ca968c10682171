"""What is available, as INVRPT of EDIFACT D.96A or 846 of X12: as everywhere, whether there is enough, never how much."""

from typing import Final

from django.conf import settings
from django.utils import timezone

from vitalfew.exchange.edi import edifact, x12
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.offering import Table
from vitalfew.exchange.words import Enough, Format

SAID: Final = {Enough.ENOUGH: "AVAILABLE", Enough.SHORT: "SHORT SUPPLY"}


def written(exchange: DataExchange, table: Table, kind: Format) -> bytes:
    """Dated and numbered by the moment."""
    now = timezone.localtime()
    day, number = now.strftime("%Y%m%d"), int(now.timestamp()) % 10**9
    sides = settings.FIRM or "VITALFEW", exchange.account.code
    rows = [(str(place), str(row["product"]), SAID[row["state"]]) for place, row in enumerate(table.rows, 1)]
    if kind == Format.X12:
        lines = [
            segment
            for place, code, said in rows
            for segment in (("LIN", place, "VN", code), ("PID", "F", "", "", "", said))
        ]
        body = [("BIA", "00", "SI", str(number), day), *lines, ("CTT", str(len(rows)))]
        return x12.written(("846", "IB"), body, sides, number, now)
    items = [
        segment for place, code, said in rows
        for segment in (("LIN", place, "", [code, "SA"]), ("IMD", "F", "", ["", "", "", said]))
    ]  # fmt: skip
    begun = [
        ("BGM", "35", str(number), "9"),
        ("DTM", ["137", day, "102"]),
        ("NAD", "SU", [sides[0][:17]]),
        ("NAD", "BY", [sides[1][:17]]),
    ]
    return edifact.written("INVRPT", [*begun, *items], sides, str(number), now)
