"""What reports keep of a person of the customer's: papers about accounts may name him or her."""

from collections.abc import Iterator, Mapping
from typing import Any

from vitalfew.reports.actions import take_out
from vitalfew.reports.models import Report
from vitalfew.rooms import Traces


def told(traces: Traces) -> Iterator[Mapping[str, Any]]:
    for row in _rows(traces):
        yield {"kind": "report", "day": row.day, "account": row.account.code, "file": row.file_name}


def forget(traces: Traces) -> None:
    """A paper cannot be corrected: the files about the accounts where he or she was heard of are taken out."""
    for row in _rows(traces):
        take_out(row)


def _rows(traces: Traces) -> Any:
    return Report.objects.filter(account__code__in=traces.accounts).exclude(place="").select_related("account")
