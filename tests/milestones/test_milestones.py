"""Days of accounts: told in time to who congratulates and, where round, to executives; answered, left out, missed and counted."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.search import index
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.milestones import actions, questions
from vitalfew.milestones.days import next_after
from vitalfew.milestones.following import follow
from vitalfew.milestones.models import PATIENCE, Celebration, Milestone
from vitalfew.milestones.touches import touches
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def fields(day, **other):
    return {
        "kind": "founding", "title": "公司成立", "day": day, "lunar": False, "yearly": True, "round_only": False,
        "lead": 30, "owner": None,
        "person": None, "consent": "", **other,
    }  # fmt: skip


def ago(years, ahead):
    """A day so many years ago whose anniversary is in so many days; never 29 February."""
    on = today() + ahead * DAY
    return date(on.year - years, on.month, min(on.day, 28)), date(on.year, on.month, min(on.day, 28))


@pytest.fixture
def noted(manager, mine):
    return actions.note(manager, mine, fields(ago(20, 12)[0]))


def test_a_day_is_told_so_many_days_ahead_and_counts_its_years(noted):
    assert noted.next_on == ago(20, 12)[1]
    assert noted.tell_on == noted.next_on - 30 * DAY
    assert (noted.years, noted.is_round) == (20, True)
    assert noted.nearness.value == "now"


def test_it_waits_for_the_accounts_manager_or_for_whom_it_names(manager, noted, house):
    def waits(user):
        return noted.get_absolute_url() in [task.url for task in tasks_for(user)]

    other = User.objects.get(username="other")
    assert waits(manager)
    assert not waits(other)
    assert not waits(house.user("director"))
    actions.change(manager, noted.pk, noted.version, fields(noted.day, owner=house.user("director")))
    assert (waits(manager), waits(house.user("director"))) == (False, True)


@pytest.mark.parametrize(("years", "told"), [(20, True), (19, False)])
def test_executives_hear_of_round_ones(manager, mine, house, years, told):
    row = actions.note(manager, mine, fields(ago(years, 12)[0]))

    lines = [task for task in tasks_for(house.user("executive")) if task.url == row.get_absolute_url()]

    assert bool(lines) == told


def test_where_only_round_years_count_the_others_are_passed_over(manager, mine):
    row = actions.note(manager, mine, fields(ago(22, 12)[0], round_only=True))

    assert (row.years, row.nearness.value) == (25, "ahead")
    changed = actions.change(manager, row.pk, row.version, fields(row.day, round_only=False))
    assert changed.years == 22


def test_what_lies_far_ahead_does_not_wait(manager, mine):
    row = actions.note(manager, mine, fields(ago(20, 60)[0]))

    assert row.nearness.value == "ahead"
    assert row.get_absolute_url() not in [task.url for task in tasks_for(manager)]


def test_answered_it_comes_again_next_year_and_can_be_taken_back(manager, noted, mine):
    on = noted.next_on
    done = actions.congratulate(manager, noted.pk, noted.version, sign="letter", what="贺信", done_on=today())

    assert done.next_on == next_after(noted.day, on, lunar=False)
    came = done.celebrations.get()
    assert (came.on, came.became, came.who) == (on, "answered", manager)
    answered = actions.reply(manager, noted.pk, done.version, text="来电致谢", on=today())
    said = [touch.what.say("zh-hans") for touch in touches(manager, mine)]
    assert any("贺信" in text for text in said)
    assert any("来电致谢" in text for text in said)
    back = actions.take_back(manager, noted.pk)
    assert (back.next_on, back.celebrations.count()) == (on, 0)
    assert answered.version < back.version


def test_what_comes_once_is_over_when_it_was_answered(manager, mine):
    row = actions.note(manager, mine, fields(today() - 6 * DAY, kind="honour", yearly=False, lead=14))
    assert row.nearness.value == "past", "an award of last week can still be congratulated"

    done = actions.congratulate(manager, row.pk, row.version, sign="call", what="电话祝贺", done_on=today())

    assert done.next_on is None
    assert done.nearness.value == "over"
    with pytest.raises(NotPossible, match="comes no more"):
        actions.leave_out(manager, row.pk, done.version, "x")


def test_what_came_once_long_ago_is_not_missed_by_being_noted(manager, mine):
    row = actions.note(manager, mine, fields(today() - PATIENCE - DAY, kind="honour", yearly=False, lead=14))

    follow()

    assert row.next_on is None
    assert not Celebration.objects.filter(milestone=row).exists()


def test_a_day_that_passed_without_a_word_counts_as_missed(manager, noted):
    Milestone.objects.filter(pk=noted.pk).update(next_on=today() - PATIENCE - DAY, tell_on=today() - 45 * DAY)

    follow()

    row = Milestone.objects.get(pk=noted.pk)
    assert row.celebrations.get().became == "missed"
    assert row.next_on > today() - PATIENCE
    assert row.version == noted.version + 1
    kept = questions.counted(manager, today() - 365 * DAY)
    assert (kept.answered, kept.missed, kept.came) == (0, 1, 1)
    assert AuditEntry.objects.filter(action="milestone-miss", subject=row.subject).exists()
    follow()
    assert row.celebrations.count() == 1


def test_within_two_weeks_it_is_asked_for_still(manager, noted):
    Milestone.objects.filter(pk=noted.pk).update(next_on=today() - PATIENCE + DAY)

    follow()

    assert not Celebration.objects.exists()
    assert noted.get_absolute_url() in [task.url for task in tasks_for(manager)]


def test_days_of_key_accounts_come_from_the_facts_and_follow_them(mine):
    Scorecard.objects.filter(refresh=scorecards.current(), customer=mine.code).update(tier="mvc")
    Account.objects.filter(pk=mine.pk).update(founded_on=date(1996, 5, 8), opened_on=None)

    follow()
    follow()

    row = Milestone.objects.get(account=mine)
    assert (row.kind, row.told, row.day) == ("founding", "founded_on", date(1996, 5, 8))
    assert row.is_round, "what nobody asked for is told in round years only"
    Account.objects.filter(pk=mine.pk).update(founded_on=date(1997, 5, 8))
    follow()
    row.refresh_from_db()
    assert row.day == date(1997, 5, 8)


def test_what_a_person_corrected_is_not_overwritten_by_the_facts(manager, mine):
    Scorecard.objects.filter(refresh=scorecards.current(), customer=mine.code).update(tier="mvc")
    Account.objects.filter(pk=mine.pk).update(founded_on=date(1996, 5, 8), opened_on=None)
    follow()
    row = Milestone.objects.get(account=mine)
    actions.change(manager, row.pk, row.version, fields(date(1995, 5, 8)))

    Account.objects.filter(pk=mine.pk).update(founded_on=date(1994, 1, 1))
    follow()

    assert Milestone.objects.get(account=mine).day == date(1995, 5, 8)


def test_accounts_that_are_no_key_accounts_bring_none(mine):
    Scorecard.objects.filter(refresh=scorecards.current()).update(tier="bz")
    Account.objects.filter(pk=mine.pk).update(founded_on=date(1996, 5, 8))

    follow()

    assert not Milestone.objects.exists()


def test_who_changed_it_meanwhile_is_not_overwritten(manager, noted):
    actions.change(manager, noted.pk, noted.version, fields(noted.day, lead=20))

    with pytest.raises(Stale):
        actions.congratulate(manager, noted.pk, noted.version, sign="call", what="x", done_on=today())
    assert not Celebration.objects.exists()


def test_only_those_near_it_and_heads_change_it(house, noted):
    for role in ("analyst", "marketing"):
        with pytest.raises(Forbidden):
            actions.put_away(house.user(role), noted.pk)
    with pytest.raises(Milestone.DoesNotExist):
        actions.put_away(User.objects.get(username="other"), noted.pk)
    actions.put_away(house.user("director"), noted.pk)
    assert not questions.milestones(house.user("director")).exists()


@pytest.fixture
def wang(manager, mine):
    post = contacts.add(manager, mine, {"name": "王庆生", "birthday": None}, {"title": "总经理"}, [])
    return post.person


def test_a_personal_day_needs_its_person_and_a_yes(house, client, mine, wang):
    browser = signed_in(house, client, "manager")
    sent = {"kind": "personal", "title": "", "day": "1970-03-02", "yearly": "on", "lead": "7", "owner": ""}
    url = f"/milestones/new/?account={mine.code}"

    alone = browser.post(url, sent)
    unasked = browser.post(url, {**sent, "person": wang.pk})
    agreed = browser.post(url, {**sent, "person": wang.pk, "consent": "拜访时本人同意"})

    assert (alone.status_code, unasked.status_code, agreed.status_code) == (422, 422, 302)
    assert "请说明是谁的日子" in alone.content.decode()
    assert Milestone.objects.get().person == wang


def test_a_person_is_handed_out_and_forgotten(own_facts, house, manager, mine, wang):  # noqa: ARG001
    own = actions.note(manager, mine, fields(ago(50, 3)[0], kind="personal", person=wang, consent="本人同意"))
    other = actions.note(manager, mine, fields(ago(10, 3)[0], title="王庆生创办公司"))

    told = erasing.hand_out(house.user("administrator"), wang)
    assert {"milestone"} <= {each["kind"] for each in told["elsewhere"]}
    erasing.erase(house.user("administrator"), wang, wang.version)

    assert not Milestone.objects.filter(pk=own.pk).exists()
    other.refresh_from_db()
    assert "王庆生" not in other.title


def test_over_the_pages_it_is_noted_answered_and_put_away(house, client, mine):
    browser = signed_in(house, client, "manager")
    day, _on = ago(10, 5)

    sent = {
        "kind": "opening",
        "title": "西区分公司开业",
        "day": day.isoformat(),
        "yearly": "on",
        "lead": "",
        "owner": "",
    }
    made = browser.post(f"/milestones/new/?account={mine.code}", sent)
    row = Milestone.objects.get()
    assert made.url == row.get_absolute_url()
    assert row.lead == 30, "as usual for its kind"
    for place in ("/milestones/", row.get_absolute_url(), f"{mine.get_absolute_url()}?tab=milestones", "/"):
        assert "西区分公司开业" in browser.get(place).content.decode(), place
    said = {"version": row.version, "sign": "present", "what": "花篮", "done_on": today().isoformat()}
    assert browser.post(f"{row.get_absolute_url()}congratulate/", said).status_code == 302
    assert "花篮" in browser.get(row.get_absolute_url()).content.decode()
    stale = browser.post(f"{row.get_absolute_url()}leave-out/", {"version": row.version, "why": "x"})
    assert stale.status_code == 422
    assert browser.post(f"{row.get_absolute_url()}take-back/").status_code == 302
    assert browser.post(f"{row.get_absolute_url()}put-away/").status_code == 302
    assert browser.get(row.get_absolute_url()).status_code == 404
    assert browser.post(f"{row.get_absolute_url()}fetch-back/").status_code == 204


def test_foreign_days_are_not_there(client, noted):
    client.force_login(User.objects.get(username="other"), backend="django.contrib.auth.backends.ModelBackend")

    for part in ("", "edit/"):
        assert client.get(f"{noted.get_absolute_url()}{part}").status_code == 404
    for part in ("congratulate/", "leave-out/", "reply/", "take-back/", "put-away/", "fetch-back/"):
        assert client.post(f"{noted.get_absolute_url()}{part}").status_code == 404
    assert noted.title not in client.get("/milestones/").content.decode()


def test_over_the_api_it_is_noted_once_changed_with_its_version_and_answered(house, client, mine):
    token = {"authorization": f"Bearer {house.tokens['manager']}"}
    sent = {"account": mine.code, "kind": "founding", "day": ago(10, 5)[0].isoformat(), "title": "成立"}

    def post(path, body, **more):
        return client.post(
            f"/api/v1/milestones{path}", body, content_type="application/json", headers={**token, **more}
        )

    first, again = (post("", sent, **{"Idempotency-Key": "k1"}) for _time in range(2))
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    pk = first.json()["id"]
    assert (first.json()["years"], first.json()["nearness"]) == (10, "now")
    change = client.patch(
        f"/api/v1/milestones/{pk}", {"lead": 10}, content_type="application/json",
        headers={**token, "If-Match": first.headers["ETag"]},
    )  # fmt: skip
    assert change.json()["lead"] == 10
    assert change.json()["day"] == sent["day"]
    done = post(f"/{pk}/congratulate", {"sign": "call", "what": "电话", "done_on": today().isoformat()})
    assert done.json()["celebrations"][0]["became"] == "answered"
    ahead = post(f"/{pk}/congratulate", {"sign": "call", "what": "x", "done_on": (today() + DAY).isoformat()})
    assert ahead.status_code == 409
    wrong = post("", {**sent, "kind": "nonsense"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "kind")
    early = post("", {**sent, "day": "1850-01-01", "lunar": True})
    assert early.json()["errors"][0]["field"] == "day"


def test_a_visit_can_be_planned_for_the_next_day(mine, noted):
    assert questions.next_days([mine.pk]) == {mine.pk: noted.next_on}


@pytest.mark.parametrize("text", ["乔迁新厂", "喬遷", "qiaoqian", "qqxc", "新厂"])
def test_a_day_is_found_by_its_words_pinyin_and_initials(manager, mine, text):
    made = actions.note(manager, mine, fields(ago(3, 20)[0], kind="move", title="乔迁新厂"))

    rows = questions.milestones(manager)

    assert list(questions.found(rows, text)) == [made]


def test_a_day_is_found_by_its_account_and_person(house, manager, noted, mine):
    person = contacts.add(house.user("director"), mine, {"name": "欧阳清风"}, {"title": "总经理"}).person
    own = actions.note(manager, mine, fields(ago(40, 20)[0], kind="personal", title="", person=person, consent="面谈"))
    Account.objects.filter(pk=mine.pk).update(name="恒达电器")
    index([Account.objects.get(pk=mine.pk)])
    rows = questions.milestones(manager)

    assert list(questions.found(rows, "ouyang")) == [own]
    assert {noted, own} <= set(questions.found(rows, "hddq"))
    assert list(questions.found(rows, "没有的词")) == []
    assert "欧阳清风" not in str(list(questions.INDEX.rows()))
