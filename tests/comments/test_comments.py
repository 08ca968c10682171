"""Comments under what passed: whom an @ means, who may be meant, how long it waits, who changes it, who sees it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Absence, Account, TeamMember
from vitalfew.accounts.parts import timeline
from vitalfew.accounts.responsible import seen_by
from vitalfew.activities import actions as activities
from vitalfew.comments import actions, questions
from vitalfew.comments.handles import handles, meant
from vitalfew.comments.models import Comment, Mention
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import AuditEntry, User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def other(house):  # noqa: ARG001  (the house must stand)
    return User.objects.get(username="other")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def visit(manager, mine):
    return activities.log(manager, mine, {"way": "visit", "day": timezone.localdate(), "text": "旺季备货"})


def write(user, visit, text):
    return actions.write(user, "activity", visit.pk, text)


def mentions(user):
    return [task for task in tasks_for(user) if task.what == "You are mentioned"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@王伟 看", {1}),
        ("请＠王伟明天到", {2}),
        ("@li na, please", {3}),
        ("@lina!", {3}),
        ("@linahe", set()),
        ("write to bob@lina.example", set()),
        ("@张敏", set()),
        ("@张敏(zhang2) 和 @王伟", {1, 5}),
        ("@ 王伟", set()),
        ("@", set()),
    ],
)
def test_the_longest_name_after_an_at_is_meant(text, who):
    people = [
        (1, "王伟", "wangwei"), (2, "王伟明", "wm"), (3, "Li Na", "lina"), (4, "张敏", "zhang1"), (5, "张敏", "zhang2"),
    ]  # fmt: skip

    assert meant(text, handles(people)) == who


@pytest.mark.usefixtures("house")
def test_who_may_see_an_account_is_told_the_same_from_both_sides(manager, other, mine):
    today = timezone.localdate()
    TeamMember.objects.create(account=mine, user=other, role="sales", until=today)
    stranger = User.objects.create_user("stranger", name="陌生", role="manager", is_active=False)
    deputy = User.objects.create_user("deputy", name="代班", role="manager")
    Absence.objects.create(user=manager, deputy=deputy, since=today, until=today + timedelta(days=3))

    seen = set(seen_by(mine))

    for user in User.objects.all():
        assert (user in seen) == Account.objects.visible_to(user).filter(pk=mine.pk).exists(), user.username
    assert deputy in seen
    assert not {stranger, other} & seen


def test_only_who_may_see_the_account_is_offered_by_hanzi_pinyin_or_initials(mine, other):
    User.objects.create_user("zhouhm", name="周慧敏", role="director")

    for text in ("周", "慧敏", "zhouhuimin", "zhm", "huimin", "zhouhm"):
        assert [handle for _user, handle in questions.offered(mine, text)] == ["周慧敏"], text
    assert other not in [user for user, _handle in questions.offered(mine, other.name)]
    assert questions.offered(mine, "没有这个人") == []


def test_two_of_one_name_are_told_apart_by_their_user_names(mine, manager, visit):
    first = User.objects.create_user("zhang1", name="张敏", role="director")
    User.objects.create_user("zhang2", name="张敏", role="director")

    assert [handle for _user, handle in questions.offered(mine, "张敏")] == ["张敏(zhang1)", "张敏(zhang2)"]
    write(manager, visit, "@张敏(zhang1) 看一下")
    assert [mention.user for mention in Mention.objects.all()] == [first]


def test_a_mention_waits_on_today_until_the_spot_is_opened(house, client, manager, director, visit):
    made = write(manager, visit, f"@{director.name} 要不要加价")
    assert [task.url for task in mentions(director)] == [f"/activities/{visit.pk}/#comment-{made.pk}"]
    assert mentions(manager) == []
    assert tasks_for(director)[0].what == "You are mentioned"

    page = signed_in(house, client, "director").get(f"/activities/{visit.pk}/").content.decode()

    assert f'id="comment-{made.pk}"' in page
    assert mentions(director) == []


def test_who_may_not_see_the_account_is_not_mentioned(manager, other, visit):
    write(manager, visit, f"@{other.name} 看")

    assert not Mention.objects.exists()


def test_who_loses_sight_of_the_account_loses_comment_and_mention(manager, other, mine, visit):
    member = TeamMember.objects.create(account=mine, user=other, role="sales")
    made = write(manager, visit, f"@{other.name} 看")
    assert len(mentions(other)) == 1

    TeamMember.objects.filter(pk=member.pk).update(until=timezone.localdate())

    assert mentions(other) == []
    assert not questions.comments(other).filter(pk=made.pk).exists()
    with pytest.raises(Comment.DoesNotExist):
        write(other, visit, "x")


def test_a_changed_comment_tells_whom_it_newly_names_and_nobody_twice(manager, director, visit, house):
    made = write(manager, visit, f"@{director.name} 看")
    actions.seen(director, "activity", visit.pk)

    actions.change(manager, made.pk, 1, f"@{director.name} @analyst 看")

    assert mentions(director) == []
    assert len(mentions(house.user("analyst"))) == 1
    actions.change(manager, made.pk, 2, "没事了")
    assert not Mention.objects.exists()
    with pytest.raises(Stale):
        actions.change(manager, made.pk, 1, "x")


def test_put_away_it_waits_for_nobody_and_comes_back(manager, director, visit):
    made = write(manager, visit, f"@{director.name} 看")
    actions.put_away(manager, made.pk)
    assert mentions(director) == []

    actions.fetch_back(manager, made.pk)

    assert len(mentions(director)) == 1


def test_only_who_wrote_it_changes_it_and_heads_put_it_away(house, manager, director, visit):
    made = write(manager, visit, "x")
    with pytest.raises(Forbidden):
        actions.change(director, made.pk, 1, "y")
    with pytest.raises(Forbidden):
        actions.put_away(house.user("analyst"), made.pk)

    actions.put_away(director, made.pk)

    assert not questions.comments(manager).exists()


def test_a_mention_under_what_was_put_away_waits_no_more(manager, director, visit):
    write(manager, visit, f"@{director.name} 看")

    activities.put_away(manager, visit.pk)

    assert mentions(director) == []


def test_the_trail_keeps_what_was_said_out(manager, visit):
    made = write(manager, visit, "秘密")
    actions.change(manager, made.pk, 1, "更秘密")

    entries = AuditEntry.objects.filter(subject=f"comment:{made.pk}")
    assert [entry.action for entry in entries.order_by("number")] == ["comment-add", "comment-change"]
    assert not any("秘密" in str(entry.changes) for entry in entries)


def test_the_timeline_says_how_many_comments_there_are(manager, mine, visit):
    write(manager, visit, "一")
    write(manager, visit, "二")

    line = next(touch for touch in timeline(manager, mine) if touch.kind == "activity")

    assert line.about["comments"] == 2


def test_over_the_pages_it_is_written_changed_and_put_away(house, client, director, visit):
    browser = signed_in(house, client, "manager")

    answer = browser.post(f"/comments/on/activity/{visit.pk}/", {"text": f"@{director.name} <b>看</b>"})

    made = Comment.objects.get()
    assert answer.headers["Location"] == f"/activities/{visit.pk}/#comment-{made.pk}"
    page = browser.get(f"/activities/{visit.pk}/").content.decode()
    assert "&lt;b&gt;看&lt;/b&gt;" in page
    assert browser.post(f"/comments/on/activity/{visit.pk}/", {"text": " "}).status_code == 302
    assert browser.get(f"/comments/{made.pk}/").headers["Location"].endswith(f"#comment-{made.pk}")
    assert browser.get(f"/comments/{made.pk}/?edit").status_code == 200
    assert browser.post(f"/comments/{made.pk}/", {"text": "改", "version": 1}).status_code == 302
    assert browser.post(f"/comments/{made.pk}/", {"text": "再改", "version": 1}).status_code == 409
    assert (
        "改" in browser.get("/comments/?meant=me&q=改").content.decode() or browser.get("/comments/").status_code == 200
    )
    assert browser.post(f"/comments/{made.pk}/put-away/").status_code == 302
    assert browser.get(f"/comments/{made.pk}/").status_code == 404
    assert browser.post(f"/comments/{made.pk}/fetch-back/").status_code == 204


def test_the_list_is_narrowed_to_what_mentions_me(house, client, manager, director, visit):
    write(manager, visit, f"@{director.name} 加价")
    write(manager, visit, "别的话")
    browser = signed_in(house, client, "director")

    page = browser.get("/comments/?meant=unseen").content.decode()

    assert "加价" in page
    assert "别的话" not in page
    assert "别的话" in browser.get("/comments/").content.decode()


def test_foreign_spots_comments_and_people_are_not_there(house, client, director):
    foreign = Account.objects.get(code=house.foreign)
    visit = activities.log(director, foreign, {"way": "call", "day": timezone.localdate(), "text": "x"})
    made = write(director, visit, "只给自己人")
    browser = signed_in(house, client, "manager")

    assert browser.post(f"/comments/on/activity/{visit.pk}/", {"text": "x"}).status_code == 404
    assert browser.post("/comments/on/pigeon/1/", {"text": "x"}).status_code == 404
    for path in ("", "put-away/", "fetch-back/"):
        assert browser.post(f"/comments/{made.pk}/{path}", {"text": "x"}).status_code == 404
    assert browser.get(f"/comments/people/?account={house.foreign}").status_code == 404
    assert "只给自己人" not in browser.get("/comments/").content.decode()


def test_the_api_writes_once_changes_with_its_version_and_puts_away(house, client, visit):
    headers = {"authorization": f"Bearer {house.tokens['manager']}", "idempotency-key": "c1"}
    body = {"kind": "activity", "number": visit.pk, "text": "@director ok"}
    made = [
        client.post("/api/v1/comments", body, content_type="application/json", headers=headers) for _time in range(2)
    ]
    assert [answer.status_code for answer in made] == [201, 201]
    assert Comment.objects.count() == 1
    address, tag = made[0].headers["Location"], made[0].headers["ETag"]
    assert made[0].json()["mentions"] == ["director"]

    changed = client.patch(
        address, {"text": "new"}, content_type="application/json", headers={**headers, "if-match": tag}
    )
    late = client.patch(
        address, {"text": "newer"}, content_type="application/json", headers={**headers, "if-match": tag}
    )

    assert (changed.status_code, changed.json()["mentions"], late.status_code) == (200, [], 412)
    away = client.delete(address, headers={**headers, "if-match": changed.headers["ETag"]})
    assert away.status_code == 200
    assert client.get(address, headers=headers).status_code == 404
    nowhere = client.post(
        "/api/v1/comments",
        {**body, "number": 10**9},
        content_type="application/json",
        headers={**headers, "idempotency-key": "c2"},
    )
    assert nowhere.status_code == 404


def test_a_person_is_handed_out_and_forgotten_from_comments(own_facts, director, manager, mine, visit):  # noqa: ARG001
    post = contacts.add(manager, mine, {"name": "欧阳鹤鸣", "email": "oy@example.com"}, {})
    made = write(manager, visit, "欧阳鹤鸣 oy@example.com 想降价")

    assert [each["text"] for each in erasing.kept_of(post.person)["elsewhere"] if each["kind"] == "comment"]
    erasing.erase(director, post.person, post.person.version)

    made.refresh_from_db()
    assert made.text == "▇▇ ▇▇ 想降价"


def test_a_thousand_comments_cost_as_many_queries_as_one(
    house, client, manager, visit, mine, django_assert_max_num_queries
):
    browser = signed_in(house, client, "manager")
    write(manager, visit, "一")
    Comment.objects.bulk_create(
        Comment(account=mine, kind="activity", number=visit.pk, text=f"{n}", who=manager) for n in range(300)
    )

    with django_assert_max_num_queries(20):
        assert browser.get("/comments/").status_code == 200
    with django_assert_max_num_queries(25):
        assert browser.get(f"/activities/{visit.pk}/").status_code == 200
