"""What people type is found, though it is no page's name."""

import pytest
from django.utils import translation

from vitalfew.contacts import actions, questions
from vitalfew.outlets.search import doors
from vitalfew.outlets.searchable import found

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def in_chinese():
    """Whatever language a request before this left behind."""
    with translation.override("zh-hans"):
        yield


def test_where_one_exports_is_found_by_what_one_wants_to_do(house):
    assert "accounts" in [hit.code for hit in doors(house.user("director"), "导出")]
    assert "data" in [hit.code for hit in doors(house.user("analyst"), "上传")]


def test_what_is_owed_is_found_by_the_word_for_collecting_it(house):
    assert [hit.code for hit in found(house.user("director"), "收款", 8)] == ["credit-watch"]


@pytest.mark.parametrize(
    ("asked", "there"), [("6543", True), ("13876543210", True), ("138 7654", True), ("0000", False)]
)
def test_people_are_found_by_part_of_their_telephone_number(house, asked, there):
    director = house.user("director")
    account = director_account(director)
    post = actions.add(director, account, {"name": "苏晓"}, {}, [("mobile", "+86 138-7654-3210")])

    assert ([each.pk for each in questions.people_found(director, asked, 8)] == [post.pk]) is there


def test_a_changed_number_is_found_and_the_old_one_no_longer(house):
    director = house.user("director")
    post = actions.add(director, director_account(director), {"name": "苏晓"}, {}, [("mobile", "13876543210")])

    actions.change_person(director, post.person_id, post.person.version, {}, [("mobile", "13999990000")])

    assert questions.people_found(director, "765432", 8) == []
    assert [each.pk for each in questions.people_found(director, "999900", 8)] == [post.pk]


def director_account(user):
    from vitalfew.accounts.models import Account

    return Account.objects.visible_to(user).order_by("code").first()
