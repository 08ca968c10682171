"""What promises keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.people.traces import erase, naming
from vitalfew.promises.indexing import index
from vitalfew.promises.models import Heard, Moved, NewDay, Promise
from vitalfew.rooms import Traces

TEXTS: Final = ("text", "evidence", "consent", "reference")
OF_MOVES: Final = ("consent", "why")
OF_DAYS: Final = ("why", "answer")
OF_HEARD: Final = ("text",)


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {
            "kind": "promise", "day": row.made_on, "due": row.due, "account": row.account.code,
            **{name: getattr(row, name) for name in TEXTS},
        }  # fmt: skip
    for move in _moves(traces):
        yield {"kind": "promise moved", "day": move.agreed_on, "consent": move.consent, "why": move.why}
    for asked in _days(traces):
        yield {"kind": "another day asked for", "day": asked.asked_at.date(), "why": asked.why, "answer": asked.answer}
    for heard in _heard(traces):
        yield {"kind": "whether a promise was kept", "day": heard.said_at.date(), "text": heard.text}


def forget(traces: Traces) -> None:
    """To whom it was given is forgotten, and the name leaves the texts; that it was promised stays."""
    for row in _rows(traces):
        erase(traces, row, TEXTS)
        index([Promise.objects.get(pk=row.pk)])
    for move in _moves(traces):
        erase(traces, move, OF_MOVES)
    for asked in _days(traces):
        erase(traces, asked, OF_DAYS)
    for heard in _heard(traces):
        erase(traces, heard, OF_HEARD)
    Promise.objects.filter(person__in=traces.people).update(person=None)


def _rows(traces: Traces) -> Any:
    """Those given to the person, and those of the accounts that name him or her."""
    named = naming(traces, TEXTS) & Q(account__code__in=traces.accounts)
    return Promise.objects.filter(Q(person__in=traces.people) | named)


def _moves(traces: Traces) -> Any:
    return Moved.objects.filter(naming(traces, OF_MOVES), promise__account__code__in=traces.accounts)


def _days(traces: Traces) -> Any:
    named = naming(traces, OF_DAYS) & Q(promise__account__code__in=traces.accounts)
    return NewDay.objects.filter(Q(answered_by__in=traces.people) | named)


def _heard(traces: Traces) -> Any:
    named = naming(traces, OF_HEARD) & Q(promise__account__code__in=traces.accounts)
    return Heard.objects.filter(Q(person__in=traces.people) | named)
