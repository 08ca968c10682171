"""What our people's statements keep of a person of the customer's."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db import transaction

from vitalfew.accounts.models import Account
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces
from vitalfew.stakeholders import covering
from vitalfew.stakeholders.models import Acquaintance


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in Acquaintance.objects.filter(person__in=traces.people).select_related("user"):
        yield {
            "kind": "acquaintance", "day": row.stated_on, "who": str(row.user), "closeness": row.closeness,
            "note": row.note,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """Nobody knows the person any more, and the name leaves what was noted of others at the same accounts."""
    Acquaintance.objects.filter(person__in=traces.people).delete()
    named = Acquaintance.objects.filter(naming(traces, ("note",)))
    others = named.filter(person__posts__account__code__in=traces.accounts).distinct()
    transaction.on_commit(partial(_cover, traces.accounts))
    for row in others:
        erase(traces, row, ("note",))


def _cover(codes: Iterable[str]) -> None:
    """Once the person is gone, one fewer is known at those accounts."""
    covering.cover(Account.objects.filter(code__in=list(codes)).values_list("pk", flat=True))
