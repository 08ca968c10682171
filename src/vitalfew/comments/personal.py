"""What comments keep of a person of the customer's."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.timezone import localdate

from vitalfew.comments.models import Comment
from vitalfew.people.traces import erase, naming
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces).select_related("account", "who"):
        yield {
            "kind": "comment", "day": localdate(row.made_at), "account": row.account.code, "who": str(row.who or ""),
            "text": row.text,
        }  # fmt: skip


def forget(traces: Traces) -> None:
    """The name leaves the texts; what was said without it stays."""
    for row in _rows(traces):
        erase(traces, row, ("text",))


def _rows(traces: Traces) -> Any:
    return Comment.objects.filter(naming(traces, ("text",)), account__code__in=traces.accounts)
