"""A visit from its plan to its day: who may do what, how it is moved, what it is warned of, what others see of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Absence, Account
from vitalfew.activities.models import Activity
from vitalfew.contacts import erasing
from vitalfew.duplicates.merging import merge_persons, part_persons
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.visits import actions, holding, questions
from vitalfew.visits.actions import Going
from vitalfew.visits.beware import beware
from vitalfew.visits.holding import Next, Result
from vitalfew.visits.models import Visit
from vitalfew.visits.words import VisitStanding

DAY = timedelta(days=1)
pytestmark = [pytest.mark.database, pytest.mark.django_db]


def today():
    return timezone.localdate()


def read(user, row):
    return questions.visits(user).get(pk=row.pk)


def warned(user, row):
    return [said for each in beware(read(user, row)) if "working day" not in (said := each.say("en"))]


def test_it_is_planned_agreed_cancelled_and_open_again_as_it_was(manager, mine, planned):
    row = planned(manager, mine)

    row = actions.confirm(manager, row.pk)
    assert row.standing == VisitStanding.CONFIRMED
    row = actions.cancel(manager, row.pk, row.version, "客户出差")
    assert (row.standing, row.why) == (VisitStanding.CANCELLED, "客户出差")
    with pytest.raises(NotPossible, match="settled already"):
        actions.confirm(manager, row.pk)
    row = actions.reopen(manager, row.pk)

    assert (row.state, row.why) == ("confirmed", "")
    assert actions.reopen(manager, row.pk).state == "planned"


def test_once_moved_it_is_to_be_agreed_anew(manager, mine, planned):
    row = actions.confirm(manager, planned(manager, mine).pk)
    was = row.day

    with pytest.raises(NotPossible, match="day and hour already"):
        actions.move(manager, row.pk, row.version, day=was, at=None, why="")
    with pytest.raises(NotPossible, match="has passed"):
        actions.move(manager, row.pk, row.version, day=today() - DAY, at=None, why="")
    row = actions.move(manager, row.pk, row.version, day=was + DAY, at=None, why="客户改期")

    assert (row.day, row.state) == (was + DAY, "planned")
    assert [(each.was_day, each.why, each.who) for each in row.moves.all()] == [(was, "客户改期", manager.username)]
    assert actions.move(manager, row.pk, row.version, day=was, at=None, why="改回", confirmed=True).state == "confirmed"


def test_whose_day_has_passed_waits_for_its_result(manager, mine, planned):
    past, ahead = planned(manager, mine, ahead=-1), planned(manager, mine)

    assert past.standing == VisitStanding.UNTOLD
    rows = Visit.objects.visible_to(manager)
    assert list(rows.standing("untold", today())) == [past]
    assert list(rows.standing("planned", today())) == [ahead]


def test_a_visit_needs_an_account_that_everybody_who_goes_sees(house, manager, director, mine, foreign, planned):
    with pytest.raises(NotPossible, match="needs an account"):
        planned(manager)
    with pytest.raises(Account.DoesNotExist):
        planned(manager, foreign)
    with pytest.raises(NotPossible, match="does not see the account"):
        planned(director, foreign, companions=[manager])
    row, other = planned(manager, mine), type(manager).objects.get(username="other")
    with pytest.raises(NotPossible, match="does not see the account"):
        actions.change(manager, row.pk, row.version, {}, Going(companions=[other]))
    assert planned(director, foreign, companions=[house.user("executive")]).ours == [
        director, house.user("executive"),
    ]  # fmt: skip


def test_what_is_corrected_makes_one_newer_version(manager, director, mine, planned, known):
    row, person = planned(manager, mine), known(mine, "钱总")

    changed = actions.change(
        manager, row.pk, row.version, {"place": "总部"}, Going(companions=[director], wanted=[person])
    )
    assert changed.version == row.version + 1
    joined = actions.change(manager, row.pk, changed.version, {}, Going(companions=[]))
    assert (joined.version, joined.ours) == (changed.version + 1, [manager])
    same = actions.change(manager, row.pk, joined.version, {"place": "总部"}, Going(companions=[], wanted=[person]))

    assert same.version == joined.version
    with pytest.raises(Stale):
        actions.change(manager, row.pk, row.version, {"place": "分部"})


def test_only_those_near_to_it_change_it(house, manager, director, mine, planned):
    row = planned(director, mine)
    stranger = house.user("complaints")

    assert Visit.objects.visible_to(stranger).filter(pk=row.pk).exists()
    for act in (actions.confirm, actions.put_away, actions.reopen):
        with pytest.raises(Forbidden):
            act(stranger, row.pk)
    assert actions.confirm(manager, row.pk).state == "confirmed"


def test_a_foreign_visit_is_not_there_even_if_it_was_put_away(manager, director, foreign, planned):
    row = planned(director, foreign)

    with pytest.raises(Visit.DoesNotExist):
        actions.confirm(manager, row.pk)
    actions.put_away(director, row.pk)
    with pytest.raises(Visit.DoesNotExist):
        actions.fetch_back(manager, row.pk)
    assert actions.fetch_back(director, row.pk).put_away_at is None


def test_of_a_round_table_one_sees_the_own_accounts_and_changes_nothing_of_the_others(
    manager, director, mine, foreign, planned, known
):
    theirs, ours = known(foreign, "孙外人"), known(mine, "钱总")
    row = planned(director, mine, foreign, purpose="round_table", wanted=[theirs, ours])

    seen = read(manager, row)

    assert [part.account for part in seen.parts.all()] == [mine]
    assert [each.person for each in seen.people.all()] == [ours]
    assert not questions.sees_whole(manager, seen)
    with pytest.raises(Forbidden):
        actions.confirm(manager, row.pk)
    whole = read(director, row)
    assert {part.account for part in whole.parts.all()} == {mine, foreign}
    assert questions.sees_whole(director, whole)


def test_who_leads_one_with_a_foreign_account_keeps_it_in(manager, director, mine, foreign, planned):
    row = planned(director, mine, foreign)
    row.leader = manager  # the account went to somebody else since
    row.save()

    actions.change(manager, row.pk, row.version, {"place": "总部"}, Going(accounts=[mine]))

    assert row.parts.count() == 2


def test_two_of_us_at_one_door_on_neighbouring_days_are_told_of_each_other(manager, director, mine, planned):
    row = planned(manager, mine)
    assert warned(manager, row) == []
    planned(director, mine, ahead=5)
    assert warned(manager, row) == []

    near = planned(director, mine, ahead=4)

    [said] = warned(manager, row)
    assert said.startswith(f"{director} goes to {mine} too")
    actions.cancel(director, near.pk, near.version, "")
    assert warned(manager, row) == []


def test_a_day_on_which_one_of_us_is_away_is_told(manager, director, mine, planned):
    row = planned(director, mine, companions=[manager])
    Absence.objects.create(user=manager, deputy=director, since=row.day, until=row.day + DAY)

    [said] = warned(director, row)

    assert said.startswith(f"{manager} is away on")


def test_a_day_that_is_not_worked_is_told(manager, mine, planned):
    row = planned(manager, mine)
    row.day = date(2026, 10, 1)  # the national day
    assert [each.say("en") for each in beware(row)] == ["1 October 2026 is no working day"]
    row.day = date(2026, 10, 10)  # a Saturday worked for it
    assert list(beware(row)) == []


def test_the_trail_names_the_fields_and_keeps_no_words(manager, mine, planned):
    planned(manager, mine)

    entry = AuditEntry.objects.get(action="visit-add")

    assert "topic" in entry.changes["fields"]
    assert "备货" not in str(entry.changes)


def test_a_person_is_told_of_it_and_forgotten(own_facts, director, mine, planned, known):  # noqa: ARG001
    person = known(mine, "钱守信")
    row = planned(director, mine, wanted=[person], topic="与钱守信谈备货", ahead=0)
    said = Result(today(), "钱守信同意。", [person], {mine.pk: ("good", "钱守信愿意试点")})
    holding.hold(director, row.pk, row.version, replace(said, follow_ups=[Next("给钱守信寄样品", today(), director)]))
    told = str(erasing.hand_out(director, person))

    erasing.erase(director, person, person.version)

    assert all(each in told for each in ("谈备货", "愿意试点", "寄样品"))
    row = Visit.objects.get(pk=row.pk)
    texts = [row.topic, row.result, row.parts.get().outcome, row.follow_ups.get().what]
    assert not [text for text in texts if "钱守信" in text]
    assert not row.people.exists()
    [line] = Activity.objects.filter(account=mine, way="visit")
    assert (line.person, "钱守信" in line.text) == (None, False)


def test_two_records_of_one_person_are_merged_with_what_visits_know(director, mine, planned, known):
    kept, gone = known(mine, "钱守信"), known(mine, "钱守信")
    first, both = planned(director, mine, wanted=[gone]), planned(director, mine, wanted=[kept, gone])

    moved = merge_persons(kept, gone)

    assert [each.person for each in first.people.all()] == [kept]
    assert {each.person for each in both.people.all()} == {kept, gone}
    part_persons(kept, gone, moved)
    assert [each.person for each in first.people.all()] == [gone]
