"""How well one of ours says he knows a person, beside what the log tells; and the map that puts all of it together."""

import doctest
from datetime import timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.activities import actions as activities
from vitalfew.activities import strength as touches
from vitalfew.activities.strength import HowWell
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.contacts.models import Person, Post
from vitalfew.contacts.words import Part
from vitalfew.duplicates.merging import merge_persons, part_persons
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import Stale
from vitalfew.stakeholders import actions, closeness, questions, standing
from vitalfew.stakeholders.bonds import Bond, Stakeholder, Stated
from vitalfew.stakeholders.closeness import Closeness
from vitalfew.stakeholders.gaps import Log, Remedy, gaps, headline
from vitalfew.stakeholders.grid import Axis, Narrowing, grid
from vitalfew.stakeholders.models import Acquaintance

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
LONG = Log(19_000, tells=True)
TRUSTED = {"closeness": "trusted", "note": "老同学"}


def today():
    return timezone.localdate()


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def wang(manager, mine):
    return contacts.add(manager, mine, {"name": "王晓峰"}, {"influence": "high", "level": "director"})


def somebody(name, *bonds, **what):
    known = {"person": 1, "title": "", "level": "", "said_part": "", "influence": "", "attitude": "", "post": 1}
    return Stakeholder(name=name, bonds=bonds, **{**known, **what})


def said(word, days=0):
    return Stated(1, Closeness(word), today() - days * DAY, days)


@pytest.mark.parametrize("module", [standing, closeness, touches], ids=lambda module: module.__name__)
def test_examples_are_true(module):
    found = doctest.testmod(module)

    assert found.attempted
    assert not found.failed


def test_each_step_counts_twice_the_one_below_and_halves_in_a_year():
    now = [closeness.strength(each, 0) for each in Closeness]

    assert now == [4.0, 2.0, 1.0, 0.5, 0.25]
    assert [closeness.strength(each, 365) for each in Closeness] == [each / 2 for each in now]


@pytest.mark.parametrize(
    ("touched", "stated", "counts", "how_well"),
    [
        (2.5, None, 2.5, HowWell.WELL),
        (0.4, said("trusted"), 4.0, HowWell.WELL),
        (0.4, said("trusted", 4 * 365), 0.4, HowWell.FAINTLY),
        (2.5, said("met"), 2.5, HowWell.WELL),
        (0.0, said("familiar", 365), 0.5, HowWell.SOMEWHAT),
    ],
)
def test_the_stronger_of_log_and_word_counts(touched, stated, counts, how_well):
    bond = Bond("周慧敏", 1, touched, stated)

    assert bond.strength == pytest.approx(counts)
    assert bond.how_well == how_well
    assert bond.by_word == (stated is not None and counts != touched)


def test_a_statement_is_asked_for_again_after_a_year():
    assert [said("close", days).asked_again for days in (364, 365)] == [False, True]


def test_who_decides_and_who_blocks():
    assert somebody("a", influence="high").part is Part.DECIDER
    assert somebody("a", said_part="user", influence="high").part is Part.USER
    assert somebody("a", influence="high", attitude="critic").blocks
    assert not somebody("a", said_part="user", influence="high", attitude="critic").blocks
    assert not somebody("a", influence="low", attitude="critic").blocks


def test_gaps_are_named_with_what_to_do():
    li = Bond("李娜", 1, 3.0)
    people = [
        somebody("高总", said_part="decider", post=1),
        somebody("陈董", Bond("李娜", 1, 0.1), said_part="decider", post=2),
        somebody("刘工", li, influence="medium", attitude="critic", boss="孙总", boss_left=True, post=3),
    ]
    found = [(gap.told.say("zh-hans"), gap.remedy, gap.post) for gap in gaps(people, LONG)]

    assert found == [
        ("决策者高总在册，但我方与其无往来", Remedy.MEET, 1),
        ("与决策者陈董往来甚少", Remedy.MEET, 2),
        ("刘工有话语权，且对我方持批评态度", Remedy.MEET, 3),
        ("该客户3人中有2人只与李娜有往来", Remedy.INTRODUCE, 0),
        ("刘工原来的上级孙总已离任", Remedy.ASK, 3),
    ]
    assert (
        headline(people, gaps(people, LONG)).say("en")
        == "高总, who decides, is on file, but none of us is in touch with him or her"
    )


def test_a_decider_who_stands_against_us_is_told_once():
    people = [somebody("丁总", said_part="decider", influence="high", attitude="critic", post=1)]

    assert [gap.told.say("zh-hans") for gap in gaps(people, LONG)] == ["决策者丁总对我方持批评态度，而我方与其无往来"]


@pytest.mark.parametrize(
    ("log", "said"),
    [
        (Log(None, tells=False), "高总, who decides, is on file; no touch with anybody is logged yet"),
        (
            Log(20_515, tells=False),
            "高总, who decides, is on file; nothing is logged with him or her since logging began on 3 March 2026",
        ),
    ],
)
def test_where_touches_are_hardly_logged_nobody_is_said_to_be_out_of_touch(log, said):
    people = [somebody("高总", said_part="decider", influence="high", attitude="critic", post=1)]

    told = [gap.told.say("en") for gap in gaps(people, log)]

    assert told == [said, "高总 has a say and stands against us"]


