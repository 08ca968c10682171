"""Accounts whose facts are as they were are not looked at again when all are brought in line."""

from datetime import date

import pytest
from django.utils import timezone

from vitalfew.accounts import sync
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.activities.models import Activity
from vitalfew.comments.models import Comment
from vitalfew.complaints.models import Complaint
from vitalfew.contacts.models import Person, Post
from vitalfew.duplicates.models import Pair
from vitalfew.imports.actions import Job, receive, undo
from vitalfew.imports.models import Import
from vitalfew.warehouse import shelf
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.sources import FromStore
from vitalfew.warehouse.store import Store

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked_at(monkeypatch):
    """The codes that the next call looks at."""
    seen = []
    bring = sync._bring
    monkeypatch.setattr(
        sync, "_bring", lambda rows, managers: seen.extend(r["code"] for r in rows) or bring(rows, managers)
    )
    return seen


def come_in(home, tmp_path, kind, *rows):
    file = tmp_path / f"{kind}-{Import.objects.count()}.csv"
    file.write_text("\n".join(rows))
    return receive(Job(kind, file, "test", given_name=file.name), home)


def in_line(home, seen):
    seen.clear()
    changed = sync.sync(FromStore(DuckEngine(), Store(home.facts).snapshot()))
    return changed, sorted(seen)


LINES = "order_id,line_no,ordered_on,customer,quantity,amount,customer_name"


@pytest.fixture
def begun(home, tmp_path, looked_at):
    come_in(home, tmp_path, "customers", "customer,name", "A,Alpha", "B,Beta", "C,Gamma")
    come_in(home, tmp_path, "order-lines", LINES, "O1,1,2025-01-05,A,1,10,", "O2,1,2025-01-06,X,1,10,Stranger")
    assert in_line(home, looked_at) == (4, ["A", "B", "C", "X"])
    return home


def test_nothing_new_nothing_looked_at(begun, looked_at):
    assert in_line(begun, looked_at) == (0, [])


def test_only_those_whose_facts_are_other(begun, looked_at, tmp_path):
    come_in(begun, tmp_path, "customers", "customer,name", "B,Better")
    come_in(begun, tmp_path, "order-lines", LINES, "O3,1,2025-01-07,Y,1,10,Why")

    assert in_line(begun, looked_at) == (2, ["B", "Y"])
    assert dict(Account.objects.values_list("code", "name")) == {
        "A": "Alpha", "B": "Better", "C": "Gamma", "X": "Stranger", "Y": "Why",
    }  # fmt: skip


def test_a_stranger_gets_another_name_by_its_orders(begun, looked_at, tmp_path):
    come_in(begun, tmp_path, "order-lines", LINES, "O2,1,2025-01-06,X,1,10,Zebra")

    assert in_line(begun, looked_at) == (1, ["X"])
    assert Account.objects.get(code="X").name == "Zebra"


def test_a_stranger_whose_orders_are_taken_back_goes(begun, looked_at):
    undo(Import.objects.get(kind="order-lines").pk, begun, "test")

    assert in_line(begun, looked_at) == (1, ["A"])
    assert not Account.objects.filter(code="X").exists()


def an_activity(account):
    Activity.objects.create(account=account, way="call", day=date(2025, 1, 8), made_by="ann", changed_by="ann")


def a_comment(account):
    Comment.objects.create(account=account, kind="touch", number=1, text="Ask again", made_by="ann", changed_by="ann")


def a_removed_file(account):
    AccountFile.objects.create(account=account, name="offer.pdf", place="x", size=1, put_away_at=timezone.now())


def a_name_set_by_hand(account):
    account.by_hand = ["name"]
    account.save()


@pytest.mark.parametrize("work", [an_activity, a_comment, a_removed_file, a_name_set_by_hand])
def test_a_stranger_that_somebody_worked_on_stays_when_its_orders_are_taken_back(begun, looked_at, work):
    work(Account.objects.get(code="X"))
    undo(Import.objects.get(kind="order-lines").pk, begun, "test")

    assert in_line(begun, looked_at) == (0, ["A"])
    assert Account.objects.filter(code="X").exists()


def a_complaint(account):
    Complaint.objects.create(imported=True, account=account, number="C1", received_on=date(2025, 1, 8))


def a_contact(account):
    person = Person.objects.create(name="Li", made_by="import", changed_by="import")
    Post.objects.create(account=account, person=person, contact_id="P1", made_by="import", changed_by="import")


def a_pair_nobody_decided(account):
    other = Account.objects.get(code="A")
    given = {"kind": "account", "one_account": other, "probability": 0.9, "made_by": "system", "changed_by": "system"}
    Pair.objects.create(other_account=account, **given)


@pytest.mark.parametrize("found", [a_complaint, a_contact, a_pair_nobody_decided])
def test_what_facts_and_machines_wrote_keeps_no_stranger(begun, looked_at, found):
    found(Account.objects.get(code="X"))
    undo(Import.objects.get(kind="order-lines").pk, begun, "test")

    assert in_line(begun, looked_at) == (1, ["A"])
    assert not Account.objects.filter(code="X").exists()


def test_a_stranger_that_the_master_comes_to_know_is_completed(begun, looked_at, tmp_path):
    come_in(begun, tmp_path, "customers", "customer,name", "X,Known")

    assert in_line(begun, looked_at) == (1, ["X"])
    assert Account.objects.get(code="X").stub is False


@pytest.mark.parametrize("lost", ["record", "note", "code"])
def test_all_are_looked_at_where_it_is_not_known_that_they_were(begun, looked_at, lost, monkeypatch):
    if lost == "record":
        Account.objects.filter(code="B").delete()
    elif lost == "note":
        (begun.folder / "results" / shelf.NAME / f"{sync.NOTE}{shelf.NOTED}").unlink()
    else:
        monkeypatch.setattr(shelf, "code", lambda: "upgraded")

    assert in_line(begun, looked_at) == (int(lost == "record"), ["A", "B", "C", "X"])
