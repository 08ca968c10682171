"""The result of a visit: kept once, in the log at each account, corrected there, and taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from vitalfew.activities import knowing
from vitalfew.activities.models import Activity
from vitalfew.activities.own_tables import own_tables
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.promises.models import Promise
from vitalfew.visits import actions, holding, questions
from vitalfew.visits.holding import Next, Promised, Result
from vitalfew.visits.models import FollowUp

DAY = timedelta(days=1)
pytestmark = [pytest.mark.database, pytest.mark.django_db]
KEY = "d9f1-made-on-a-phone"


def today():
    return timezone.localdate()


@pytest.fixture
def person(mine, known):
    return known(mine, "钱总")


@pytest.fixture
def row(manager, director, mine, planned):
    return planned(manager, mine, companions=[director], ahead=-1)


@pytest.fixture
def said(manager, mine, person):
    return Result(
        day=today() - DAY, text="同意提前备货。", met=[person], outcomes={mine.pk: ("good", "")},
        promises=[Promised("三天内报价", today() + 3 * DAY, mine)],
        follow_ups=[Next("发会议纪要", today() + DAY, manager)],
    )  # fmt: skip


def logged(account):
    return Activity.objects.filter(account=account, put_away_at=None, way="visit")


def test_it_stands_in_the_log_with_everybody_who_was_there(manager, director, mine, person, row, said, known):
    second = known(mine, "李经理")

    done = holding.hold(manager, row.pk, row.version, replace(said, met=[person, second]))

    [line] = logged(mine)
    assert (done.state, line.day, line.text, line.who) == ("held", row.day, "同意提前备货。", manager)
    assert line.were_there == ((str(manager), str(director)), ("钱总", "李经理"))
    touches = own_tables()["touches"].to_pylist()
    assert len(touches) == 4
    assert {(each["our_person"], each["our_level"]) for each in touches} == {
        (manager.name, "manager"), (director.name, "director"),
    }  # fmt: skip
    met = {each.post.person: [link.user for link in each.links] for each in knowing.known(mine, today())}
    assert set(met[second]) == {manager.pk, director.pk}


def test_promises_and_follow_ups_are_made(manager, mine, row, said):
    done = holding.hold(manager, row.pk, row.version, said)

    [promise] = Promise.objects.all()
    assert (promise.text, promise.account, promise.owner, promise.made_on) == ("三天内报价", mine, manager, row.day)
    assert list(done.promises.all()) == [promise]
    assert [(each.what, each.owner) for each in questions.to_do(manager, today() + DAY)] == [("发会议纪要", manager)]


def test_sent_twice_it_is_kept_once(manager, mine, row, said):
    first = holding.hold(manager, row.pk, row.version, said, KEY)
    again = holding.hold(manager, row.pk, row.version, said, KEY)

    assert again.version == first.version
    assert (logged(mine).count(), Promise.objects.count(), FollowUp.objects.count()) == (1, 1, 1)
    with pytest.raises(Stale):
        holding.hold(manager, row.pk, row.version, said, "another")


def test_whose_plan_was_corrected_meanwhile_takes_its_result_but_another_result_is_not_written_over(
    manager, director, row, said
):
    moved = actions.change(director, row.pk, row.version, {"place": "总部"})
    assert moved.version > row.version

    held = holding.hold(manager, row.pk, row.version, said)

    assert held.result == said.text
    with pytest.raises(Stale):
        holding.hold(director, row.pk, moved.version, replace(said, text="没谈成。"))


def test_a_refused_result_frees_its_key(manager, row, said):
    with pytest.raises(NotPossible, match="lies ahead"):
        holding.hold(manager, row.pk, row.version, replace(said, day=today() + DAY), KEY)

    assert holding.hold(manager, row.pk, row.version, said, KEY).is_held


def test_corrected_it_corrects_its_line(manager, director, mine, person, row, said):
    held = holding.hold(manager, row.pk, row.version, said)
    [line] = logged(mine)

    plain = replace(said, promises=(), follow_ups=(), met=[], text="同意备货两周。")
    again = holding.hold(director, row.pk, held.version, plain)

    [same] = logged(mine)
    assert (same.pk, same.text, same.person, same.who) == (line.pk, "同意备货两周。", None, manager)
    assert again.version == held.version + 1
    assert Promise.objects.count() == 1
    only_people = holding.hold(director, row.pk, again.version, replace(plain, met=[person]))
    assert only_people.version == again.version + 1
    assert logged(mine).get().person == person


def test_taken_back_it_is_as_it_was(manager, mine, row, said):
    row = actions.confirm(manager, row.pk)
    holding.hold(manager, row.pk, row.version, said)
    with pytest.raises(NotPossible, match="take its result back"):
        actions.put_away(manager, row.pk)

    back = holding.take_back(manager, row.pk)

    assert (back.state, back.result) == ("confirmed", "")
    assert not logged(mine).exists()
    assert not Promise.objects.visible_to(manager).exists()
    assert not FollowUp.objects.exists()
    assert [part.mood for part in back.parts.all()] == [""]
    with pytest.raises(NotPossible, match="No result"):
        holding.take_back(manager, row.pk)
    held = holding.hold(manager, row.pk, back.version, replace(said, promises=(), follow_ups=()))
    assert held.is_held
    assert logged(mine).count() == 1


def test_a_round_table_has_a_line_at_each_account_with_what_was_particular_to_it(
    manager, director, mine, foreign, planned, known
):
    ours, theirs = known(mine, "钱总"), known(foreign, "孙总")
    row = planned(director, mine, foreign, purpose="round_table", ahead=0)
    outcomes = {mine.pk: ("good", "愿意试点"), foreign.pk: ("bad", "要求降价")}

    holding.hold(director, row.pk, row.version, Result(today(), "谈旺季。", [ours, theirs], outcomes))

    [here], [there] = logged(mine), logged(foreign)
    assert (here.text, here.person) == ("谈旺季。\n愿意试点", ours)
    assert (there.text, there.person) == ("谈旺季。\n要求降价", theirs)
    seen = questions.visits(manager).get(pk=row.pk)
    assert [part.outcome for part in seen.parts.all()] == ["愿意试点"]


def test_a_stranger_writes_no_result(house, row, said):
    with pytest.raises(Forbidden):
        holding.hold(house.user("supply"), row.pk, row.version, said)


def test_a_follow_up_is_done_by_its_owner_and_open_again(house, manager, director, row, said):
    told = replace(said, follow_ups=[Next("寄样品", today(), house.user("supply"))])
    held = holding.hold(manager, row.pk, row.version, told)
    follow = held.follow_ups.get()

    done = actions.settle(house.user("supply"), follow.pk, done=True)

    assert done.done_on == today()
    assert not questions.to_do(house.user("supply"), today()).exists()
    with pytest.raises(Forbidden):
        actions.settle(house.user("complaints"), follow.pk, done=False)
    assert actions.settle(director, follow.pk, done=False).done_on is None
