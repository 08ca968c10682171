"""Programmes, sessions, who came, certificates, and what other rooms get of it."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.club import actions as club
from vitalfew.club import joining
from vitalfew.club.models import Benefit, Level, Use
from vitalfew.contacts import actions as contacts
from vitalfew.contacts.models import Post
from vitalfew.incentives.models import Case
from vitalfew.incentives.periods import Period
from vitalfew.incentives.reading import cases
from vitalfew.outlets.search import hits
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces
from vitalfew.training import actions, attending, certifying, closing, covering, examples, handed, personal, questions
from vitalfew.training.certifying import last_day
from vitalfew.training.marking import Question, missed, score
from vitalfew.training.models import Attempt, Attendee, Certificate, Company, Programme, Session, Test, Unchangeable
from vitalfew.training.words import Presence, Reach, SessionState, Validity
from vitalfew.training.worklist import waiting

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
ASKED = [
    Question(text="先拆什么？", choices=["运输螺栓", "面板"], right=[0]),
    Question(text="哪些要检查？", choices=["水压", "电压", "天气"], right=[0, 1]),
]


def today():
    return timezone.localdate()


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def foreign(house):
    return Account.objects.get(code=house.foreign)


@pytest.fixture
def programme(director):
    return actions.make(director, Programme(title="滚筒洗衣机安装", valid_months=12))


def a_session(user, programme, ahead=0, **said):
    return actions.make(user, Session(programme=programme, day=today() + ahead * DAY, trainer=user, **said))


def a_post(user, account, name="王丽", level="shop_assistant", **said):
    return contacts.add(user, account, {"name": name}, {"level": level, **said}, [])


def with_test(user, programme, tries=2, mark=80):
    programme.refresh_from_db()
    return actions.set_test(user, programme.pk, programme.version, ASKED, mark, tries)


def test_a_score_counts_whole_questions():
    assert score(ASKED, {"0": [0], "1": [1, 0]}) == 100
    assert score(ASKED, {"0": [0], "1": [0]}) == 50
    assert score(ASKED, {}) == score([], {}) == 0
    most, least = missed(ASKED, [{"0": [0]}, {"0": [0], "1": [0, 1]}])
    assert (most["place"], most["wrong"], most["of"], least["wrong"]) == (2, 1, 2, 0)


def test_months_end_the_day_before():
    assert last_day(today().replace(year=2026, month=8, day=31), 6).isoformat() == "2027-02-27"
    assert last_day(today().replace(year=2026, month=12, day=1), 1).isoformat() == "2026-12-31"


def test_an_answered_test_never_changes(director, programme, mine):
    with_test(director, programme)
    first = programme.test
    session = a_session(director, programme)
    person = actions.expect_name(director, session, mine, "王丽")
    begun = Attempt.objects.create(attendee=person, test=first, number=1)

    programme.refresh_from_db()
    version = programme.version
    actions.set_test(director, programme.pk, version, ASKED, 80, 2)
    assert programme.tests.count() == 1  # the same is no new version
    actions.set_test(director, programme.pk, version, ASKED[:1], 80, 2)
    begun.refresh_from_db()
    assert (programme.tests.count(), len(begun.test.questions), len(programme.test.questions)) == (2, 2, 1)
    with pytest.raises(Stale):
        actions.set_test(director, programme.pk, version, ASKED, 80, 2)
    with pytest.raises(Unchangeable):
        first.save()
    assert Test.objects.get(pk=first.pk).questions == ASKED


def test_who_is_expected_comes_and_is_certified(director, programme, mine):
    post = a_post(director, mine)
    session = a_session(director, programme)
    assert actions.expect(director, session, [post]) == 1
    assert actions.expect(director, session, [post]) == actions.invite(director, session, [mine]) == 0
    row = Attendee.objects.get(session=session)

    came = attending.came(director, row.pk)
    assert (attending.came(director, row.pk).came_at, came.presence) == (came.came_at, Presence.CAME)
    closed = closing.close(director, session.pk, session.version, {"outcome": "顺利", "cost": Decimal(800)})
    held = Certificate.objects.get(attendee=row)
    assert (closed.state, held.number[:5], held.validity) == ("closed", f"{today().year}-", Validity.VALID)
    assert held.expires_on == last_day(session.day, 12)
    certifying.issue_all(director, session.pk)
    assert Certificate.objects.filter(attendee=row).count() == 1
    with pytest.raises(NotPossible):
        attending.did_not_come(director, row.pk)


def test_steps_that_are_not_possible_say_so(director, programme, mine, house):
    session = a_session(director, programme, ahead=3)
    row = actions.expect_name(director, session, mine, "王丽")
    for refused in (
        lambda: attending.came(director, row.pk),
        lambda: closing.held(director, session.pk),
        lambda: closing.close(director, session.pk, session.version, {}),
        lambda: closing.reopen(director, session.pk),
        lambda: actions.put_away(director, Programme, programme.pk),
    ):
        with pytest.raises(NotPossible):
            refused()
    with pytest.raises(Forbidden):
        actions.make(house.user("supply"), Session(programme=programme, day=today()))
    cancelled = closing.cancel(director, session.pk, session.version, "场地停电")
    assert (cancelled.state, cancelled.reason) == ("cancelled", "场地停电")
    with pytest.raises(NotPossible):
        actions.invite(director, cancelled, [mine])
    assert closing.reopen(director, session.pk).reason == ""


def test_closed_it_counts_for_incentives_and_the_club(director, programme, mine):
    level = club.make(director, Level(name="金卡", mark="金", rank=1))
    right = club.make(director, Benefit(level=level, kind="training", text="每年两次培训"))
    joining.enter(mine, level, today(), ())
    session = a_session(director, programme)
    for name in ("王丽", "陈静"):
        attending.came(director, actions.expect_name(director, session, mine, name).pk)

    closing.close(director, session.pk, session.version, {})
    trained, _breaches = cases([mine.code], Period(today(), today()))
    assert trained[mine.code] == 1
    assert Use.objects.get(account=mine).benefit == right
    evidence = Case.objects.get(account=mine).evidence
    assert "2" in evidence
    assert "王丽" not in evidence

    assert closing.reopen(director, session.pk).state == SessionState.HELD
    assert cases([mine.code], Period(today(), today()))[0].get(mine.code, 0) == 0
    assert not Use.objects.filter(account=mine, put_away_at=None).exists()
    session.refresh_from_db()
    closing.close(director, session.pk, session.version, {})
    assert cases([mine.code], Period(today(), today()))[0][mine.code] == 1


def test_who_came_is_not_taken_off_the_list(director, programme, mine):
    session = a_session(director, programme)
    row = actions.expect_name(director, session, mine, "王丽")
    row = attending.came(director, row.pk)
    for kind, pk in ((Attendee, row.pk), (Company, session.companies.get().pk)):
        with pytest.raises(NotPossible):
            actions.put_away(director, kind, pk)
    attending.did_not_come(director, row.pk)
    actions.put_away(director, Attendee, row.pk)
    assert actions.fetch_back(director, Attendee, row.pk).put_away_at is None


def test_a_revoked_certificate_is_given_back(director, programme, mine):
    session = a_session(director, programme)
    row = actions.expect_name(director, session, mine, "王丽")
    row = attending.came(director, row.pk)
    held = certifying.issue(director, row, today() - 400 * DAY)
    assert held.validity is Validity.EXPIRED
    gone = certifying.revoke(director, held.pk, held.version, "代考")
    assert gone.validity is Validity.REVOKED
    with pytest.raises(NotPossible):
        certifying.revoke(director, held.pk, gone.version, "再次")
    found = Certificate.objects.all()
    assert [found.standing(each).count() for each in Validity] == [0, 0, 1]
    assert certifying.give_back(director, held.pk).validity is Validity.EXPIRED
    assert [found.standing(each).count() for each in Validity] == [0, 1, 0]


def test_coverage_counts_the_people_meant(house, director, programme, mine):
    posts = [a_post(director, mine, name) for name in ("王丽", "陈静")]
    a_post(director, mine, "李总", level="president")
    manager = house.user("manager")

    def now(which=None):
        return covering.coverage(manager, which).get(pk=mine.pk)

    before = now().meant
    assert covering.reach(now()) is Reach.NEVER
    session = a_session(director, programme)
    actions.expect(director, session, posts[:1])
    row = Attendee.objects.get(session=session)
    row = attending.came(director, row.pk)
    held = certifying.issue(director, row, today())
    found = now(programme)
    assert (found.meant, found.trained, found.latest, found.oldest) == (before, 1, today(), today())
    assert covering.reach(found) is Reach.PARTLY
    assert mine in covering.reaching(covering.coverage(manager), Reach.PARTLY.value)
    (line,) = covering.by_programme(manager, mine)
    assert (line["meant"], line["trained"]) == (before, 1)

    certifying.revoke(director, held.pk, held.version, "x")
    assert covering.reach(now()) is Reach.LAPSED
    programme.levels = ["president"]
    programme.save()
    assert now(programme).meant == Post.objects.held().filter(account=mine, level="president").count()


def test_a_certificate_goes_with_its_holder(director, programme, mine, foreign):
    """Who moves to another company is trained there."""
    post = a_post(director, mine)
    session = a_session(director, programme)
    actions.expect(director, session, [post])
    row = Attendee.objects.get(session=session)
    row = attending.came(director, row.pk)
    certifying.issue(director, row, today())
    contacts.move(director, post, foreign, today(), {"title": "店员", "department": ""})
    Post.objects.filter(person=post.person, account=foreign).update(level="shop_assistant")

    assert covering.coverage(director, programme).get(pk=foreign.pk).trained == 1
    assert covering.coverage(director, programme).get(pk=mine.pk).trained == 0


def test_today_asks_to_prepare_hold_and_close(director, programme):
    for ahead, _title in ((20, ""), (3, "Prepare a training"), (0, "Hold a training"), (-2, "Close a training")):
        a_session(director, programme, ahead)
    asked = [task.what for task in waiting(director) if "/training/" in task.url]
    assert asked == ["Close a training", "Hold a training", "Prepare a training"]


def test_today_asks_to_train_again(house, director, programme, mine):
    manager = house.user("manager")
    session = a_session(director, programme)
    actions.expect(director, session, [a_post(director, mine)])
    row = Attendee.objects.get(session=session)
    row = attending.came(director, row.pk)
    held = certifying.issue(director, row, today() - 340 * DAY)

    (line,) = [task for task in waiting(manager) if task.what == "Train people again"]
    assert (line.customer, line.due) == (mine.code, held.expires_on)
    Certificate.objects.filter(pk=held.pk).update(expires_on=today() + 200 * DAY)
    assert [task for task in waiting(manager) if task.what == "Train people again"] == []


def test_it_stands_in_the_timeline_and_is_found(director, programme, mine):
    session = a_session(director, programme, place="杭州培训中心")
    attending.came(director, actions.expect_name(director, session, mine, "王丽").pk)

    said = [touch.what.say("en") for touch in timeline(director, mine) if touch.kind == "training"]
    assert said == ["1 person was trained: 滚筒洗衣机安装"]
    assert {hit.kind for hit in hits(director, "滚筒洗衣机", 5)} >= {"programme", "training"}
    assert [row.pk for row in handed.HANDED[0].rows(mine, director)] == [session.pk]


def test_others_accounts_are_not_there(house, director, programme, mine, foreign):
    manager = house.user("manager")
    session = a_session(director, programme)
    for account, name in ((mine, "王丽"), (foreign, "赵敏")):
        attending.came(director, actions.expect_name(director, session, account, name).pk)
    certifying.issue_all(director, session.pk)
    stranger = Attendee.objects.create(session=session, name="路人", company="不认识", made_by="x", changed_by="x")

    assert [row.name for row in questions.of_session(manager, session)] == ["王丽"]
    assert [row.name for row in questions.certificates(manager)] == ["王丽"]
    assert questions.sessions(manager).get().came == 1
    assert stranger not in questions.attendees(manager)
    Session.objects.filter(pk=session.pk).update(trainer=manager)
    assert stranger in questions.attendees(manager)
    with pytest.raises(Attendee.DoesNotExist):
        attending.did_not_come(manager, Attendee.objects.get(name="赵敏").pk)


def test_a_person_is_told_and_forgotten(director, programme, mine):
    post = a_post(director, mine)
    session = a_session(director, programme, outcome="王丽讲得好")
    actions.expect(director, session, [post])
    row = Attendee.objects.get(session=session)
    row = attending.came(director, row.pk)
    held = certifying.issue(director, row, today())
    traces = Traces(frozenset({post.person_id}), frozenset(), frozenset(), frozenset({"王丽"}), frozenset({mine.code}))

    kinds = [each["kind"] for each in personal.told(traces)]
    assert kinds == ["training", "certificate", "training session"]
    personal.forget(traces)
    for kept in (row, held, session):
        kept.refresh_from_db()
    assert (row.person, held.person, held.validity) == (None, None, Validity.REVOKED)
    assert not any("王丽" in text for text in (row.name, held.name, session.outcome))
    assert row.came_at is not None


def test_pages_take_what_people_write(house, client, director, programme, mine):
    browser = signed_in(house, client, "director")
    made = browser.post("/training/programmes/new/", {"title": "导购话术", "hours": "2", "levels": ["shop_assistant"]})
    row = Programme.objects.get(title="导购话术")
    assert made.headers["Location"] == row.get_absolute_url()
    sent = {
        "version": row.version, "pass_mark": 60, "tries": 3, "q-TOTAL_FORMS": 2, "q-INITIAL_FORMS": 0,
        "q-0-text": "顾客嫌贵怎么答？", "q-0-choices": "讲节水节电\n* 算五年总花费\n降价",
    }  # fmt: skip
    bad = browser.post(row.get_absolute_url() + "test/", {**sent, "q-0-choices": "降价\n讲道理"})
    assert bad.status_code == 422
    assert "*" in bad.content.decode()
    assert browser.post(row.get_absolute_url() + "test/", sent).status_code == 302
    assert row.test.questions == [
        {"text": "顾客嫌贵怎么答？", "choices": ["讲节水节电", "算五年总花费", "降价"], "right": [1]}
    ]

    begun = {"programme": row.pk, "day": today(), "begins": "14:00", "ends": "13:00"}
    assert browser.post("/training/new/", begun).status_code == 422
    planned = browser.post(f"/training/new/?account={house.mine}", {**begun, "ends": "16:00"})
    session = Session.objects.get(programme=row)
    assert planned.headers["Location"] == session.get_absolute_url()
    assert session.companies.get().account == mine
    post = a_post(director, mine)
    page = session.get_absolute_url()
    assert browser.post(f"{page}expect/", {"posts": [post.pk]}).status_code == 302
    assert browser.post(f"{page}invite/", {"account": house.mine, "name": "新来的小周"}).status_code == 302
    assert browser.post(f"{page}invite/", {"account": "nobody"}).status_code == 422
    for one in session.attendees.all():
        assert browser.post(f"/training/attendees/{one.pk}/came/").status_code == 302
    session.refresh_from_db()
    assert browser.post(f"{page}close/", {"version": session.version, "cost": "1200"}).status_code == 302
    session.refresh_from_db()
    assert (session.state, session.cost) == ("closed", Decimal(1200))
    assert not Certificate.objects.exists()  # nobody took the test
    moved = {"version": session.version, "programme": programme.pk, "day": today() - DAY, "place": "新址"}
    assert browser.post(f"{page}edit/", moved).status_code == 302
    session.refresh_from_db()
    assert (session.place, session.programme, session.day) == ("新址", row, today())
    assert b"METHOD:PUBLISH" in browser.get(f"{page}calendar/").content
    Session.objects.filter(pk=session.pk).update(state="cancelled")
    assert b"METHOD:CANCEL" in browser.get(f"{page}calendar/").content


def test_lists_export_and_filter(house, client, director, programme, mine):
    session = a_session(director, programme)
    attending.came(director, actions.expect_name(director, session, mine, "=王丽").pk)
    browser = signed_in(house, client, "director")
    lists = (
        "/training/", "/training/programmes/", "/training/attendees/?presence=came", "/training/certificates/?standing=valid",
        f"/training/coverage/?programme={programme.pk}&reach=never",
    )  # fmt: skip
    for path in lists:
        assert browser.get(path).status_code == 200, path
        kind = browser.get(path + ("&" if "?" in path else "?") + "format=csv")
        told = b"".join(kind.streaming_content).decode()
        assert "\n" in told, path
        assert ",=王丽" not in told, path


def test_pages_ask_a_fixed_number_of_queries(house, client, director, programme, mine):
    browser = signed_in(house, client, "director")
    session = a_session(director, programme)

    def asked(path):
        browser.get(path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    pages = (
        session.get_absolute_url(),
        f"/accounts/{mine.code}/?tab=training",
        "/training/coverage/",
        "/training/",
        "/",
    )
    for name in ("王丽", "陈静"):
        attending.came(director, actions.expect_name(director, session, mine, name).pk)
    before = {path: asked(path) for path in pages}
    for place in range(12):
        attending.came(director, actions.expect_name(director, session, mine, f"店员{place}").pk)
        certifying.issue_all(director, session.pk)
    assert {path: asked(path) for path in pages} == before


def test_the_examples_are_there_once(house, settings):  # noqa: ARG001
    examples.plant()
    counts = [each.objects.count() for each in (Programme, Session, Attendee, Certificate)]
    examples.plant()
    assert [each.objects.count() for each in (Programme, Session, Attendee, Certificate)] == counts
    assert counts[:2] == [3, 8]
    assert counts[2] >= 50


def test_a_certificate_is_printed_in_three_languages(house, client, director, programme, mine):
    from pypdf import PdfReader

    session = a_session(director, programme)
    row = actions.expect_name(director, session, mine, "王丽")
    row = attending.came(director, row.pk)
    held = certifying.issue(director, row, today())
    browser = signed_in(house, client, "director")
    for code, word in (("zh-hans", "培训证书"), ("zh-hant", "培訓證書"), ("en", "Certificate of training")):
        from io import BytesIO

        made = browser.get(f"/training/certificates/{held.pk}/pdf/?in={code}")
        pages = PdfReader(BytesIO(made.content)).pages
        assert len(pages) == 1
        assert re.sub(r"\s+", "", word) in re.sub(r"\s+", "", pages[0].extract_text()), code


def test_a_contact_s_page_tells_what_he_was_at(house, client, director, programme, mine):
    post = a_post(director, mine)
    session = a_session(director, programme)
    actions.expect(director, session, [post])
    certifying.issue(director, attending.came(director, Attendee.objects.get().pk), today())
    page = signed_in(house, client, "manager").get(post.person.get_absolute_url()).content.decode()
    assert "滚筒洗衣机安装" in page
    assert Certificate.objects.get().number in page


def test_today_asks_in_one_query(director):
    with CaptureQueriesContext(connection) as queries:
        assert list(waiting(director)) == []
    assert len(queries) == 1