def test_a_log_tells_from_its_ninetieth_day_on():
    assert [Log.of(today() - DAY * ago, today()).tells for ago in (1, 89, 90)] == [False, False, True]
    assert not Log.of(None, today()).tells


def test_without_gaps_the_headline_says_so_and_without_people_too():
    people = [somebody("高总", Bond("李娜", 1, 3.0), Bond("周慧敏", 2, 3.0), said_part="decider")]

    assert gaps(people, LONG) == []
    assert headline(people, []).say("en") == "We are in touch with all who decide there: 1 of 1 people on file"
    assert [gap.remedy for gap in gaps([], LONG)] == [Remedy.FIND]
    assert gaps([somebody("小李", said_part="user")], LONG)[0].remedy is Remedy.FIND


def test_the_grid_has_a_place_for_everybody_once():
    people = [
        somebody("高总", said_part="decider", attitude="supporter", level="president", post=1),
        somebody("刘工", attitude="critic", influence="low", level="我们的词", post=2),
        somebody("陈姐", attitude="谁知道", post=3),
    ]
    for axis in Axis:
        drawn = grid(people, axis)
        placed = [each.post for row in drawn.rows for _head, cell in row.cells for each in cell]
        assert sorted(placed) == [1, 2, 3]
        assert [head for head, _cell in drawn.rows[0].cells] == list(drawn.heads) == ["Supporter", "Critic", "Not said"]


def test_the_map_is_narrowed_by_words_it_knows():
    people = [
        somebody("高总", Bond("李娜", 1, 3.0), attitude="critic", post=1),
        somebody("刘工", level="manager", post=2),
    ]

    def left(**asked):
        return [each.post for each in Narrowing.of(asked).among(people)]

    assert left(attitude="critic") == left(ours="李娜") == left(known="well") == [1]
    assert left(known="nobody") == left(level="manager") == [2]
    assert left(level="bird", by="moon") == [1, 2]


def test_what_one_says_stands_beside_what_the_log_tells(manager, director, mine, wang):
    for days in (0, 0, 90):
        activities.log(manager, mine, {"way": "visit", "day": today() - days * DAY, "person": wang.person})
    actions.state(manager, wang.person, 0, {"closeness": "met", "note": ""})
    actions.state(director, wang.person, 0, TRUSTED)

    (found,) = [each for each in questions.stakeholders(mine, today()) if each.post == wang.pk]

    assert [(bond.who, bond.by_word, bond.how_well) for bond in found.bonds] == [
        (director.name, True, HowWell.WELL),
        (manager.name, False, HowWell.WELL),
    ]
    assert found.bonds[1].stated.closeness is Closeness.MET
    assert found.best is HowWell.WELL


def test_a_statement_is_changed_compared_and_dated_anew(house, client, manager, wang):
    made = actions.state(manager, wang.person, 0, TRUSTED)
    Acquaintance.objects.filter(pk=made.pk).update(stated_on=today() - 400 * DAY)
    again = actions.state(manager, wang.person, made.version, {"closeness": "close", "note": ""})
    assert (again.stated_on, again.version) == (today(), 2)

    for stale in (0, 1):
        with pytest.raises(Stale):
            actions.state(manager, wang.person, stale, TRUSTED)
    answer = signed_in(house, client, "manager").post(
        f"/acquaintances/{wang.person_id}/", {"closeness": "met", "note": "另一扇窗", "version": 1}
    )
    assert answer.status_code == 409
    assert "另一扇窗" in answer.content.decode()


def test_it_is_taken_back_and_fetched_back(manager, wang):
    made = actions.state(manager, wang.person, 0, TRUSTED)
    actions.put_away(manager, made.pk)
    assert questions.own(manager, wang.person) is None

    actions.fetch_back(manager, made.pk)
    assert questions.own(manager, wang.person) == made
    actions.put_away(manager, made.pk)
    newer = actions.state(manager, wang.person, 0, {"closeness": "met", "note": ""})
    assert actions.fetch_back(manager, made.pk) == newer


def test_nobody_takes_back_anothers_word_but_heads(house, manager, director, wang):
    made = actions.state(director, wang.person, 0, TRUSTED)
    with pytest.raises(Forbidden):
        actions.put_away(manager, made.pk)
    own = actions.state(manager, wang.person, 0, TRUSTED)
    actions.put_away(director, own.pk)
    foreign = contacts.add(director, Account.objects.get(code=house.foreign), {"name": "外人"}, {})
    hidden = actions.state(director, foreign.person, 0, TRUSTED)
    with pytest.raises(Acquaintance.DoesNotExist):
        actions.put_away(manager, hidden.pk)


