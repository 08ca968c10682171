"""What intelligence keeps of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.db.models import Q

from vitalfew.intelligence.actions import FIELDS, compared_by, source_key
from vitalfew.intelligence.indexing import index
from vitalfew.intelligence.models import Competitor, Confirmation, Intelligence
from vitalfew.people.traces import erase, holding, naming
from vitalfew.rooms import Traces
from vitalfew.warehouse.forgetting import forget_sentences

TEXTS: Final = ("text", "source", "value", "detail")


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        yield {
            "kind": "intelligence", "day": row.day, "account": row.account.code if row.account else None,
            **{name: getattr(row, name) for name in TEXTS}, "files": [file.name for file in row.files.all()],
        }  # fmt: skip
    for said in _confirmations(traces):
        yield {"kind": "confirmation", "day": said.day, "source": said.source}
    for rival in _competitors(traces):
        yield {"kind": "competitor", "note": rival.note}


def forget(traces: Traces) -> None:
    """Who said it is forgotten, and the name leaves the texts, what was said of them, the names of documents; the rest stays."""
    forget_sentences(settings.HOME, traces)
    for row in _rows(traces):
        texts = {name: traces.erased_from(getattr(row, name)) for name in TEXTS}
        keys = compared_by({**{name: getattr(row, name) for name in FIELDS}, **texts})
        Intelligence.objects.filter(pk=row.pk).update(**texts, **keys, version=row.version + 1)
        index([Intelligence.objects.get(pk=row.pk)])
        for file in row.files.all():
            row.files.filter(pk=file.pk).update(name=traces.erased_from(file.name))
    for said in _confirmations(traces):
        source = traces.erased_from(said.source)
        Confirmation.objects.filter(pk=said.pk).update(
            source=source, source_key=source_key(said.source_kind, source), version=said.version + 1
        )
    for rival in _competitors(traces):
        erase(traces, rival, ("note",))
    Intelligence.objects.filter(person__in=traces.people).update(person=None)


def _rows(traces: Traces) -> Any:
    """Those the person said, those with one of his numbers, and those of the accounts that name him."""
    found = Q(person__in=traces.people)
    fields = (*TEXTS, "files__name")
    there = Q(account__code__in=traces.accounts) | Q(account=None)
    named = holding(traces.words, fields) | (holding(traces.names, fields) & there)
    return Intelligence.objects.filter(found | named).distinct()


def _confirmations(traces: Traces) -> Any:
    there = Q(of__account__code__in=traces.accounts) | Q(of__account=None)
    named = holding(traces.words, ("source",)) | (holding(traces.names, ("source",)) & there)
    return Confirmation.objects.filter(named)


def _competitors(traces: Traces) -> Any:
    return Competitor.objects.filter(naming(traces, ("note",)))
