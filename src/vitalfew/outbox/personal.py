"""What letters keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.words import LetterState
from vitalfew.people.traces import naming
from vitalfew.rooms import Traces

TEXTS: Final = ("title", "name", "address", "button", "url", "sender", "opening", "closing")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {
            "kind": "letter", "day": row.made_at.date(), "account": row.account.code if row.account else None,
            "to": row.to, "subject": row.title, "text": "\n\n".join(row.paragraphs), "state": row.state,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """Name and address leave the letters, links with them; that there was one stays. None to the person goes out."""
    for row in _rows(traces):
        texts = {name: traces.erased_from(getattr(row, name)) for name in TEXTS}
        said = [traces.erased_from(each) for each in row.paragraphs]
        mine = _stopped(row) if _is_to(traces, row) else {}
        OutgoingMail.objects.filter(pk=row.pk).update(**(texts | mine), paragraphs=said, version=row.version + 1)
    OutgoingMail.objects.filter(person__in=traces.people).update(person=None)


def _is_to(traces: Traces, row: OutgoingMail) -> bool:
    """Its reader, by contact or by address: without the address it reaches nobody."""
    return row.person_id in traces.people or traces.are_in(row.address)


def _stopped(row: OutgoingMail) -> dict[str, object]:
    state = {"state": LetterState.STOPPED.value} if row.due_at else {}
    return {"url": "", "button": "", "due_at": None, **state}


def _rows(traces: Traces) -> Any:
    """Those to the person, and those to the accounts that name him or her."""
    near = Q(account__code__in=traces.accounts) | Q(account=None)
    told = OutgoingMail.objects.filter(near).values_list("pk", "paragraphs")
    holding = [pk for pk, said in told.iterator() if any(traces.are_in(each) for each in said)]
    return OutgoingMail.objects.filter(Q(person__in=traces.people) | (naming(traces, TEXTS) & near) | Q(pk__in=holding))
