"""What feedback rounds keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.feedback.models import Answer, Asked
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
        said = traces.erased_from(row.will_do)
        Asked.objects.filter(pk=row.pk).update(will_do=said, version=row.version + 1)
        for answer in row.answers.exclude(text=""):
            Answer.objects.filter(pk=answer.pk).update(text=traces.erased_from(answer.text))
    Asked.objects.filter(person__in=traces.people).update(person=None)


def _rows(traces: Traces) -> Any:
    named = Q()
    for word in traces.words | traces.names:
        named |= Q(will_do__icontains=word) | Q(answers__text__icontains=word)
    of_their_accounts = Q(account__code__in=traces.accounts) & named
    return Asked.objects.filter(Q(person__in=traces.people) | of_their_accounts).distinct()