def test_the_trail_holds_no_word_of_it(manager, wang):
    made = actions.state(manager, wang.person, 0, TRUSTED)

    entry = AuditEntry.objects.get(subject=f"acquaintance:{made.pk}")
    assert entry.action == "acquaintance-add"
    assert "trusted" not in str(entry.changes)


def test_merged_persons_keep_one_word_each_and_part_again(manager, mine, wang):
    other = contacts.add(manager, mine, {"name": "王晓锋"}, {})
    first, second = (actions.state(manager, post.person, 0, TRUSTED) for post in (wang, other))
    moved = merge_persons(wang.person, other.person)

    (bond,) = next(e for e in questions.stakeholders(mine, today()) if e.person == wang.person_id).bonds
    assert bond.stated.pk == first.pk
    part_persons(wang.person, other.person, moved)
    assert questions.own(manager, other.person) == second


def test_it_is_handed_out_and_erased_with_the_person(director, manager, mine, wang):
    li = contacts.add(manager, mine, {"name": "李会计"}, {})
    actions.state(manager, wang.person, 0, TRUSTED)
    actions.state(manager, li.person, 0, {"closeness": "met", "note": "王晓峰介绍"})
    kept = erasing.hand_out(director, wang.person)["elsewhere"]
    assert [each["closeness"] for each in kept if each["kind"] == "acquaintance"] == ["trusted"]

    erasing.erase(director, Person.objects.get(pk=wang.person_id), wang.person.version)

    assert [row.note for row in Acquaintance.objects.all()] == ["▇▇介绍"]


def test_the_page_shows_gaps_people_and_who_knows_them(house, client, director, mine, wang):
    page = signed_in(house, client, "manager").get(f"/stakeholders/{mine.code}/").content.decode()
    assert "决策者王晓峰在册，但目前尚未记录任何往来" in page

    actions.state(director, wang.person, 0, TRUSTED)
    page = client.get(f"/stakeholders/{mine.code}/?by=level&attitude=critic").content.decode()
    assert "决策者王晓峰" not in page
    assert f"/acquaintances/{wang.person_id}/" not in page
    assert "彼此信任" in client.get(f"/stakeholders/{mine.code}/").content.decode()
    assert "决策关系图" in client.get(f"{mine.get_absolute_url()}?tab=contacts").content.decode()


def test_an_account_without_anybody_says_how_to_begin(house, client, mine):
    Post.objects.filter(account=mine).delete()
    page = signed_in(house, client, "manager").get(f"/stakeholders/{mine.code}/").content.decode()

    assert "该客户没有在册联系人" in page
    assert f"/contacts/new/?account={mine.code}" in page


def test_it_is_stated_on_a_page_with_undo(house, client, manager, wang):
    browser = signed_in(house, client, "manager")
    answer = browser.post(f"/acquaintances/{wang.person_id}/", {"closeness": "close", "note": "", "version": 0})
    made = questions.own(manager, wang.person)

    assert answer.headers["Location"] == f"/stakeholders/{house.mine}/"
    assert f"undo:/acquaintances/{made.pk}/take-back/" in browser.get(answer.headers["Location"]).content.decode()
    assert (
        browser.post(f"/acquaintances/{made.pk}/take-back/", headers={"x-requested-with": "fetch"}).status_code == 204
    )
    assert browser.post(f"/acquaintances/{made.pk}/again/").status_code == 204
    assert browser.post(f"/acquaintances/{wang.person_id}/", {"closeness": "best"}).status_code == 422


@pytest.mark.parametrize("path", ["/stakeholders/{code}/", "/acquaintances/{person}/"])
def test_foreign_people_are_as_if_they_were_not_there(house, client, director, path):
    theirs = contacts.add(director, Account.objects.get(code=house.foreign), {"name": "外人"}, {})
    browser = signed_in(house, client, "manager")

    assert browser.get(path.format(code=house.foreign, person=theirs.person_id)).status_code == 404


def test_the_list_finds_narrows_and_exports(house, client, manager, director, wang):
    made = actions.state(manager, wang.person, 0, TRUSTED)
    Acquaintance.objects.filter(pk=made.pk).update(stated_on=today() - 366 * DAY)
    browser = signed_in(house, client, "director")

    def names(query):
        text = b"".join(browser.get(f"/acquaintances/?format=csv&{query}").streaming_content).decode()
        return text.count("王晓峰")

    assert [names(q) for q in ("q=wxf", "q=nobody", "freshness=old", "freshness=fresh", "closeness=met")] == [
        1,
        0,
        1,
        0,
        0,
    ]
    assert director.name not in browser.get("/acquaintances/?order=-who").content.decode().split("<tbody")[1]


def test_the_number_of_queries_does_not_grow(manager, mine, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as taken:
            questions.stakeholders(mine, today())
        return len(taken)

    contacts.add(manager, mine, {"name": "甲"}, {})
    few = asked()
    for number in range(20):
        post = contacts.add(manager, mine, {"name": f"人{number}"}, {})
        actions.state(manager, post.person, 0, TRUSTED)
    with django_assert_num_queries(few):
        questions.stakeholders(mine, today())
