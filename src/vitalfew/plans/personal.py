"""What account plans keep of a person of the customer's: names in their texts."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Model

from vitalfew.people.traces import naming
from vitalfew.plans.indexing import index
from vitalfew.plans.models import Goal, Plan, Promotion, SharedSection, Step, Target, Version
from vitalfew.plans.words import Swot
from vitalfew.rooms import Traces

OF_PLANS: Final = ("title", *(each.value for each in Swot), "service", "sales_model_why", "lessons")
OF_PARTS: Final[Mapping[type[Any], tuple[str, ...]]] = {
    Goal: ("text", "source"), Step: ("text", "result"), Target: ("note",), Promotion: ("name", "note"),
}  # fmt: skip


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _plans(traces).select_related("account"):
        texts = {name: getattr(row, name) for name in OF_PLANS}
        yield {"kind": "account plan", "day": row.since, "account": row.account.code, **texts}
    for model, names in OF_PARTS.items():
        for part in _parts(model, traces).select_related("plan__account"):
            said = {name: getattr(part, name) for name in names}
            yield {"kind": f"{model._meta.model_name} of a plan", "account": part.plan.account.code, **said}  # noqa: SLF001  (as Django calls it)
    for shared in _shared(traces):
        yield {"kind": "what was said to a plan", "day": shared.answered_at, "words": shared.words}
    for version in _versions(traces):
        yield {"kind": "version of a plan", "day": version.agreed_on, "account": version.plan.account.code}


def forget(traces: Traces) -> None:
    """The name leaves the texts, those of kept versions too; what was planned stays."""
    plans = set(_plans(traces).values_list("pk", flat=True))
    for row in _plans(traces):
        _erase(Plan, row, OF_PLANS, traces)
    for model, texts in OF_PARTS.items():
        for part in _parts(model, traces):
            _erase(model, part, texts, traces)
            plans.add(part.plan_id)
    index(Plan.objects.filter(pk__in=plans))
    for version in _versions(traces):
        Version.objects.filter(pk=version.pk).update(content=_without(version.content, traces))
    for shared in _shared(traces):
        fields = {"words": traces.erased_from(shared.words), "content": _without(shared.content, traces)}
        SharedSection.objects.filter(pk=shared.pk).update(**fields)


def _erase(model: type[Any], row: Any, texts: tuple[str, ...], traces: Traces) -> None:
    erased = {name: traces.erased_from(getattr(row, name)) for name in texts}
    model.objects.filter(pk=row.pk).update(**erased, version=row.version + 1)


def _without(kept: Any, traces: Traces) -> Any:
    """Plain values with the person's words taken out of every text."""
    if isinstance(kept, str):
        return traces.erased_from(kept)
    if isinstance(kept, list):
        return [_without(each, traces) for each in kept]
    return {name: _without(value, traces) for name, value in kept.items()} if isinstance(kept, dict) else kept


def _plans(traces: Traces) -> Any:
    return Plan.objects.filter(naming(traces, OF_PLANS), account__code__in=traces.accounts)


def _parts(model: type[Model], traces: Traces) -> Any:
    rows: Any = model._default_manager  # noqa: SLF001  (as Django calls it)
    return rows.filter(naming(traces, OF_PARTS[model]), plan__account__code__in=traces.accounts)


def _versions(traces: Traces) -> list[Version]:
    rows = Version.objects.filter(plan__account__code__in=traces.accounts).select_related("plan__account")
    return [each for each in rows if traces.are_in(json.dumps(each.content, ensure_ascii=False))]


def _shared(traces: Traces) -> list[SharedSection]:
    """What the person said, and what names him or her."""
    rows = SharedSection.objects.filter(plan__account__code__in=traces.accounts)
    return [
        each for each in rows
        if each.answered_by_id in traces.people or traces.are_in(json.dumps([each.content, each.words], ensure_ascii=False))
    ]  # fmt: skip
