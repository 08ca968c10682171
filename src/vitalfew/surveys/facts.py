"""Answers go to the facts under the names that analyses read; corrected, as a newer version of the same rows.

A reversed question is told turned, so that high is good whoever reads it; what was said of a competitor has a number of its own.
Of an anonymous survey nothing is told.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
from django.db.models import QuerySet

from vitalfew.rooms import OURS
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.standing import LONGEST, STANDING, scored
from vitalfew.surveys.wording import WALLET_OTHER, WALLET_RIVAL, WALLET_TOTAL
from vitalfew.surveys.words import Reached, WaveState
from vitalfew.warehouse import scorecards

Told = Callable[[frozenset[int]], None]
Row = dict[str, Any]


def facts() -> Iterator[tuple[str, pa.Table, Told]]:
    """The kind, the rows that the facts don't know as they are here, and what to do when they are stored."""
    untold = list(_known(told=False).filter(STANDING))
    scores = [(each, row) for each in untold for row in scores_of(each)]
    if scores:
        yield "surveys", pa.Table.from_pylist([row for _each, row in scores]), _told(untold, scores)
    asked = list(_known(wallet_told=False))
    shown = scorecards.current()
    currency = shown.currency if shown and shown.currency else None
    if wallets := [(each, row) for each in _latest(asked) if (row := wallet_of(each, currency))]:
        yield "wallet", pa.Table.from_pylist([row for _each, row in wallets]), _wallets_told(asked, wallets)


def _known(**which: Any) -> QuerySet[Any]:
    """Answers with names, that stand or did."""
    rows = Respondent.objects.filter(answered_on__isnull=False, wave__anonymous=False, account__isnull=False, **which)
    known = rows.select_related("wave__wording", "wave__questionnaire", "account", "post")
    return known.order_by("answered_on", "pk")


def _latest(asked: list[Respondent]) -> list[Respondent]:
    """For each account and period of which something is new: who told of it last; else whose word was taken back."""
    pairs = {_pair(row) for row in asked}
    rows = _known(account__in={account for account, _period in pairs}).filter(STANDING) if pairs else []
    told = {_pair(row): row for row in rows if row.answers.get(WALLET_TOTAL) and _pair(row) in pairs}
    back = {_pair(row): row for row in asked if row.wallet_given and _pair(row) not in told}
    return [*told.values(), *back.values()]


def _pair(row: Respondent) -> tuple[int | None, str]:
    return row.account_id, row.wave.period


def _stands(row: Respondent) -> bool:
    over = row.reached == Reached.BEGUN and row.wave.state == WaveState.CLOSED
    return (row.reached == Reached.ANSWERED or over) and not (row.put_away_at or row.wave.put_away_at)


def scores_of(row: Respondent) -> Iterator[Row]:
    for (response, item), (question, mark, rival) in scored(row, row.answers):
        yield {
            "response_id": response, "item": item, "customer": row.account.code if row.account else "",
            "answered_on": row.answered_on, "respondent": row.post.contact_id if row.post else f"{OURS}respondent-{row.pk}",
            "scale_min": float(question["lowest"]), "scale_max": float(question["highest"]), "score": mark, "competitor": rival,
        }  # fmt: skip


def wallet_of(row: Respondent, currency: str | None = None) -> Row | None:
    """What the account spends in all, and with its main other supplier, in the house's currency, as the page asked.

    What was taken back is nothing, which the analyses read as unknown: facts are never taken out.
    """
    said = row.answers if _stands(row) else {}
    total, other = said.get(WALLET_TOTAL), said.get(WALLET_OTHER)
    if not (total or row.wallet_given) or not row.wave.period or not row.account:
        return None
    return {
        "customer": row.account.code, "period": row.wave.period, "currency": currency, "total_spend": float(total or 0),
        "competitor": (said.get(WALLET_RIVAL) or "")[:LONGEST] or None if total else None,
        "competitor_spend": float(other) if other and total else None,
    }  # fmt: skip


def _told(asked: list[Respondent], rows: list[tuple[Respondent, Row]]) -> Told:
    """Those whose rows were all taken, and that were not changed again meanwhile."""
    return lambda rejected: _noted(asked, rows, rejected, lambda _row: {"told": True})


def _wallets_told(asked: list[Respondent], rows: list[tuple[Respondent, Row]]) -> Told:
    def flags(row: Respondent) -> dict[str, bool]:
        return {"wallet_told": True, "wallet_given": _stands(row) and bool(row.answers.get(WALLET_TOTAL))}

    return lambda rejected: _noted(asked, rows, rejected, flags)


def _noted(
    asked: list[Respondent],
    rows: list[tuple[Respondent, Row]],
    rejected: frozenset[int],
    flags: Callable[[Respondent], dict[str, bool]],
) -> None:
    left_out = {rows[place][0].pk for place in rejected}
    for each in asked:
        if each.pk not in left_out:
            Respondent.objects.filter(pk=each.pk, version=each.version).update(**flags(each))
