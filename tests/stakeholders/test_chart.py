"""The chart of who reports to whom: trees, empty seats, circles; moved, compared on a conflict, moved back."""

import re

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.contacts.models import Post
from vitalfew.stakeholders import questions
from vitalfew.stakeholders.tree import Seat, chart

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def drawn(*seats):
    """Each tree as nested tuples of persons, and those tied to nobody."""

    def plain(node):
        return (node.seat.person, *(plain(each) for each in node.below)) if node.below else node.seat.person

    made = chart(seats)
    return [plain(each) for each in made.trees], [plain(each) for each in made.loose]


def seat(person, boss=None, *, left=False):
    return Seat(person, f"人{person}", boss=boss, left=left)


def test_people_stand_under_whom_they_report_to():
    assert drawn(seat(1), seat(2, 1), seat(3, 2), seat(4)) == ([(1, (2, 3))], [4])


def test_who_left_leaves_an_empty_seat_where_somebody_reported_to_it():
    assert drawn(seat(1), seat(2, 1, left=True), seat(3, 2), seat(5, left=True)) == ([(1, (2, 3))], [])
    assert drawn(seat(2, 9, left=True), seat(9, left=True), seat(3, 2)) == ([(9, (2, 3))], [])


def test_a_circle_is_cut_and_nobody_is_missing():
    assert drawn(seat(1, 2), seat(2, 1)) == ([(1, 2)], [])
    assert drawn(seat(1, 1)) == ([], [1])
    assert drawn(seat(1, 2, left=True), seat(2, 1, left=True), seat(3, 1)) == ([(1, 2, 3)], [])


def test_a_boss_without_a_seat_is_no_boss():
    assert drawn(seat(1, 77)) == ([], [1])


@pytest.fixture
def mine(house):
    account = Account.objects.get(code=house.mine)
    Post.objects.filter(account=account).delete()
    return account


@pytest.fixture
def three(house, mine):
    manager = house.user("manager")
    named = ("高总", "president"), ("李总监", "director"), ("小陈", "specialist")
    return [contacts.add(manager, mine, {"name": name}, {"level": level}) for name, level in named]


@pytest.fixture
def browser(house, client):
    return signed_in(house, client, "manager")


def move(browser, account, post, to, **headers):
    sent = {"who": f"{post.pk}:{post.version}", "to": to.person_id if to else ""}
    return browser.post(f"/stakeholders-move/{account.code}/", sent, headers=headers)


def test_somebody_is_moved_and_moved_back(browser, mine, three):
    gao, li, _chen = three
    assert move(browser, mine, li, gao).status_code == 302
    page = browser.get(f"/stakeholders-chart/{mine.code}/").content.decode()
    li.refresh_from_db()
    assert li.reports_to == gao.person
    assert "李总监现在汇报给高总" in page
    assert f'value="{li.pk}:2"' in page
    undo = re.search(r"undo:(/stakeholders-move/[^ \"]+)", page)[1].replace("&amp;", "&")

    assert browser.post(undo, headers={"x-requested-with": "fetch"}).status_code == 204
    li.refresh_from_db()
    assert li.reports_to is None


def test_a_conflict_says_what_is_there_and_what_was_wanted(browser, house, mine, three):
    gao, li, chen = three
    contacts.change_post(house.user("director"), chen.pk, chen.version, {"reports_to": gao.person})

    assert move(browser, mine, chen, li).status_code == 302
    page = browser.get(f"/stakeholders-chart/{mine.code}/").content.decode()
    assert "他人刚刚修改了小陈：现汇报给高总。您的修改（李总监）未保存" in page
    assert move(browser, mine, chen, li, **{"x-requested-with": "fetch"}).status_code == 409


def test_a_circle_is_refused_in_words(browser, mine, three):
    gao, li, _chen = three
    move(browser, mine, li, gao)
    move(browser, mine, gao, li)

    assert "不能形成循环" in browser.get(f"/stakeholders-chart/{mine.code}/").content.decode()
    gao.refresh_from_db()
    assert gao.reports_to is None


@pytest.mark.parametrize("sent", [{}, {"who": "x:y"}, {"who": "99999999999:1"}, {"who": "1", "to": "bird"}])
def test_what_is_nobody_is_not_found(browser, mine, three, sent):  # noqa: ARG001  (they must be there)
    assert browser.post(f"/stakeholders-move/{mine.code}/", sent).status_code == 404


def test_people_of_foreign_accounts_are_not_moved(browser, house, mine, three):
    theirs = contacts.add(house.user("director"), Account.objects.get(code=house.foreign), {"name": "外人"}, {})

    assert move(browser, mine, theirs, three[0]).status_code == 404
    assert move(browser, mine, three[0], theirs).status_code == 404
    assert browser.get(f"/stakeholders-chart/{house.foreign}/").status_code == 404


def test_who_may_not_change_contacts_sees_the_chart_and_moves_nobody(house, client, mine, three):
    analyst = signed_in(house, client, "analyst")
    page = analyst.get(f"/stakeholders-chart/{mine.code}/").content.decode()

    assert "data-orgchart" not in page
    assert "高总" in page
    assert move(analyst, mine, three[1], three[0]).status_code == 403


def test_headlines_tell_what_is_known(browser, mine, three):
    def headline():
        return re.search(r"<h1>(.*?)</h1>", browser.get(f"/stakeholders-chart/{mine.code}/").content.decode())[1]

    gao, li, chen = three
    assert headline() == "3人中有3人的汇报对象未知"
    move(browser, mine, li, gao)
    move(browser, mine, chen, li)
    assert headline() == "全部3人的汇报关系均已知"
    Post.objects.filter(pk=li.pk).update(left_on=timezone.localdate())
    assert headline() == "因离任而空缺的职位：1个"
    Post.objects.filter(account=mine).delete()
    assert headline() == "该客户尚无已知姓名的联系人"


def test_a_boss_who_was_never_there_leaves_an_empty_seat(house, mine, three):
    elsewhere = contacts.add(house.user("director"), Account.objects.get(code=house.foreign), {"name": "外人"}, {})
    Post.objects.filter(pk=three[2].pk).update(reports_to=elsewhere.person)

    made = chart(questions.seats(mine))
    assert [(node.seat.name, node.seat.left) for node in made.trees] == [("外人", True)]


def test_the_number_of_queries_does_not_grow(house, mine, three, django_assert_num_queries):
    with django_assert_num_queries(2):
        questions.seats(mine)
    for number in range(20):
        post = contacts.add(house.user("manager"), mine, {"name": f"人{number}"}, {})
        Post.objects.filter(pk=post.pk).update(reports_to=three[0].person)
    with django_assert_num_queries(2):
        questions.seats(mine)
