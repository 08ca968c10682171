import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.visit_plans import reading
from vitalfew.warehouse.run import day_number


@pytest.fixture(autouse=True)
def needs(house, monkeypatch):  # noqa: ARG001  (its accounts are there)
    """Every account wants to be visited, the earlier by code the more."""
    codes = list(Account.objects.order_by("code").values_list("code", flat=True))
    count, today = len(codes), day_number(timezone.localdate())
    known = {
        "customer": codes, "proposed": [6] * count, "next_by": [today] * count, "last_visit": [None] * count,
        "need": [float(1000 - n) for n in range(count)], "risk": [0.5] * count, "open_complaints": [1] * count,
        "silent": [False] * count,
    }  # fmt: skip
    monkeypatch.setattr(reading, "_needs", lambda: known)
    return known
