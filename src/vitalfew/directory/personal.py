"""What the directory keeps of a person: as somebody to turn to, and in notes."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q

from vitalfew.directory.models import Organisation, OrganisationPerson
from vitalfew.directory.questions import INDEX, pieces_of
from vitalfew.people.traces import erase, holding
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _people(traces).select_related("organisation"):
        yield {
            "kind": "organisation-person", "organisation": row.organisation.name, "name": row.name, "title": row.title,
            "phone": row.phone, "email": row.email,
        }  # fmt: skip
    for one in _organisations(traces):
        yield {
            "kind": "organisation",
            "organisation": one.name,
            "note": one.note,
            "phone": one.phone,
            "email": one.email,
        }


def forget(traces: Traces) -> None:
    """Nobody to turn to any more; name, numbers and addresses leave the notes."""
    _people(traces).delete()
    for row in _organisations(traces):
        erase(traces, row, ("note", "phone", "email"))
        INDEX.put([(row.pk, pieces_of(Organisation.objects.get(pk=row.pk)))])


def _people(traces: Traces) -> Any:
    """The person by record, by number or address, and by name where it is one of the customer's."""
    found = Q(person__in=traces.people)
    for word in traces.words:
        found |= Q(phone=word) | Q(email__iexact=word)
    for name in traces.names:
        found |= Q(name__iexact=name, organisation__account__code__in=traces.accounts)
    return OrganisationPerson.objects.filter(found)


def _organisations(traces: Traces) -> Any:
    numbers = holding(traces.words, ("note", "phone", "email"))
    return Organisation.objects.filter(numbers | holding(traces.names, ("note",)))
