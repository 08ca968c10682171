"""The tree of causes: begun, worded, moved, never lost; complaints put on it, counted, and told when they come again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import formats, timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.complaints import actions, causes, causing, figures, intake, proceeding, questions
from vitalfew.complaints.listing import COMPLAINTS
from vitalfew.complaints.models import Cause, Complaint
from vitalfew.complaints.words import UsualCause
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def tree(director):
    causing.add_usual(director)
    return {row.usual: row for row in Cause.objects.all()}


def taken(house, user, **fields):
    told = {"account": Account.objects.get(code=house.mine), "text": "外箱破损", "effect": "cost", **fields}
    return Complaint.objects.get(pk=intake.write_down(user, told).pk)


def test_the_tree_is_worded_moved_and_put_away_without_losing_a_complaint(house, director, tree):
    row = taken(house, director)
    packing, supply = tree["transport.packing"], tree["supply"]
    row = causing.classify(director, row.pk, row.version, str(packing.pk))

    packing = causing.change(director, packing.pk, packing.version, {"named": "外箱太薄", "branch": supply})
    assert packing.path == f"{supply.word} › 外箱太薄"
    with pytest.raises(Stale):
        causing.change(director, packing.pk, packing.version - 1, {"named": "x", "branch": None})
    with pytest.raises(NotPossible):
        causing.change(director, supply.pk, supply.version, {"named": "", "branch": tree["use"]})
    with pytest.raises(NotPossible):
        causing.add(director, {"named": "第三级", "branch": packing})
    with pytest.raises(NotPossible):
        causing.put_away(director, supply.pk)

    causing.put_away(director, packing.pk)
    assert Complaint.objects.get(pk=row.pk).cause == packing
    assert packing.path not in str(causes.choices())
    with pytest.raises(NotPossible):
        causing.classify(director, row.pk, row.version, str(packing.pk))
    assert causing.add_usual(director) == 0
    causing.fetch_back(director, packing.pk)
    found = {each.pk: each for each in causes.causes(director)}
    assert (found[packing.pk].own, found[supply.pk].own, found[supply.pk].under) == (1, 0, 1)
    assert len(found) == len(UsualCause)


def test_the_step_that_finds_the_cause_puts_it_on_the_tree(house, director, tree):
    row = taken(house, director)
    row = proceeding.assess(director, row.pk, row.version, effect="cost", grows=False)
    given = {"cause": "纸箱太薄", "proof": "跌落试验"}
    with pytest.raises(NotPossible):
        proceeding.advance(director, row.pk, row.version, "cause", {**given, "branch": "999999"})

    client = signed_in(house, Client(), "director")
    page = client.get(row.get_absolute_url()).content.decode()
    assert tree["transport.packing"].path in page
    sent = {"to": "cause", "version": row.version, "branch": tree["transport.packing"].pk, **given}
    assert client.post(f"{row.get_absolute_url()}step/", sent).status_code == 302
    row.refresh_from_db()
    assert row.cause == tree["transport.packing"]
    assert client.post(f"{row.get_absolute_url()}class/", {"version": 1, "branch": ""}).status_code == 422
    assert client.post(f"{row.get_absolute_url()}class/", {"version": row.version, "branch": ""}).status_code == 302
    assert Complaint.objects.get(pk=row.pk).cause is None


def test_heads_keep_the_tree_and_others_read_it(house, tree):
    manager = house.user("manager")
    packing = tree["transport.packing"]
    with pytest.raises(Forbidden):
        causing.change(manager, packing.pk, packing.version, {"named": "x"})

    theirs, heads = signed_in(house, Client(), "manager"), signed_in(house, Client(), "director")
    assert theirs.get("/complaints/causes/").status_code == 200
    assert theirs.get(packing.get_absolute_url()).status_code == 200
    assert theirs.post("/complaints/causes/usual/").status_code == 403
    sent = {"named": "标签贴错", "branch": tree["supply"].pk}
    assert heads.post("/complaints/causes/new/", sent).status_code == 302
    made = Cause.objects.get(named="标签贴错")
    assert heads.post("/complaints/causes/new/", {"named": "", "branch": ""}).status_code == 422
    again = {"named": "贴标错误", "branch": "", "version": made.version}
    assert heads.post(f"{made.get_absolute_url()}edit/", again).status_code == 302
    assert "贴标错误" in heads.get("/complaints/causes/?q=贴标").content.decode()
    assert packing.word in heads.get("/complaints/causes/?format=csv").getvalue().decode()


def test_figures_tell_from_what_complaints_came_and_which_came_again(house, director, tree):
    day, seen = timezone.localdate(), questions.complaints(director)
    before, _of = figures.by_cause(figures.received(seen, day, day))
    n = [("transport.packing", 4), ("service.slow", 1)]
    for usual, times in n:
        for _each in range(times):
            actions.take_in(
                director, {"text": "x", "cause": tree[usual], "account": Account.objects.get(code=house.mine)}
            )
    actions.take_in(director, {"text": "没有归类"})

    lines, missing = figures.by_cause(figures.received(seen, day, day))
    assert before == []
    assert [(each.name, each.n, each.share, each.rank) for each in lines] == [
        (tree["transport.packing"].path, 4, 0.8, "A"), (tree["service.slow"].path, 1, 1.0, "B"),
    ]  # fmt: skip
    assert missing == figures.received(seen, day, day).filter(cause=None).count() > 0
    assert "80" in figures.pareto_chart(lines)["title"]
    again = figures.again(seen.filter(cause__isnull=False), day - timedelta(days=30), day)
    assert (again.n, again.of) == (3, 5)
    page = signed_in(house, Client(), "director").get("/complaints/figures/").content.decode()
    assert "gap=no-cause" in page
    assert "gap=no-subject" in page


def test_where_the_tree_is_empty_the_step_says_so_and_who_may_begins_it(house, director):
    row = taken(house, director)
    row = proceeding.assess(director, row.pk, row.version, effect="cost", grows=False)
    link = '<a href="/complaints/causes/">'
    pages = {
        who: signed_in(house, Client(), who).get(row.get_absolute_url()).content.decode()
        for who in ("director", "complaints")
    }

    assert link in pages["director"].partition('role="note"')[2].partition("</p>")[0]
    assert 'role="note"' in pages["complaints"]
    assert link not in pages["complaints"].partition('role="note"')[2].partition("</p>")[0]
    causing.add_usual(director)
    assert 'role="note"' not in signed_in(house, Client(), "director").get(row.get_absolute_url()).content.decode()


def test_what_is_due_is_told_as_the_reader_writes_times_and_to_machines_exactly(house, director):
    row = taken(house, director)
    client = signed_in(house, Client(), "director")
    pages = {
        language: client.get("/complaints/?q=" + row.number, headers={"accept-language": language}).content.decode()
        for language in ("en", "zh-hans")
    }
    due = timezone.localtime(row.due_at)
    item = next(each for each in COMPLAINTS.columns if each.name == "due_at").value(row)

    assert f"{due:%Y-%m-%d %H:%M}" not in pages["en"] + pages["zh-hans"]
    assert item == due.replace(second=0, microsecond=0)
    assert formats.date_format(due, "SHORT_DATETIME_FORMAT") in pages["zh-hans"]
