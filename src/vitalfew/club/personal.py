"""What the club keeps of a person of the customer's: who was invited to events, and names in notes."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Q

from vitalfew.club.models import Event, Invited, Nomination, Use
from vitalfew.rooms import Traces

TEXTS: Final[Mapping[type[Any], tuple[str, ...]]] = {
    Invited: ("note",), Use: ("note",), Nomination: ("why",), Event: ("about", "outcome"),
}  # fmt: skip


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _invited(traces).select_related("event", "account"):
        yield {
            "kind": "invitation to an event", "day": row.event.day, "account": row.account.code, "event": row.event.title,
            "answer": row.answer, "note": row.note,
        }  # fmt: skip
    for kind in (Use, Nomination, Event):
        for row in _naming(kind, traces):
            yield {"kind": f"{kind._meta.model_name} of the club", **{n: getattr(row, n) for n in TEXTS[kind]}}  # noqa: SLF001  (as Django calls it)


def forget(traces: Traces) -> None:
    """Who came is forgotten, and the name leaves the notes; that the account was invited stays."""
    for kind, names in TEXTS.items():
        for row in _invited(traces) if kind is Invited else _naming(kind, traces):
            erased = {name: traces.erased_from(getattr(row, name)) for name in names}
            kind.objects.filter(pk=row.pk).update(**erased, version=row.version + 1)
    Invited.objects.filter(person__in=traces.people).update(person=None)


def _invited(traces: Traces) -> Any:
    named = _named(TEXTS[Invited], traces) & Q(account__code__in=traces.accounts)
    return Invited.objects.filter(Q(person__in=traces.people) | named)


def _naming(kind: type[Any], traces: Traces) -> Any:
    """What stands at no account is looked through for those to which the person's accounts are invited."""
    own = {"invited__account__code__in" if kind is Event else "account__code__in": traces.accounts}
    return kind.objects.filter(_named(TEXTS[kind], traces), **own).distinct()


def _named(texts: tuple[str, ...], traces: Traces) -> Q:
    found = Q(pk=None)
    for name in texts:
        for word in traces.words | traces.names:
            found |= Q(**{f"{name}__icontains": word})
    return found
