"""What feedback rounds keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.feedback.models import Asked
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account", "round").prefetch_related("answers__question"):
        yield {
            "kind": "feedback", "day": row.answered_on or row.asked_on, "account": row.account.code,
            "round": row.round.name, "will_do": row.will_do,
            "answers": {answer.question.asked: answer.value for answer in row.answers.all()},
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """Who answered is forgotten, and the name leaves the texts; that the account answered stays."""
    for row in _rows(traces):
        erase(traces, row, ("will_do",))
        for answer in row.answers.exclude(text=""):
            erase(traces, answer, ("text",))
    Asked.objects.filter(person__in=traces.people).update(person=None)


def _rows(traces: Traces) -> Any:
    of_their_accounts = Q(account__code__in=traces.accounts) & naming(traces, ("will_do", "answers__text"))
    return Asked.objects.filter(Q(person__in=traces.people) | of_their_accounts).distinct()
