"""Many rows go in and out in short transactions, so that who saves a record meanwhile does not wait for all of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vitalfew.warehouse import inserts, scorecards
from vitalfew.warehouse.inserts import drop, insert
from vitalfew.warehouse.models import Proposal, Refresh, Scorecard

pytestmark = pytest.mark.django_db


def cards(refresh, n):
    insert(Scorecard, ["refresh", "customer", "direction", "abc", "tier", "cell", "cooperation", "risk", "cause", "anomaly",
        "months"], [(refresh.pk, f"C{each}", *[""] * 8, []) for each in range(n)])  # fmt: skip


@pytest.fixture
def refresh():
    return Refresh.objects.create(as_of="2026-10-31", currency="CNY")


def test_rows_go_in_and_out_batch_by_batch(refresh, monkeypatch):
    monkeypatch.setattr(inserts, "BATCH", 2)
    other = Refresh.objects.create(as_of="2026-09-30", currency="CNY")
    cards(other, 1)

    with CaptureQueriesContext(connection) as going_in:
        cards(refresh, 5)
    assert Scorecard.objects.filter(refresh=refresh).count() == 5
    with CaptureQueriesContext(connection) as going_out:
        drop(Scorecard.objects.filter(refresh=refresh))

    for captured in (going_in, going_out):
        assert sum(query["sql"].startswith("SAVEPOINT") for query in captured) == 3
    assert [card.refresh_id for card in Scorecard.objects.all()] == [other.pk]


@pytest.mark.django_db(transaction=True)
def test_no_transaction_spans_a_refreshs_cards(monkeypatch, home):
    open_ones = []
    monkeypatch.setattr(scorecards.cards, "write", lambda *_told: open_ones.append(connection.in_atomic_block))
    monkeypatch.setattr(scorecards.proposed, "write", lambda *_told: open_ones.append(connection.in_atomic_block))

    scorecards.refresh(home)

    assert open_ones == [False, False]
    assert not Proposal.objects.exists()
