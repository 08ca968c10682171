"""What people set stays, whatever facts come later."""

import pytest

from vitalfew.accounts import actions
from vitalfew.accounts.models import Account
from vitalfew.imports.actions import Job, receive
from vitalfew.imports.work import refresh_now
from vitalfew.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def director():
    return User.objects.create_user("director", role="director", name="周敏")


def master(home, tmp_path, *rows):
    file = tmp_path / "customers.csv"
    file.write_text("\n".join(["customer,name,region,manager", *rows]), encoding="utf-8")
    receive(Job("customers", file, "test"), home)
    refresh_now(home)
    return Account.objects.get(code="A")


def test_a_region_set_by_hand_outlives_the_next_import(home, tmp_path, director):
    account = master(home, tmp_path, "A,Alpha,North,")
    actions.change(director, account, account.version, {"region": "South"})

    account = master(home, tmp_path, "A,Alpha & Co,East,")

    assert (account.region, account.name) == ("South", "Alpha & Co")


def test_an_account_taken_from_its_manager_stays_without(home, tmp_path, director):
    User.objects.create_user("li", role="manager", name="李芳")
    account = master(home, tmp_path, "A,Alpha,North,李芳")
    assert account.manager.username == "li"
    actions.assign(director, [account], None)

    assert master(home, tmp_path, "A,Alpha 2,North,李芳").manager is None


def test_a_name_that_two_users_share_names_nobody(home, tmp_path):
    User.objects.create_user("li1", role="manager", name="李芳")
    User.objects.create_user("li2", role="manager", name="李芳")

    assert master(home, tmp_path, "A,Alpha,North,李芳").manager is None
    assert master(home, tmp_path, "A,Alpha,North,li2").manager.username == "li2"
