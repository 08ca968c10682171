"""From the facts to the figures of organisations: two years of order lines and of complaints about delivery, counted once each.

Of an organisation that the order lines name as their channel its own lines are read; else, where it is a customer too, what it
bought; else the lines of the accounts it serves, which its work is a part of, not the whole. Of one that is a supplier alone
nothing can be told: the facts hold no purchases of ours.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.batches import batched
from vitalfew.deliveries import MISSED_SQL, due_sql
from vitalfew.directory.figures import Counted
from vitalfew.directory.kinds import Basis, Kind
from vitalfew.directory.models import Figures, Organisation, Served
from vitalfew.maths.years import YEAR
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.models import Refresh
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

BATCH: Final = 500
ABOUT_DELIVERY: Final = (
    "delivery",
    "damage",
    "transport",
    "物流",
    "运输",
    "配送",
    "交货",
    "破损",
    "運輸",
    "交貨",
    "破損",
)
NOW: Final = "ordered_on > $since AND ordered_on <= $day"
BEFORE: Final = "ordered_on > $before AND ordered_on <= $since"
DUE, DUE_BEFORE = due_sql("$since", "$day"), due_sql("$before", "$since")
SUMS: Final = ", ".join(
    f"{what} FILTER ({when}) AS {name}"
    for name, what, when in (
        ("sales", "sum(amount::DOUBLE)", NOW), ("sales_before", "sum(amount::DOUBLE)", BEFORE),
        ("due", "count(*)", DUE), ("late", "count(*)", f"{DUE} AND {MISSED_SQL}"),
        ("due_before", "count(*)", DUE_BEFORE), ("late_before", "count(*)", f"{DUE_BEFORE} AND {MISSED_SQL}"),
    )
)  # fmt: skip
Sums = Mapping[str, Mapping[str, Any]]


def measure_all() -> int:
    """After a refresh: every organisation."""
    done = 0
    for keys in batched(list(Organisation.objects.values_list("pk", flat=True)), BATCH):
        measure(keys)
        done += len(keys)
    return done


def measure(keys: Iterable[int]) -> None:
    """These organisations, over all accounts."""
    rows = list(Organisation.objects.filter(pk__in=list(keys)))
    found = counted(rows)
    with transaction.atomic():
        list(Organisation.objects.select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("pk"))
        Figures.objects.filter(organisation__in=rows).delete()
        Figures.objects.bulk_create(_kept(row, found[row.pk]) for row in rows)


def _kept(row: Organisation, one: Counted) -> Figures:
    plain = {name: getattr(one, name) for name in Counted.__dataclass_fields__}
    return Figures(
        organisation=row, **plain, late_share=one.late_share, growth=one.growth, direction=one.direction or ""
    )


def counted(rows: Sequence[Organisation], seen: Collection[int] | None = None) -> dict[int, Counted]:
    """What the facts tell of each; with ``seen``, over those accounts alone."""
    refresh = scorecards.current()
    served = _served(rows, seen)
    if refresh is None:
        return {row.pk: Counted(Basis.NONE, len(served.get(row.pk, ()))) for row in rows}
    at = {row.pk: _places(row, served.get(row.pk, []), seen) for row in rows}
    codes = _codes({account for accounts in at.values() for account in accounts})
    every = [code for some in codes.values() for code in some]
    sums, complaints = _by_customer(refresh, every), _complaints(refresh, every)
    channels = {row.channel for row in rows if row.channel}
    named = _by_channel(refresh, sorted(channels), _seen_codes(seen))
    return {
        row.pk: _of_channel(named.get(row.channel), len(served.get(row.pk, ())))
        if row.channel and named.get(row.channel)
        else _of_accounts(row, at[row.pk], codes, sums, complaints)
        for row in rows
    }


def _served(rows: Sequence[Organisation], seen: Collection[int] | None) -> dict[int, list[int]]:
    """The accounts each serves, in what moves goods: what a supplier delivers to an account is not what we deliver."""
    kept = Served.objects.filter(organisation__in=rows, put_away_at=None).exclude(kind=Kind.SUPPLIER)
    found: dict[int, list[int]] = {}
    for organisation, account in kept.values_list("organisation_id", "account_id").distinct():
        if seen is None or account in seen:
            found.setdefault(organisation, []).append(account)
    return found


def _places(row: Organisation, served: list[int], seen: Collection[int] | None) -> list[int]:
    """The accounts whose lines are read."""
    own = row.account_id
    return [own] if own and (seen is None or own in seen) else served


def _codes(accounts: set[int]) -> dict[int, list[str]]:
    """The codes of each account: its own, and those merged into it."""
    found = {pk: [code] for pk, code in Account.objects.filter(pk__in=accounts).values_list("pk", "code")}
    top = {pk: pk for pk in found}
    while top:
        merged = list(Account.everyone.filter(merged_into__in=top).values_list("pk", "code", "merged_into_id"))
        for _pk, code, into in merged:
            found[top[into]].append(code)
        top = {pk: top[into] for pk, _code, into in merged}
    return found


def _seen_codes(seen: Collection[int] | None) -> list[str] | None:
    return None if seen is None else [code for some in _codes(set(seen)).values() for code in some]


def _days(refresh: Refresh) -> dict[str, int]:
    day = day_number(refresh.as_of)
    return {"day": day, "since": day - YEAR, "before": day - 2 * YEAR}


def _lines(refresh: Refresh, by: str, values: list[str], more: str = "", **given: Any) -> Sums:
    """Sums of two years of lines ordered or promised, by customer or channel; other currencies than the refresh's stay out."""
    if not values:
        return {}
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["order_lines"]).snapshot())
    query = (
        f"SELECT {by} AS name, {SUMS} FROM ({source}) WHERE {by} IN (SELECT unnest($values)) "  # noqa: S608  (our own texts; what is looked for is a parameter)
        "AND greatest(ordered_on, promised_on) > $before AND ordered_on <= $day "
        f"AND coalesce(currency, '') = $currency {more} "
        "GROUP BY 1"
    )
    asked = {**_days(refresh), "values": values, "currency": refresh.currency, **given}
    return {row["name"]: row for row in rows_of(query, asked)}


