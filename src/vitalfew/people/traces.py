"""Texts that name a person: found, and rid of the name, so that he or she can be forgotten."""

from collections.abc import Collection

from django.db.models import Model, Q

from vitalfew.rooms import Traces


def holding(words: Collection[str], fields: Collection[str]) -> Q:
    """Where one of the words stands in one of the fields; nowhere, where there are none."""
    found = Q(pk=None)
    for name in fields:
        for word in words:
            found |= Q(**{f"{name}__icontains": word})
    return found


def naming(traces: Traces, fields: Collection[str]) -> Q:
    """Where the person's numbers or names stand in one of the fields."""
    return holding(traces.words | traces.names, fields)


def erase(traces: Traces, row: Model, fields: Collection[str]) -> None:
    """The name leaves these texts of a record, which is a newer version of itself then; the audit trail says nothing."""
    texts: dict[str, object] = {name: traces.erased_from(getattr(row, name)) for name in fields}
    if hasattr(row, "version"):
        texts["version"] = row.version + 1
    type(row)._base_manager.filter(pk=row.pk).update(**texts)  # noqa: SLF001  (as Django calls it)
