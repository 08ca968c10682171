"""Answers go to the facts under the names that analyses read; corrected, as a newer version of the same rows.

A reversed question is told turned, so that high is good whoever reads it; what was said of a competitor has a number of its own.
Of an anonymous survey nothing is told.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pyarrow as pa
from django.db.models import Q

from vitalfew.rooms import OURS
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.scoring import turned
from vitalfew.surveys.standard import text_of
from vitalfew.surveys.wording import WALLET_OTHER, WALLET_RIVAL, WALLET_TOTAL
from vitalfew.surveys.words import Block, Kind, Reached, WaveState
from vitalfew.warehouse import scorecards

LONGEST: Final = 100
Told = Callable[[frozenset[int]], None]
Row = dict[str, Any]


def facts() -> Iterator[tuple[str, pa.Table, Told]]:
    """The kind, the rows that the facts don't know as they are here, and what to do when they are stored."""
    untold = _counting(told=False)
    scores = [(each, row) for each in untold for row in scores_of(each)]
    if scores:
        yield "surveys", pa.Table.from_pylist([row for _each, row in scores]), _told(untold, scores, "told")
    asked = _counting(wallet_told=False)
    shown = scorecards.current()
    currency = shown.currency if shown and shown.currency else None
    wallets = [(each, row) for each in _latest(asked) if (row := wallet_of(each, currency))]
    if wallets:
        yield "wallet", pa.Table.from_pylist([row for _each, row in wallets]), _told(asked, wallets, "wallet_told")


def _counting(**which: Any) -> list[Respondent]:
    """Handed in, or left half done until the survey was over."""
    done = Q(reached=Reached.ANSWERED) | Q(reached=Reached.BEGUN, wave__state=WaveState.CLOSED)
    rows = Respondent.objects.filter(done, answered_on__isnull=False, wave__anonymous=False, account__isnull=False)
    known = rows.filter(**which).select_related("wave__wording", "wave__questionnaire", "account", "post")
    return list(known.order_by("answered_on", "pk"))


def _latest(untold: list[Respondent]) -> list[Respondent]:
    """For each account and period of which something is new: who told of it last."""
    pairs = {(row.account_id, row.wave.period) for row in untold}
    rows = _counting(account__in={account for account, _period in pairs}) if pairs else []
    told = [row for row in rows if row.answers.get(WALLET_TOTAL) and (row.account_id, row.wave.period) in pairs]
    return list({(row.account_id, row.wave.period): row for row in told}.values())


def scores_of(row: Respondent) -> Iterator[Row]:
    rivals = row.wave.rivals
    for question in row.wave.asked:
        if question["kind"] != Kind.SCORE:
            continue
        yield from _score(row, question, row.answers.get(question["item"]))
        for place, rival in enumerate(rivals if question["beside"] else (), 1):
            yield from _score(row, question, row.answers.get(f"{question['item']}@{place}"), place, rival)


def _score(row: Respondent, question: Row, value: Any, place: int = 0, rival: str | None = None) -> Iterator[Row]:
    mark = turned(question, value)
    if mark is not None:
        item = question["item"] if question["block"] != Block.OWN else text_of(question["text"], "zh-hans")
        yield {
            "response_id": f"{OURS}survey-{row.pk}{f'-{place}' if place else ''}", "item": item[:LONGEST],
            "customer": row.account.code if row.account else "", "answered_on": row.answered_on,
            "respondent": row.post.contact_id if row.post else f"{OURS}respondent-{row.pk}",
            "scale_min": float(question["lowest"]), "scale_max": float(question["highest"]), "score": mark, "competitor": rival,
        }  # fmt: skip


def wallet_of(row: Respondent, currency: str | None = None) -> Row | None:
    """What the account spends in all, and with its main other supplier, in the house's currency, as the page asked."""
    total = row.answers.get(WALLET_TOTAL)
    if not total or not row.wave.period or not row.account:
        return None
    other = row.answers.get(WALLET_OTHER)
    return {
        "customer": row.account.code, "period": row.wave.period, "currency": currency, "total_spend": float(total),
        "competitor": (row.answers.get(WALLET_RIVAL) or "")[:LONGEST] or None,
        "competitor_spend": float(other) if other else None,
    }  # fmt: skip


def _told(asked: list[Respondent], rows: list[tuple[Respondent, Row]], flag: str) -> Told:
    """Those whose rows were all taken, and that were not changed again meanwhile."""
    versions = {each.pk: each.version for each in asked}

    def stored(rejected: frozenset[int]) -> None:
        left_out = {rows[place][0].pk for place in rejected}
        for pk, version in versions.items():
            if pk not in left_out:
                Respondent.objects.filter(pk=pk, version=version).update(**{flag: True})

    return stored
