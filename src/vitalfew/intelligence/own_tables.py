"""What analyses read of intelligence: sentences for `one-to-one`, offers for `churn-causes`, sums for `delivered-value`.

Only what was not put away nor superseded, and not what is graded below C3. Delivered value compares wholes: of an account the
suppliers are told whose known parts are the same as ours, for a part missing on one side would count as nothing.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import pyarrow as pa
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.intelligence.grading import COUNTS_FROM
from vitalfew.intelligence.models import Intelligence
from vitalfew.intelligence.words import DELIVERED, Kind, SourceKind

MOST: Final = 3
"""So many an account are said in words."""
LONGEST: Final = 200
KNOWN: Final = pa.schema(
    [
        ("customer", pa.string()), ("place", pa.int64()), ("kind", pa.string()), ("statement", pa.string()),
        ("grade", pa.string()), ("known_on", pa.date32()), ("valid_until", pa.date32()),
    ]
)  # fmt: skip
OFFERS: Final = pa.schema(
    [("customer", pa.string()), ("competitor", pa.string()), ("known_on", pa.date32()), ("weight", pa.float64())]
)
VALUES: Final = pa.schema(
    [
        ("customer", pa.string()), ("supplier", pa.string()), ("component", pa.string()), ("amount", pa.float64()),
        ("source", pa.string()), ("assessed_on", pa.date32()),
    ]
)  # fmt: skip


def own_tables() -> dict[str, pa.Table]:
    rows = [row for row in _of_accounts() if row.weight >= COUNTS_FROM]
    return {
        "account_intelligence": pa.Table.from_pylist(list(_known(rows)), KNOWN),
        "competitor_offers": pa.Table.from_pylist(list(_offers(rows)), OFFERS),
        "value_assessments": pa.Table.from_pylist(list(_values(rows)), VALUES),
    }


def _of_accounts() -> list[Intelligence]:
    kept = Intelligence.objects.filter(put_away_at=None, superseded_by=None, account__in=Account.objects.all())
    return list(kept.graded(timezone.localdate()).select_related("account", "competitor").order_by("account_id"))


def _code(row: Intelligence) -> str:
    return row.account.code if row.account else ""


def _known(rows: Iterable[Intelligence]) -> Iterator[dict[str, Any]]:
    """The best graded of each account, the latest first among equals."""
    places: dict[str, int] = {}
    today = timezone.localdate()
    for row in sorted(rows, key=lambda each: (-each.weight, -each.known_on.toordinal(), each.pk)):
        place = places.get(_code(row), 0) + 1
        if place <= MOST and row.valid_until >= today:
            places[_code(row)] = place
            yield {
                "customer": _code(row), "place": place, "kind": row.kind, "statement": _cut(row), "grade": row.grade,
                "known_on": row.known_on, "valid_until": row.valid_until,
            }  # fmt: skip


def _cut(row: Intelligence) -> str:
    line = " ".join(row.text.split()).rstrip("。.")
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _offers(rows: Iterable[Intelligence]) -> Iterator[dict[str, Any]]:
    for row in rows:
        if row.kind == Kind.OFFER:
            rival = row.competitor.name if row.competitor else None
            yield {"customer": _code(row), "competitor": rival, "known_on": row.day, "weight": row.weight}


def _values(rows: Iterable[Intelligence]) -> Iterator[dict[str, Any]]:
    """What the account said and what we guess are never mixed."""
    told: dict[tuple[str, str], dict[str, list[Intelligence]]] = {}
    for row in rows:
        if row.attribute in DELIVERED and row.amount is not None:
            source = "account" if row.source_kind == SourceKind.CUSTOMER else "us"
            supplier = row.competitor.name if row.competitor else ""
            told.setdefault((_code(row), source), {}).setdefault(supplier, []).append(row)
    for (code, source), suppliers in told.items():
        for supplier, parts in suppliers.items():
            if _parts(parts) == _parts(suppliers.get("", [])):
                yield from (_sum(code, source, supplier, row) for row in parts)


def _parts(rows: Iterable[Intelligence]) -> set[str]:
    return {row.attribute for row in rows}


def _sum(code: str, source: str, supplier: str, row: Intelligence) -> dict[str, Any]:
    part = row.attribute.partition("_")[2]
    amount = float(row.amount or 0)
    return {
        "customer": code, "supplier": supplier or None, "component": part, "amount": amount, "source": source,
        "assessed_on": row.known_on,
    }  # fmt: skip
