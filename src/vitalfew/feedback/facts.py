"""Scores go to the facts as answers of a survey, as a newer version of the same rows where they are corrected."""

from collections.abc import Callable, Iterator
from typing import Final

import pyarrow as pa

from vitalfew.contacts.models import Post
from vitalfew.feedback.models import Answer, Asked
from vitalfew.rooms import OURS

LONGEST: Final = 100
Told = Callable[[frozenset[int]], None]


def facts() -> Iterator[tuple[str, pa.Table, Told]]:
    """The kind, the rows that the facts don't know as they are here, and what to do when they are stored.

    It is told the places of the rows that were not taken: what they belong to stays untold.
    """
    untold = Asked.objects.filter(told=False, answered_on__isnull=False)
    versions = dict(untold.values_list("pk", "version"))
    scored = Answer.objects.filter(asked__in=untold, score__isnull=False)
    rows = list(scored.select_related("asked__account", "question").order_by("pk"))
    if rows:
        who = _respondents(rows)
        yield (
            "surveys",
            pa.Table.from_pylist([_row(row, who) for row in rows]),
            lambda rejected: _told(rows, rejected, versions),
        )


def _row(row: Answer, who: dict[tuple[int | None, int], str]) -> dict[str, object]:
    asked = row.asked
    return {
        "response_id": f"{OURS}feedback-{asked.pk}",
        "item": row.question.item or row.question.text[:LONGEST],
        "customer": asked.account.code,
        "answered_on": asked.answered_on,
        "respondent": who.get((asked.person_id, asked.account_id)),
        "scale_min": float(row.question.lowest),
        "scale_max": float(row.question.highest),
        "score": float(row.score or 0),
    }


def _respondents(rows: list[Answer]) -> dict[tuple[int | None, int], str]:
    """Persons by the number of their post at the account, as imported surveys name them."""
    people = {row.asked.person_id for row in rows if row.asked.person_id}
    posts = Post.objects.filter(person__in=people).values_list("person_id", "account_id", "contact_id")
    return {(person, account): number for person, account, number in posts}


def _told(rows: list[Answer], rejected: frozenset[int], versions: dict[int, int]) -> None:
    """Those whose answers were all taken, and that were not changed again meanwhile."""
    left_out = {rows[place].asked_id for place in rejected}
    for pk, version in versions.items():
        if pk not in left_out:
            Asked.objects.filter(pk=pk, version=version).update(told=True)
