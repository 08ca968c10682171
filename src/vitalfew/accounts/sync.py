"""Accounts as the facts know them: after an import, every customer of the facts has its record.

A customer that only orders know becomes a stub, named as the order names it, and asks to be completed. What people set
by hand stays, whatever facts come later. The facts name a manager by user name, or by a name that one user alone has.

A stub that no order knows any more goes, unless something is kept at it. What hangs on an account counts, in whichever room,
save records whose model says in ``COMES_AGAIN`` which of them are brought again by facts or calculation.

Accounts whose facts are as they were when all were last brought in line are not looked at again.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import narwhals as nw
import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.db.models import ForeignObjectRel, ManyToManyRel, Q, QuerySet
from django.utils import timezone

from vitalfew.accounts import responsible, search
from vitalfew.accounts.models import Account
from vitalfew.batches import batched
from vitalfew.people.models import User
from vitalfew.people.records import Record
from vitalfew.people.roles import Role
from vitalfew.warehouse import shelf
from vitalfew.warehouse.differences import Difference
from vitalfew.warehouse.engines import Frame
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.inserts import insert
from vitalfew.warehouse.known import Facts
from vitalfew.warehouse.run import day_of
from vitalfew.warehouse.sources import FromStore
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

BATCH: Final = 2000
NOTE: Final = "accounts"
RESTS_ON: Final = ("customers", "order_lines")
NOBODY: Final = "SELECT CAST(NULL AS VARCHAR) AS customer WHERE false"
FROM_FACTS: Final = (
    "name", "parent_code", "kind", "region", "country", "industry", "uscc", "opened_on", "founded_on",
    "payment_terms_days", "credit_limit", "manager_name", "stub",
)  # fmt: skip
EMPTY: Final = dict.fromkeys(("opened_on", "founded_on", "payment_terms_days", "credit_limit"))
"""What stays null where the facts say nothing; texts stay empty."""
OF_MACHINES: Final = ("import", "system")
"""Who changed a record last that no person has touched."""


def sync(source: Facts) -> int:
    """Bring the accounts in line with the facts; gives how many changed."""
    managers, touched = _managers(), _touched(source)
    changed, known = 0, set[str]()
    for rows in batched(_known(source, touched), BATCH):
        changed += _bring(rows, managers)
        known.update(row["code"] for row in rows if row["stub"])
    changed += _drop_orphans(known, touched)
    if isinstance(source, FromStore):
        versions = {name: source.snapshots[name].version for name in RESTS_ON}
        shelf.note(settings.HOME, NOTE, {"versions": versions, "accounts": Account.objects.count()})
    return changed


def _touched(source: Facts) -> pa.Table | None:
    """The customers whose facts are other than when all were last in line; None where that is not known.

    Where codes are merged, all are looked at.
    """
    if not isinstance(source, FromStore) or not isinstance(source.engine, DuckEngine):
        return None
    noted = shelf.noted(settings.HOME, NOTE)
    if noted is None or noted["accounts"] != Account.objects.count():
        return None
    found = []
    for name in RESTS_ON:
        now, then = source.snapshots[name], noted["versions"].get(name)
        if now.version is not None and then is None:
            return None
        if now.version != then:
            ledger = Store(settings.HOME.facts).ledger(TABLES[name])
            found.append(Difference(ledger.snapshot(then), now).customers)
    return source.engine.table(" UNION ".join(found or [NOBODY]))


def _managers() -> dict[str, int]:
    """How the facts may call a manager: by user name, or by a name that no other user has."""
    users = User.objects.filter(is_active=True).exclude(role=Role.PORTAL)
    shared = {name for name, n in Counter(user.name for user in users).items() if n > 1}
    named = {user.name: user.pk for user in users if user.name and user.name not in shared}
    return named | {user.username: user.pk for user in users}


def _drop_orphans(known: set[str], touched: pa.Table | None) -> int:
    """Stubs whose orders were taken back go too, unless somebody has worked on them."""
    stubs = Account.objects.filter(stub=True, manager=None, by_hand=[])
    looked_at = None if touched is None else {*touched["customer"].to_pylist()}
    orphans = [
        pk
        for pk, code in stubs.values_list("pk", "code")
        if code not in known and (looked_at is None or code in looked_at)
    ]
    return sum(_drop(stubs, some) for some in batched(orphans, BATCH))


@transaction.atomic
def _drop(stubs: QuerySet[Account], some: tuple[int, ...]) -> int:
    """Those of them at which nothing is kept; locked first, so that nothing is added meanwhile."""
    there = list(stubs.select_for_update().filter(pk__in=some).values_list("pk", flat=True))
    kept = {pk for relation in _relations() for pk in _kept_at(relation, there)}
    gone = [pk for pk in there if pk not in kept]
    search.forget(gone)
    Account.objects.filter(pk__in=gone).delete()
    return len(gone)


def _relations() -> Iterator[ForeignObjectRel]:
    """All that hangs on an account, in whichever room."""
    for each in Account._meta.get_fields(include_hidden=True):
        if isinstance(each, ForeignObjectRel) and not isinstance(each, ManyToManyRel):
            yield each


def _kept_at(relation: ForeignObjectRel, accounts: list[int]) -> Iterator[int]:
    """The accounts with records that people made or changed, or that no import and no calculation brings again."""
    model: Any = relation.related_model
    of_machine = Q(changed_by__in=OF_MACHINES) if issubclass(model, Record) else None
    comes_again: Q | None = getattr(model, "COMES_AGAIN", of_machine)
    rows = model._base_manager.filter(**{f"{relation.field.name}__in": accounts})
    left = rows if comes_again is None else rows.exclude(comes_again)
    yield from left.values_list(f"{relation.field.name}_id", flat=True).order_by().distinct()


def _known(source: Facts, touched: pa.Table | None) -> Iterator[dict[str, Any]]:
    """Every customer of the facts, or those touched: the master's rows first, then those that only orders know."""
    everyone = source.frame("customers", None)
    master = everyone if touched is None else everyone.join(_asked(source, touched), on="customer", how="semi")
    for batch in _batches(master):
        yield from (_of_master(row) for row in batch.to_pylist())
    if "order_lines" not in source.names:
        return
    lines = source.frame("order_lines", None)
    strangers = (lines if touched is None else _asked(source, touched)).select("customer").unique()
    strangers = strangers.join(everyone.select("customer"), on="customer", how="anti")
    if codes := [code for batch in _batches(strangers) for code in batch["customer"].to_pylist()]:
        only = _asked(source, pa.table({"customer": pa.array(codes, pa.string())}))
        ordered = (
            lines.join(only, on="customer", how="semi").group_by("customer").agg(name=nw.col("customer_name").max())
        )
        for batch in _batches(ordered):
            yield from (_of_orders(row) for row in batch.to_pylist())


def _asked(source: Facts, customers: pa.Table) -> Frame:
    return source.engine.given(f"customers_{id(customers):x}", customers, None)


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
        goes_to = {account: _manager(account, by_code[account.code], managers) for account in stale}
        responsible.note({account: who for account, who in goes_to.items() if who != account.manager_id})
        for account in stale:
            _take(account, by_code[account.code], goes_to[account])
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


def _manager(account: Account, row: dict[str, Any], managers: dict[str, int]) -> int | None:
    """Whom the facts name, where they name somebody else than before or nobody manages it; set by hand, it stays."""
    named: str = row.get("manager_name", account.manager_name)
    if "manager_id" in account.by_hand or (account.manager_id is not None and named == account.manager_name):
        return account.manager_id
    return managers.get(named)


def _take(account: Account, row: dict[str, Any], manager: int | None) -> None:
    account.version += 1
    account.manager_id = manager
    for name, value in _new(account, row):
        setattr(account, name, value)