def _by_customer(refresh: Refresh, codes: list[str]) -> Sums:
    return _lines(refresh, "customer", codes)


def _by_channel(refresh: Refresh, channels: list[str], codes: list[str] | None) -> Sums:
    if codes is None:
        return _lines(refresh, "channel", channels)
    return _lines(refresh, "channel", channels, "AND customer IN (SELECT unnest($codes))", codes=codes)


def _complaints(refresh: Refresh, codes: list[str]) -> Sums:
    if not codes:
        return {}
    source = current_sql(Store(settings.HOME.facts).ledger(TABLES["complaints"]).snapshot())
    query = (
        "SELECT customer AS name, count(*) FILTER (received_on > $since) AS now, "  # noqa: S608  (as above)
        f"count(*) FILTER (received_on <= $since) AS before FROM ({source}) "
        "WHERE customer IN (SELECT unnest($values)) AND received_on > $before AND received_on <= $day "
        "AND lower(category) IN (SELECT unnest($words)) GROUP BY 1"
    )
    asked = {**_days(refresh), "values": codes, "words": list(ABOUT_DELIVERY)}
    return {row["name"]: row for row in rows_of(query, asked)}


def _of_channel(sums: Mapping[str, Any] | None, accounts: int) -> Counted:
    return Counted(Basis.CHANNEL, accounts, **_plain([sums] if sums else []))


def _of_accounts(
    row: Organisation, places: list[int], codes: Mapping[int, list[str]], sums: Sums, complaints: Sums
) -> Counted:
    """Of its own purchases, else of the accounts it serves; nothing where no line is theirs."""
    own = [code for place in places for code in codes.get(place, ())]
    lines = [sums[code] for code in own if code in sums]
    if not lines:
        return Counted(Basis.NONE, len(places))
    said = [complaints[code] for code in own if code in complaints]
    told = {"complaints": sum(each["now"] for each in said), "complaints_before": sum(each["before"] for each in said)}
    basis = Basis.OWN if places == [row.account_id] else Basis.SERVED
    return Counted(basis, len(places), **_plain(lines), **told)


def _plain(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    sums = {name: sum(each[name] or 0 for each in lines) for name in ("due", "late", "due_before", "late_before")}
    money = {name: sum(each[name] or 0.0 for each in lines) for name in ("sales", "sales_before")}
    return {**sums, **money}
