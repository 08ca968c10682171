"""The pages without an account: the link at the door, the test on the phone, the certificate that anybody can check."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.records import NotPossible
from vitalfew.training import actions, attending, certifying, closing, door, exam
from vitalfew.training.marking import Question
from vitalfew.training.models import Attempt, Attendee, Certificate, Door, Programme, Session

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
ASKED = [
    Question(text="先拆什么？", choices=["运输螺栓", "面板"], right=[0]),
    Question(text="哪些要检查？", choices=["水压", "电压", "天气"], right=[0, 1]),
]


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def session(house, director):
    """Of today, with a test, one account of which two are expected, and its door open."""
    programme = actions.make(director, Programme(title="滚筒洗衣机安装", aim="内部目标", valid_months=12))
    actions.set_test(director, programme.pk, programme.version, ASKED, 100, 2)
    made = actions.make(
        director, Session(programme=programme, day=timezone.localdate(), place="杭州", budget=4711, trainer=director)
    )
    account = Account.objects.get(code=house.mine)
    for name in ("王丽", "Chen Jing"):
        actions.expect_name(director, made, account, name)
    door.open_door(director, made.pk)
    return made


def address(session):
    return f"/join/{door.key_of(session.doors.filter(revoked_at=None).first())}/"


def phone(language="zh-CN"):
    return Client(headers={"accept-language": language})


def come(there, path, name="王丽", **said):
    return there.post(path, {"name": name, "agreed": "on", **said})


def test_the_page_tells_nothing_of_the_house(session, house, director):
    account = Account.objects.get(code=house.mine)
    text = phone().get(address(session)).content.decode()

    assert "滚筒洗衣机安装" in text
    assert "杭州" in text
    for secret in ("王丽", account.name, account.code, director.name, "内部目标", "4711"):
        assert secret not in text, secret


@pytest.mark.parametrize(
    ("language", "word"), [("zh-CN", "签到"), ("zh-TW", "簽到"), ("en-GB", "I am here"), ("fr", "签到")]
)
def test_it_speaks_the_language_of_the_browser(session, language, word):
    assert word in phone(language).get(address(session)).content.decode()


def test_coming_takes_consent_and_counts_once(session):
    path, there = address(session), phone()
    assert there.post(path, {"name": "王丽"}).status_code == 422
    assert Attendee.objects.filter(came_at__isnull=False).count() == 0

    assert come(there, path).status_code == 302
    row = Attendee.objects.get(name="王丽")
    came_at = row.came_at
    assert (row.how, row.agreed_at is not None, row.account.code) == (
        "door",
        True,
        session.companies.get().account.code,
    )
    assert come(there, path).status_code == 200  # sent twice: the phone is known, the page says so
    row.refresh_from_db()
    assert row.came_at == came_at
    assert Attendee.objects.filter(session=session).count() == 2
    assert "王丽" in there.get(path).content.decode()


def test_another_phone_does_not_take_the_place(session, director):
    path = address(session)
    come(phone(), path)
    again = come(phone(), path)
    assert again.status_code == 422
    assert "老师" in again.content.decode() or "讲师" in again.content.decode()
    row = Attendee.objects.get(name="王丽")
    attending.did_not_come(director, row.pk)
    assert come(phone(), path).status_code == 302


def test_names_are_read_however_they_are_typed(session):
    assert come(phone(), address(session), "  chen　jing ").status_code == 302
    assert Attendee.objects.get(name="Chen Jing").came_at is not None


def test_who_was_not_announced_says_the_company(session, house):
    path, account = address(session), Account.objects.get(code=house.mine)
    assert come(phone(), path, "路人甲").status_code == 422
    assert come(phone(), path, "路人甲", company="某某电器").status_code == 302
    assert come(phone(), path, "路人乙", company=account.name).status_code == 302
    assert Attendee.objects.get(name="路人甲").where == "某某电器"
    assert Attendee.objects.get(name="路人乙").account == account
    assert come(phone(), path, "12345", company="x").status_code == 422


def test_of_two_of_one_name_one_chooses_the_company(session, director, house):
    other = Account.objects.get(code=house.foreign)
    second = actions.expect_name(director, session, other, "王丽")
    path, there = address(session), phone()
    asked = come(there, path)
    assert asked.status_code == 422
    assert other.name not in asked.content.decode()
    assert other.name[:4] in asked.content.decode()
    assert come(there, path, which=str(second.pk)).status_code == 302
    second.refresh_from_db()
    assert second.came_at is not None


def test_which_names_only_those_that_were_asked(session, director):
    elsewhere = actions.make(director, Session(programme=session.programme, day=timezone.localdate()))
    other = Attendee.objects.create(session=elsewhere, name="王丽", made_by="x", changed_by="x")
    come(phone(), address(session), which=str(other.pk))
    other.refresh_from_db()
    assert other.came_at is None


def test_a_link_ends_is_revoked_and_cannot_be_made_up(session, director):
    path = address(session)
    there = session.doors.get()
    for wrong in (
        path[:-3] + "00/", f"/join/{there.pk}/", f"/join/{there.pk}-/", "/join/0-0/", f"/join/{'9' * 30}-aa/",
        f"/join/{there.pk + 1}-{path.split('-')[1]}",
    ):  # fmt: skip
        assert phone().get(wrong).status_code == 404, wrong
    Door.objects.filter(pk=there.pk).update(until=timezone.now() + 30 * DAY)
    assert phone().get(path).status_code == 404  # its end is signed too
    Door.objects.filter(pk=there.pk).update(until=there.until)
    assert phone().get(path).status_code == 200
    door.revoke(director, session.pk)
    assert phone().get(path).status_code == 404
    assert come(phone(), path).status_code == 404
    door.open_door(director, session.pk)
    assert address(session) != path
    Door.objects.update(until=timezone.now() - DAY)
    assert phone().get(address(session)).status_code == 404


def test_before_its_day_and_after_its_end_nobody_comes(session, director):
    Session.objects.filter(pk=session.pk).update(day=timezone.localdate() + DAY)
    assert come(phone(), address(session)).status_code == 422
    Session.objects.filter(pk=session.pk).update(day=timezone.localdate(), state="closed")
    assert come(phone(), address(session)).status_code == 422
    assert not Attendee.objects.filter(came_at__isnull=False).exists()
    with pytest.raises(NotPossible):
        door.open_door(director, session.pk)


def test_too_many_forms_are_turned_away(session, monkeypatch):
    monkeypatch.setattr(door, "A_MINUTE", 3)
    answers = [phone().post(address(session), {"name": ""}).status_code for _each in range(5)]
    assert answers == [422, 422, 422, 429, 429]


def test_no_form_is_taken_without_its_token(session):
    there = Client(enforce_csrf_checks=True)
    assert come(there, address(session)).status_code == 403
    assert there.post(address(session) + "test/", {"step": "begin"}).status_code == 403


def answer(there, path, place, *chosen, step="next"):
    return there.post(f"{path}test/", {"q": place, "choice": list(chosen), "step": step})


def test_the_test_is_kept_answer_by_answer(session):
    path, there = address(session), phone()
    come(there, path)
    row = Attendee.objects.get(name="王丽")
    there.post(f"{path}test/", {"step": "begin"})
    there.post(f"{path}test/", {"step": "begin"})
    assert Attempt.objects.count() == 1
    page = there.get(f"{path}test/").content.decode()
    assert "先拆什么？" in page
    assert 'type="radio"' in page

    answer(there, path, 0, 0)
    answer(there, path, 7, 0)
    answer(there, path, 1, 0, 99, "x")
    assert Attempt.objects.get().answers == {"0": [0], "1": [0]}
    assert 'type="checkbox"' in there.get(f"{path}test/?q=1").content.decode()
    there.post(f"{path}test/", {"step": "hand-in"})
    there.post(f"{path}test/", {"step": "hand-in"})
    first = Attempt.objects.get()
    assert (first.score, first.passed) == (50, False)
    assert "50" in there.get(path).content.decode()
    assert exam.tries_left(row) == 1

    there.post(f"{path}test/", {"step": "begin"})
    answer(there, path, 0, 0)
    answer(there, path, 1, 0, 1)
    there.post(f"{path}test/", {"step": "hand-in"})
    held = Certificate.objects.get()
    assert (held.name, held.validity.value) == ("王丽", "valid")
    assert held.number in there.get(path).content.decode()
    assert there.post(f"{path}test/", {"step": "begin"}).status_code == 409
    made = there.get(f"{path}certificate/")
    assert made.content.startswith(b"%PDF")


def test_tries_end(session):
    path, there = address(session), phone()
    come(there, path)
    for _each in range(2):
        there.post(f"{path}test/", {"step": "begin"})
        there.post(f"{path}test/", {"step": "hand-in"})
    assert there.post(f"{path}test/", {"step": "begin"}).status_code == 409
    assert Attempt.objects.count() == 2
    assert there.get(f"{path}certificate/").status_code == 404


def test_a_test_begun_stays_as_it_was_read(session, director):
    path, there = address(session), phone()
    come(there, path)
    there.post(f"{path}test/", {"step": "begin"})
    programme = Programme.objects.get()
    actions.set_test(director, programme.pk, programme.version, ASKED[:1], 100, 2)
    answer(there, path, 0, 0)
    answer(there, path, 1, 0, 1)
    there.post(f"{path}test/", {"step": "hand-in"})
    assert Attempt.objects.get().passed


def test_only_the_phone_that_came_in_takes_the_test(session):
    path = address(session)
    come(phone(), path)
    other = phone()
    assert other.get(f"{path}test/").status_code == 302
    assert other.post(f"{path}test/", {"step": "begin"}).status_code == 302
    assert other.get(f"{path}certificate/").status_code == 404
    forged = phone()
    forged.cookies["vf-attendee"] = f"{Attendee.objects.get(name='王丽').pk}.guess"
    assert forged.get(f"{path}test/").status_code == 302
    assert Attempt.objects.count() == 0


def test_anybody_can_check_a_certificate(session, director, house):
    row = Attendee.objects.get(name="王丽")
    row = attending.came(director, row.pk)
    Attempt.objects.create(
        attendee=row, test=session.programme.test, number=1, passed=True, handed_in_at=timezone.now()
    )
    held = certifying.issue(director, row, timezone.localdate())
    path, account = f"/certified/{held.code}/", Account.objects.get(code=house.mine)

    def told():
        text = phone("en").get(path).content.decode()
        assert held.name in text
        assert "滚筒洗衣机安装" in text
        for secret in (account.name, account.code, held.number, "代考", "杭州"):
            assert secret not in text
        return re.search(r"certificate (is valid|has expired|was revoked)", text).group(1)

    assert told() == "is valid"
    Certificate.objects.filter(pk=held.pk).update(expires_on=timezone.localdate() - DAY)
    assert told() == "has expired"
    certifying.revoke(director, held.pk, held.version, "代考")
    assert told() == "was revoked"
    assert phone().get(f"/certified/{'0' * 32}/").status_code == 404


def test_closing_leaves_the_test_open_to_who_came(session, director):
    path, there = address(session), phone()
    come(there, path)
    there.post(f"{path}test/", {"step": "begin"})
    session.refresh_from_db()
    closing.close(director, session.pk, session.version, {})
    answer(there, path, 0, 0)
    answer(there, path, 1, 0, 1)
    there.post(f"{path}test/", {"step": "hand-in"})
    assert Certificate.objects.count() == 1


def test_the_sheet_shows_the_door(session, house, client):
    client.force_login(house.user("director"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/training/{session.pk}/sheet/").content.decode()
    assert address(session) in page
    made = client.get(f"/training/{session.pk}/sheet/?format=svg")
    assert b"<svg" in made.content
    client.post(f"/training/{session.pk}/door/shut/")
    assert client.get(f"/training/{session.pk}/sheet/").status_code == 302
