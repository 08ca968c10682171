"""Accounts as the facts know them: after an import, every customer of the facts has its record.

A customer that only orders know becomes a stub, named as the order names it, and asks to be completed. What people set
by hand stays, whatever facts come later. The facts name a manager by user name, or by a name that one user alone has.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import narwhals as nw
import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts import search
from vitalfew.accounts.models import Account
from vitalfew.batches import batched
from vitalfew.people.models import User
from vitalfew.warehouse.inserts import insert
from vitalfew.warehouse.run import Source, day_of

BATCH: Final = 2000
FROM_FACTS: Final = (
    "name", "parent_code", "kind", "region", "country", "industry", "uscc", "opened_on", "founded_on",
    "payment_terms_days", "credit_limit", "manager_name", "stub",
)  # fmt: skip
EMPTY: Final = dict.fromkeys(("opened_on", "founded_on", "payment_terms_days", "credit_limit"))
"""What stays null where the facts say nothing; texts stay empty."""


def sync(source: Source) -> int:
    """Bring the accounts in line with the facts; gives how many changed."""
    managers = _managers()
    changed, known = 0, set[str]()
    for rows in batched(_known(source), BATCH):
        changed += _bring(rows, managers)
        known.update(row["code"] for row in rows if row["stub"])
    return changed + _drop_orphans(known)


def _managers() -> dict[str, int]:
    """How the facts may call a manager: by user name, or by a name that no other user has."""
    users = User.objects.filter(is_active=True)
    shared = {name for name, n in Counter(user.name for user in users).items() if n > 1}
    named = {user.name: user.pk for user in users if user.name and user.name not in shared}
    return named | {user.username: user.pk for user in users}


def _drop_orphans(known: set[str]) -> int:
    """Stubs whose orders were taken back go too, unless somebody has worked on them."""
    stubs = Account.objects.filter(stub=True, manager=None, team=None, files=None, merged=None)
    gone = [pk for pk, code in stubs.values_list("pk", "code") if code not in known]
    for some in batched(gone, BATCH):
        with transaction.atomic():
            still = list(stubs.filter(pk__in=some).values_list("pk", flat=True))
            search.forget(still)
            Account.objects.filter(pk__in=still).delete()
    return len(gone)


def _known(source: Source) -> Iterator[dict[str, Any]]:
    """Every customer of the facts: the master's rows first, then those that only orders know."""
    master = source.frame("customers", None)
    for batch in _batches(master):
        yield from (_of_master(row) for row in batch.to_pylist())
    if "order_lines" not in source.names:
        return
    ordered = source.frame("order_lines", None).group_by("customer").agg(name=nw.col("customer_name").max())
    for batch in _batches(ordered.join(master.select("customer"), on="customer", how="anti")):
        yield from (_of_orders(row) for row in batch.to_pylist())


def _batches(frame: Any) -> Iterator[pa.RecordBatch]:
    return iter(frame.sort("customer").collect("pyarrow").to_native().to_batches(max_chunksize=BATCH))


def _of_master(row: dict[str, Any]) -> dict[str, Any]:
    texts = {name: row[name] or "" for name in ("name", "kind", "region", "country", "industry", "uscc")}
    return {
        "code": row["customer"],
        **texts,
        "parent_code": row["parent"] or "",
        "opened_on": _date(row["opened_on"]),
        "founded_on": _date(row["founded_on"]),
        "payment_terms_days": row["payment_terms_days"],
        "credit_limit": row["credit_limit"],
        "manager_name": row["manager"] or "",
        "stub": False,
    }


def _of_orders(row: dict[str, Any]) -> dict[str, Any]:
    return {"code": row["customer"], "name": row["name"] or row["customer"], "stub": True}


def _date(number: int | None) -> date | None:
    return None if number is None else day_of(number)


def _bring(rows: tuple[dict[str, Any], ...], managers: dict[str, int]) -> int:
    """Read and written in one transaction: what somebody saves meanwhile comes before or after, and stays."""
    by_code = {row["code"]: row for row in rows}
    with transaction.atomic():
        known = {each.code: each for each in Account.objects.select_for_update().filter(code__in=by_code)}
        fresh = [row for code, row in by_code.items() if code not in known]
        stale = [account for code, account in known.items() if _differs(account, by_code[code])]
        for account in stale:
            _take(account, by_code[account.code], managers)
        _add(fresh, managers)
        Account.objects.bulk_update(stale, [*FROM_FACTS, "manager", "version"])
        search.index([*Account.objects.filter(code__in=[row["code"] for row in fresh]), *stale])
    return len(fresh) + len(stale)


def _add(fresh: list[dict[str, Any]], managers: dict[str, int]) -> None:
    now = timezone.now()
    plain = ("code", *FROM_FACTS)
    cells = ([row.get(name, EMPTY.get(name, "")) for name in plain] for row in fresh)
    nothing: list[str] = []
    own = ((managers.get(row.get("manager_name", "")), 1, now, nothing) for row in fresh)
    insert(
        Account,
        [*plain, "manager", "version", "changed_at", "by_hand"],
        ([*each, *rest] for each, rest in zip(cells, own, strict=True)),
    )


def _differs(account: Account, row: dict[str, Any]) -> bool:
    if row["stub"] and not account.stub:
        return False
    return any(getattr(account, name) != value for name, value in _new(account, row))


def _new(account: Account, row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What the facts say of it, without what people have set by hand."""
    return ((name, value) for name, value in row.items() if name not in account.by_hand)


def _take(account: Account, row: dict[str, Any], managers: dict[str, int]) -> None:
    account.version += 1
    for name, value in _new(account, row):
        setattr(account, name, value)
    if account.manager_id is None and "manager_id" not in account.by_hand:
        account.manager_id = managers.get(account.manager_name)
