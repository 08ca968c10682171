"""Anonymous surveys and those of colleagues: nothing ties what was said to who said it, and small groups stay hidden."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.outlets.today import tasks_for
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.surveys import actions, examples, link, questions, telling, writing
from vitalfew.surveys.facts import facts
from vitalfew.surveys.forms import WaveForm
from vitalfew.surveys.hiding import LEAST, hidden
from vitalfew.surveys.models import Respondent, Unnamed, Wave
from vitalfew.surveys.words import Reached

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def pulse(director):
    """It runs, and asks seven managers, two of supply and everybody of the house."""
    for n in range(7):
        User.objects.create(username=f"manager-{n}", name=f"M{n}", role="manager")
    for n in range(2):
        User.objects.create(username=f"supply-{n}", name=f"S{n}", role="supply")
    day = timezone.localdate()
    form = writing.make(director, "同事心声", ["pulse"])
    made = actions.make(director, Wave(
        name="第一期", questionnaire=form, whom="colleagues", opens=day, closes=day + timedelta(days=9),
        keep_until=day + timedelta(days=90), sender="大客户部", purpose="听听大家的想法",
    ))  # fmt: skip
    actions.ask_colleagues(director, made.pk)
    return actions.begin(director, made.pk)


def send(row, mark):
    path = link.address_of(Respondent.objects.select_related("wave").get(pk=row.pk))
    return Client().post(path, {"pulse_work": mark, "pulse_means": mark, "pulse_together": mark, "pulse_heard": mark})


def asked(pulse, prefix):
    return list(pulse.respondents.filter(colleague__username__startswith=prefix).order_by("pk"))


def closed(director, pulse):
    return actions.close(director, pulse.pk)


def test_it_is_always_anonymous_and_only_heads_see_it(house, director, pulse):
    assert pulse.anonymous
    manager = house.user("manager")
    assert not questions.waves(manager).exists()
    assert not questions.waves(house.user("marketing")).exists()
    assert not questions.respondents(director).exists()
    with pytest.raises(Forbidden):
        actions.make(house.user("marketing"), Wave(name="x", whom="colleagues"))


def test_who_was_asked_without_a_name_is_not_asked_with_one(house, client, director):
    """Asking others, or with their names, would turn what colleagues were told into its contrary."""
    day = timezone.localdate()
    planned = actions.make(director, Wave(
        name="第二期", questionnaire=writing.make(director, "同事", ["pulse"]), whom="colleagues", opens=day,
        closes=day + timedelta(days=9), keep_until=day + timedelta(days=90), sender="大客户部", purpose="听听",
    ))  # fmt: skip
    actions.change(director, planned.pk, planned.version, {"whom": "accounts", "anonymous": True})
    actions.change(director, planned.pk, planned.version + 1, {"whom": "colleagues"})
    actions.ask_colleagues(director, planned.pk)
    row = Wave.objects.get(pk=planned.pk)

    page, said = f"/surveys/{row.pk}/edit/", {name: getattr(row, name) for name in WaveForm.Meta.fields}
    sent = {**said, "questionnaire": row.questionnaire_id, "rivals": "", "version": row.version, "name": "第三期"}
    refused = signed_in(house, client, "director").post(page, {**sent, "whom": "accounts", "anonymous": ""})

    assert refused.status_code == 422
    assert "已经邀请了人" in refused.text
    row.refresh_from_db()
    assert (row.whom, row.anonymous, row.name) == ("colleagues", True, "第二期")
    with pytest.raises(NotPossible, match="asked already"):
        actions.change(director, row.pk, row.version, {"whom": "accounts"})
    assert not questions.respondents(director).exists()


def test_people_of_accounts_who_are_asked_without_a_name_stay_so(director, house):
    day = timezone.localdate()
    planned = actions.make(director, Wave(
        name="匿名", questionnaire=writing.make(director, "客户", ["trust"]), anonymous=True, opens=day,
        closes=day + timedelta(days=9), keep_until=day + timedelta(days=90), sender="大客户部", purpose="听听",
    ))  # fmt: skip
    planned = actions.change(director, planned.pk, planned.version, {"anonymous": False})
    planned = actions.change(director, planned.pk, planned.version, {"anonymous": True})
    actions.ask_name(director, planned, Account.objects.get(code=house.mine), "李梅")
    planned.refresh_from_db()

    with pytest.raises(NotPossible, match="stays anonymous"):
        actions.change(director, planned.pk, planned.version, {"anonymous": False})
    assert actions.change(director, planned.pk, planned.version, {"name": "客户"}).name == "客户"


def test_a_colleague_finds_it_on_today(pulse):
    user = User.objects.get(username="manager-0")
    row = pulse.respondents.get(colleague=user)

    assert [task.url for task in tasks_for(user) if task.url.startswith("/survey/")] == [
        link.address_of(Respondent.objects.select_related("wave").get(pk=row.pk))
    ]
    assert "谢谢" in send(row, 5).content.decode()
    assert not [task for task in tasks_for(user) if task.url.startswith("/survey/")]


def test_nothing_in_the_database_ties_answers_to_who_gave_them(pulse):
    before = {row.pk: row for row in pulse.respondents.all()}
    for row in asked(pulse, "manager-")[:3]:
        send(row, 4)

    said = Unnamed.objects.first()
    assert {field.name for field in Unnamed._meta.get_fields()} == {"id", "wave", "group", "answers"}
    assert said.group == "manager"
    for row in pulse.respondents.filter(reached=Reached.ANSWERED):
        old = before[row.pk]
        kept = {"answers", "answered_on", "version", "changed_at", "knocks", "minute", "reminded", "reminded_on"}
        assert all(getattr(row, name) == getattr(old, name) for name in kept)
    assert list(facts()) == []
    assert "/survey" not in str(Unnamed.objects.values_list("answers", flat=True))


def test_it_is_answered_once_and_whole(pulse):
    row = asked(pulse, "manager-")[0]
    assert send(row, "99").status_code == 422
    assert send(row, "").status_code == 422
    assert not Unnamed.objects.exists()
    send(row, 4)
    assert send(row, 5).status_code == 422
    assert Unnamed.objects.get().answers["pulse_work"] == 4


def test_nothing_is_told_before_it_is_closed_nor_under_five(director, pulse):
    for row in asked(pulse, "manager-")[:4]:
        send(row, 4)
    assert telling.told_sheets(director, pulse).every == []
    over = closed(director, pulse)

    assert telling.told_sheets(director, over).every == []
    assert telling.pulse(director, over) == []
    assert telling.told_of(director, over, "en")["results"] == []
    with pytest.raises(NotPossible):
        actions.reopen(director, over.pk)


def test_no_page_export_or_operation_tells_a_small_group(house, client, director, pulse):
    for row in asked(pulse, "manager-"):
        send(row, 7)
    for row in asked(pulse, "supply-"):
        send(row, 1)
    over = closed(director, pulse)

    rows = {row["role"]: row["marks"] for row in telling.pulse(director, over)}

    assert set(map(tuple, rows.values())) == {(None,) * 4}
    told = telling.told_of(director, over, "en")
    assert told["scales"][0].figure.n == 9
    assert all(each.spread == () for each in told["results"])
    browser = signed_in(house, client, "director")
    assert browser.get(over.get_absolute_url()).status_code == 200
    assert "S1" not in browser.get(over.get_absolute_url()).content.decode()
    assert "M1" not in browser.get("/surveys/people/?format=csv").getvalue().decode()
    manager = signed_in(house, Client(), "manager")
    assert manager.get(over.get_absolute_url()).status_code == 404


def test_two_hidden_groups_leave_the_others_shown(director, pulse):
    for row in asked(pulse, "manager-"):
        send(row, 6)
    for group, n in (("supply", 3), ("marketing", 4)):
        for _each in range(n):
            Unnamed.objects.create(wave=pulse, group=group, answers={"pulse_work": 2})

    rows = {row["role"]: row["marks"][0] for row in telling.pulse(director, closed(director, pulse))}

    assert rows == {"Key account manager": 6.0, "Supply coordinator": None, "Marketing": None}


@pytest.mark.parametrize("seed", range(40))
def test_what_is_hidden_cannot_be_worked_out(seed):
    counts = {f"g{n}": (seed * (n + 3) * 7 + n * n) % 11 for n in range(2 + seed % 5)}
    away = hidden(counts)
    shown = {group for group, n in counts.items() if n and group not in away}

    assert all(counts[group] >= LEAST for group in shown)
    left = [counts[group] for group in away]
    assert not left or not shown or (len(left) > 1 and sum(left) >= LEAST)


def test_an_anonymous_survey_of_accounts_tells_who_answered_and_never_what(house, director):
    from vitalfew.accounts.models import Account

    day, account = timezone.localdate(), Account.objects.get(code=house.mine)
    form = writing.make(director, "匿名", ["nps"])
    made = actions.make(director, Wave(
        name="匿名调查", questionnaire=form, anonymous=True, opens=day, closes=day, keep_until=day, sender="x", purpose="y"
    ))  # fmt: skip
    for n in range(6):
        actions.ask_name(director, made, account, f"P{n}")
    actions.begin(director, made.pk)
    for row in made.respondents.select_related("wave"):
        Client().post(link.address_of(row), {"nps": 9})
    over = actions.close(director, made.pk)

    told = telling.told_of(director, over, "en")

    assert (told["reach"].answered, told["results"][0].special.value) == (6, 100)
    assert told["accounts"][0]["index"] is None
    assert {row.answers == {} for row in made.respondents.all()} == {True}
    assert telling.told_of(house.user("manager"), over, "en")["results"] == []


def test_list_and_page_count_the_same_sheets(house, client, director, pulse):
    for row in asked(pulse, "manager-")[:6]:
        send(row, 4)
    over = closed(director, pulse)
    first = asked(pulse, "manager-")[0]
    Respondent.objects.filter(pk=first.pk).update(reached=Reached.SENT)

    (listed,) = questions.waves(director).filter(pk=over.pk)

    assert listed.answered == len(telling.told_sheets(director, over).every) == 6
    assert signed_in(house, client, "director").get(over.get_absolute_url()).context["answered"] == 6


def test_the_demo_house_notes_as_many_as_have_answered(house):  # noqa: ARG001  (its users)
    examples.plant()
    for row in Wave.objects.filter(whom="colleagues"):
        asked_there = row.respondents.count()
        assert row.respondents.filter(reached=Reached.ANSWERED).count() == min(row.unnamed.count(), asked_there)
