"""Complaints that say nearly the same: proposed by their words, confirmed or dismissed by a person who sees all."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.complaints import causing, group_acting, grouping, intake, personal, questions
from vitalfew.complaints.background import ask_to_group
from vitalfew.complaints.background import group as task
from vitalfew.complaints.group_listing import groups, told
from vitalfew.complaints.models import Cause, Complaint, Resembling, TextGroup
from vitalfew.complaints.words import GroupState
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces

pytestmark = [pytest.mark.database, pytest.mark.django_db]
LATE = "货到{}仓库没有提前通知，没人卸货，司机又拉回去了。"
NOISE = "第{}台冰箱压缩机噪声很大，夜里吵醒住户。"
APART = (
    "发票抬头开错", "赠品没有收到", "安装师傅态度生硬", "遥控器失灵", "合同条款有分歧", "展架尺寸不符", "海报印刷模糊",
    "网页打不开",
)  # fmt: skip


@pytest.fixture
def director(house):
    return house.user("director")


def taken(house, user, text, **fields):
    account = Account.objects.get(code=house.foreign if fields.pop("theirs", False) else house.mine)
    row = intake.write_down(user, {"account": account, "text": text, "effect": "minor", **fields})
    return Complaint.objects.get(pk=row.pk)


@pytest.fixture
def said(house, director):
    """Six late lorries of two accounts, six noisy fridges, eight matters of their own."""
    Complaint.objects.all().update(text="")
    late = [taken(house, director, LATE.format(n), theirs=n in "东南中") for n in "东西南北中外"]
    noise = [taken(house, director, NOISE.format(n)) for n in "一二三四五六"]
    apart = [taken(house, director, text) for text in APART]
    return late, noise, apart


def numbers(rows):
    return {row.pk for row in rows}


def held(state=GroupState.PROPOSED):
    rows = TextGroup.objects.filter(state=state).order_by("pk")
    return {row: numbers(row.complaints.all()) for row in rows}


def of(rows):
    return next(row for row, found in held().items() if found == numbers(rows))


def test_groups_are_proposed_and_the_same_each_time(said):
    late, noise, _apart = said

    assert grouping.group() == 2
    before = [(row.pk, row.version, row.words, row.likeness, found) for row, found in held().items()]
    assert {frozenset(each[-1]) for each in before} == {frozenset(numbers(late)), frozenset(numbers(noise))}
    assert {"司机", "仓库", "卸货"} <= set(of(late).words)
    grouping.group()
    assert [(row.pk, row.version, row.words, row.likeness, found) for row, found in held().items()] == before
    assert "20" in told()[0].say("en")


def test_fewer_than_twenty_texts_say_nothing_and_it_is_said(said, house):
    grouping.group()
    said[2][0].text = ""
    said[2][0].save()

    assert grouping.group() == 0
    assert held() == {}
    assert "fewer than 20" in told()[0].say("en")
    page = signed_in(house, Client(), "director").get("/complaints/groups/").content.decode()
    assert told()[0].say("zh-hans") in page


def test_only_the_days_chosen_are_looked_at(said, director):
    long_ago = timezone.localdate() - timedelta(days=100)
    Complaint.objects.filter(pk__in=numbers(said[0])).update(received_on=long_ago)
    assert grouping.group() == 2

    group_acting.look(director, 90)
    grouping.group()
    assert "14" in told()[0].say("en")
    group_acting.look(director, 365)
    assert grouping.group() == 2


def test_what_is_confirmed_stands_on_the_cause_and_goes_back(said, director):
    late, _noise, apart = said
    other = causing.add(director, {"named": "别的", "branch": None})
    Complaint.objects.filter(pk=late[0].pk).update(cause=other)
    grouping.group()
    row = of(late)
    belong = numbers(late) - {late[1].pk}
    entries = AuditEntry.objects.count()

    row = group_acting.confirm(director, row.pk, row.version, {"named": "不预约就送货"}, {*belong, apart[0].pk})

    assert row.cause.word == "不预约就送货"
    assert set(row.cause.complaints.values_list("pk", flat=True)) == belong
    assert Complaint.objects.get(pk=late[1].pk).cause is None
    assert AuditEntry.objects.count() == entries + len(belong) + 2
    Complaint.objects.filter(pk=late[2].pk).update(cause=other)
    grouping.group()
    assert numbers(late) & {pk for found in held().values() for pk in found} == set()

    made = row.cause
    row = group_acting.reopen(director, row.pk)
    causes = dict(Complaint.objects.filter(pk__in=numbers(late)).values_list("pk", "cause"))
    assert causes == {**dict.fromkeys(numbers(late)), late[0].pk: other.pk, late[2].pk: other.pk}
    assert (row.state, numbers(row.complaints.all())) == (GroupState.PROPOSED, numbers(late))
    assert Cause.objects.get(pk=made.pk).put_away_at is not None


def test_what_comes_later_and_resembles_it_is_proposed_the_cause(said, house, director):
    late, _noise, _apart = said
    grouping.group()
    cause = causing.add(director, {"named": "不预约就送货", "branch": None})
    row = of(late)
    left = late[5]
    group_acting.confirm(director, row.pk, row.version, {"cause": str(cause.pk)}, numbers(late[:5]))
    DBTaskResult.objects.all().delete()

    new = taken(house, director, "司机没有提前通知就到仓库，没人卸货，货又拉回去了")
    assert DBTaskResult.objects.filter(task_path=task.module_path).count() == 1
    grouping.group()

    assert set(Resembling.objects.values_list("complaint", flat=True)) == {new.pk}
    assert questions.resembled(new).group.cause == cause
    assert questions.resembled(left) is None
    assert new.pk not in {pk for found in held().values() for pk in found}
    client = signed_in(house, Client(), "manager")
    page = client.get(new.get_absolute_url()).content.decode()
    assert cause.word in page
    assert row.get_absolute_url() not in page
    client.post(f"{new.get_absolute_url()}class/", {"version": new.version, "branch": cause.pk})
    new.refresh_from_db()
    assert (new.cause, questions.resembled(new)) == (cause, None)


def test_a_proposed_cause_that_is_refused_is_not_proposed_again(said, house, director):
    grouping.group()
    cause, row, manager = (
        causing.add(director, {"named": "不预约就送货", "branch": None}),
        of(said[0]),
        house.user("manager"),
    )
    group_acting.confirm(director, row.pk, row.version, {"cause": str(cause.pk)}, numbers(said[0]))
    new = taken(house, director, "司机没有提前通知就到仓库，没人卸货，货又拉回去了")
    grouping.group()
    assert questions.resembled(new).group.cause == cause

    client, here = signed_in(house, Client(), "manager"), new.get_absolute_url()
    assert client.post(f"{here}not-this-cause/", {"version": new.version}).status_code == 302
    assert questions.resembled(new) is None
    assert "not-this-cause" not in client.get(here).content.decode()
    assert AuditEntry.objects.filter(action="complaint-cause-refuse", subject=new.subject).exists()

    causing.propose_again(manager, new.pk)
    assert questions.resembled(new).group.cause == cause
    causing.refuse(manager, new.pk)
    grouping.group()
    assert questions.resembled(new) is None
    with pytest.raises(NotPossible):
        causing.refuse(manager, new.pk)


def test_what_was_dismissed_is_proposed_no_more(said, director):
    grouping.group()
    row = of(said[1])
    group_acting.dismiss(director, row.pk, row.version)
    grouping.group()
    assert set(held()) == {of(said[0])}
    with pytest.raises(NotPossible):
        group_acting.confirm(director, row.pk, row.version + 1, {"named": "噪声"}, numbers(said[1]))

    group_acting.reopen(director, row.pk)
    assert grouping.group() == 2


def test_nothing_is_half_done(said, director):
    grouping.group()
    row = of(said[0])
    for fields, belong in (
        ({"named": ""}, numbers(said[0])),
        ({"named": "x"}, set()),
        ({"named": "x", "cause": "1"}, {1}),
    ):
        with pytest.raises(NotPossible):
            group_acting.confirm(director, row.pk, row.version, fields, belong)
    with pytest.raises(Stale):
        group_acting.confirm(director, row.pk, row.version + 1, {"named": "x"}, numbers(said[0]))
    assert not Cause.objects.filter(named="x").exists()
    assert not Complaint.objects.filter(cause__isnull=False, pk__in=numbers(said[0])).exists()


def test_groups_are_for_who_sees_all_complaints(said, house):
    grouping.group()
    row = of(said[0])
    for role in ("manager", "analyst", "executive", "supply"):
        user = house.user(role)
        assert not groups(user).exists()
        with pytest.raises(Forbidden):
            group_acting.dismiss(user, row.pk, row.version)
        assert signed_in(house, Client(), role).get(row.get_absolute_url()).status_code == 403
    handler = house.user("complaints")
    assert groups(handler).count() == 2
    with pytest.raises(Forbidden):
        group_acting.confirm(handler, row.pk, row.version, {"named": "新的"}, numbers(said[0]))
    page = signed_in(house, Client(), "complaints").get(row.get_absolute_url()).content.decode()
    assert 'name="named"' not in page
    assert 'name="named"' in signed_in(house, Client(), "director").get(row.get_absolute_url()).content.decode()


def test_the_page_confirms_what_is_ticked_and_takes_it_back(said, house, director):
    late, _noise, _apart = said
    cause = causing.add(director, {"named": "不预约就送货", "branch": None})
    Complaint.objects.filter(pk=late[0].pk).update(cause=cause)
    grouping.group()
    row = of(late)
    client, here = signed_in(house, Client(), "complaints"), row.get_absolute_url()

    page = client.get(here).content.decode()
    assert len(re.findall('name="complaints"[^>]* checked', page)) == 5
    refused = client.post(f"{here}confirm/", {"version": row.version, "cause": cause.pk})
    assert refused.status_code == 422
    sent = {"version": row.version, "cause": cause.pk, "complaints": sorted(numbers(late[:3]))}
    assert client.post(f"{here}confirm/", sent).status_code == 302
    assert cause.complaints.count() == 3
    assert cause.path in client.get("/complaints/groups/").content.decode()
    assert client.post(f"{here}reopen/").status_code == 302
    assert cause.complaints.count() == 1
    assert client.post("/complaints/groups/look/", {"days": 180}).status_code == 302
    assert "180" in client.get("/complaints/groups/look/").content.decode()


def test_the_next_look_is_asked_for_once():
    DBTaskResult.objects.all().delete()
    ask_to_group()
    ask_to_group()
    assert DBTaskResult.objects.filter(task_path=task.module_path).count() == 1


def test_a_group_is_not_told_by_the_name_of_who_is_forgotten():
    row = TextGroup.objects.create(words=["司机", "王小明"], likeness=0.5)
    personal._unword(Traces(frozenset(), frozenset(), frozenset(), frozenset({"王小明"}), frozenset()))
    row.refresh_from_db()
    assert row.words == ["司机"]
