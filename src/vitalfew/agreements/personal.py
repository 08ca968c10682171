"""What agreements keep of a person of the customer's: who signed, and names in their texts."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import F, Q

from vitalfew.agreements.indexing import index
from vitalfew.agreements.models import Agreement, Breach, Obligation
from vitalfew.agreements.words import AgreementState
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces

TEXTS: Final = ("title", "note", "why")
OF_PARTS: Final[Mapping[type[Any], tuple[str, ...]]] = {
    Obligation: ("text",), Breach: ("text", "evidence", "why", "settlement"),
}  # fmt: skip


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account"):
        said = {name: getattr(row, name) for name in TEXTS}
        signed = row.theirs_id in traces.people
        yield {"kind": "agreement", "day": row.since, "account": row.account.code, "signed": signed, **said}
    for model, names in OF_PARTS.items():
        for part in _parts(model, traces).select_related("agreement__account"):
            said = {name: getattr(part, name) for name in names}
            yield {
                "kind": f"{model._meta.model_name} of an agreement",  # noqa: SLF001  (as Django calls it)
                "account": part.agreement.account.code, **said,
            }  # fmt: skip


def forget(traces: Traces) -> None:
    """Who signed is forgotten, and the name leaves the texts; what was agreed stays, and waits on where it waited."""
    touched = set(_rows(traces).values_list("pk", flat=True))
    for row in _rows(traces):
        erase(traces, row, TEXTS)
    waits = Agreement.objects.filter(pk__in=touched, state=AgreementState.WAITING)
    waits.update(asked_version=F("version"))
    for model, names in OF_PARTS.items():
        for part in _parts(model, traces):
            erase(traces, part, names)
            touched.add(part.agreement_id)
    Agreement.objects.filter(theirs__in=traces.people).update(theirs=None)
    index(Agreement.objects.filter(pk__in=touched))


def _rows(traces: Traces) -> Any:
    named = naming(traces, TEXTS) & Q(account__code__in=traces.accounts)
    return Agreement.objects.filter(Q(theirs__in=traces.people) | named)


def _parts(model: type[Any], traces: Traces) -> Any:
    return model.objects.filter(naming(traces, OF_PARTS[model]), agreement__account__code__in=traces.accounts)
