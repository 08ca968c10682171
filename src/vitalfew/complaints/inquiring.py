"""After each refresh: what is unusual becomes a question to the account's manager, before it becomes a complaint.

Asked are silences and low months of the analysis ``anomalies``, of accounts that somebody manages: those ``MOST`` with the most
at stake by the scorecards, and no more. Nobody is asked twice about the same (account, kind, since when), nor about a second
thing while a first question is open. A question that nobody answered is gone once the account is no longer unusual.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.catalogue import Refusal
from vitalfew.complaints.models import Inquiry
from vitalfew.complaints.words import Answer
from vitalfew.terms import AnomalyKind
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh, Scorecard
from vitalfew.warehouse.run import day_of

MOST: Final = 200
ASKED: Final = (AnomalyKind.SILENCE.value, AnomalyKind.DROP.value)
ANALYSIS: Final = "anomalies"


def inquire() -> int:
    """So many new questions; begun twice, it finds none anew."""
    refresh = scorecards.current()
    table = _unusual(refresh) if refresh else None
    if refresh is None or table is None:
        return 0
    with transaction.atomic():
        _gone(set(table["customer"].to_pylist()))
        stakes = _stakes(refresh, table)
        rows = table.filter(pc.is_in(table["customer"], value_set=pa.array(list(stakes), pa.string()))).to_pylist()
        return _ask(rows, stakes)


def _unusual(refresh: Refresh) -> pa.Table | None:
    try:
        table = scorecards.result(settings.HOME, refresh, ANALYSIS).table
    except Refusal:
        return None
    return table.filter(pc.is_in(table["kind"], value_set=pa.array(ASKED)))


def _stakes(refresh: Refresh, table: pa.Table) -> dict[str, float | None]:
    """By code, of those with the most at stake that somebody manages."""
    managed = Account.objects.filter(manager__isnull=False, merged_into=None)
    rows = Scorecard.objects.filter(refresh=refresh, anomaly__in=ASKED, customer__in=managed.values("code"))
    rows = rows.order_by(F("at_stake").desc(nulls_last=True), "customer")
    known = set(table["customer"].to_pylist())
    return {code: stake for code, stake in rows.values_list("customer", "at_stake")[:MOST] if code in known}


def _ask(rows: list[Mapping[str, Any]], stakes: Mapping[str, float | None]) -> int:
    accounts = {row.code: row for row in Account.objects.filter(code__in=stakes)}
    busy = set(Inquiry.objects.filter(answer="", put_away_at=None).values_list("account", flat=True))
    made = []
    for row in rows:
        account = accounts.get(row["customer"])
        if account is not None and account.pk not in busy:
            busy.add(account.pk)
            made.append(_one(account, row, stakes[account.code]))
    before = Inquiry.objects.count()
    Inquiry.objects.bulk_create(made, ignore_conflicts=True)
    return Inquiry.objects.count() - before


def _one(account: Account, row: Mapping[str, Any], stake: float | None) -> Inquiry:
    return Inquiry(
        account=account, kind=row["kind"], since=_day(row["date"]), seen=row["value"], usual=row["expected"], stake=stake,
        question=row["question"], made_by="", changed_by="",
    )  # fmt: skip


def _day(told: Any) -> date:
    return told if isinstance(told, date) else day_of(told)


def _gone(unusual: set[str]) -> None:
    """As usual again before anybody asked."""
    rows = Inquiry.objects.filter(answer="", put_away_at=None)
    over = [pk for pk, code in rows.values_list("pk", "account__code") if code not in unusual]
    rows.filter(pk__in=over).update(answer=Answer.GONE, answered_at=timezone.now(), version=F("version") + 1)
