"""A campaign is drafted, approved by a second person, begun by lot, written about to those who want it, and evaluated once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Limit
from vitalfew.campaigns import (
    actions,
    calendar,
    choosing,
    evaluating,
    examples,
    own_tables,
    portal,
    questions,
    sending,
    starting,
    worklist,
)
from vitalfew.campaigns.excluding import left_out
from vitalfew.campaigns.models import Campaign, Target
from vitalfew.campaigns.seeing import could_show
from vitalfew.campaigns.words import CampaignState, Place, Why
from vitalfew.contacts import actions as contacts
from vitalfew.outbox import refusing
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.words import Kind
from vitalfew.outbox.writing import Letter, write
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Visitor
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine, connect
from vitalfew.warehouse.known import facts
from vitalfew.warehouse.run import start

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
LETTER = {"part": "letters", "language": "zh-hans", "title": "开春备货", "text": "{name}，您好\n备货有优惠"}


def today():
    return timezone.localdate()


@pytest.fixture
def marketing(house):
    return house.user("marketing")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def accounts(house):  # noqa: ARG001  (its accounts)
    """Thirty that stand alone."""
    rows = Account.objects.filter(stub=False, parent_code="").order_by("code")
    parents = set(Account.objects.exclude(parent_code="").values_list("parent_code", flat=True))
    return list(rows.exclude(code__in=parents)[:30])


@pytest.fixture
def row(marketing, accounts):
    """A draft with a budget and thirty accounts, without letters."""
    fields = {
        "name": "开春备货", "aim": "多备两成", "since": today(), "until": today() + 55 * DAY, "by_letter": False,
    }  # fmt: skip
    made = actions.draft(marketing, fields)
    made = choosing.add_accounts(marketing, made.pk, accounts)
    return actions.add_line(marketing, made.pk, made.version, "赠品", Decimal(20000))


def fresh(row):
    return Campaign.objects.get(pk=row.pk)


def approved(marketing, director, row):
    row = fresh(row)
    row = actions.hand_in(marketing, row.pk, row.version)
    if row.state == CampaignState.ASKED:
        approvals.approve(director, row.approval.pk, row.approval.version)
    return fresh(row)


def running(marketing, director, row, seed=11):
    row = approved(marketing, director, row)
    return starting.start(marketing, row.pk, row.version, seed=seed)


def person(director, account, name, email, language="zh-hans"):
    return contacts.add(director, account, {"name": name, "email": email, "language": language}, {}).person


def mailed(account, kind=Kind.NEWS):
    write(Letter(kind=kind, subject="x", paragraphs=("x",), address="a@example.com", account=account), by="test")


def test_a_second_person_approves_the_budget_and_nobody_changes_it_after(marketing, director, row):
    asked = actions.hand_in(marketing, row.pk, row.version, "一季度重点")
    assert (asked.state, asked.approval.amount) == (CampaignState.ASKED, Decimal(20000))
    with pytest.raises(NotPossible):
        actions.add_line(marketing, row.pk, asked.version, "广告", Decimal(1))
    with pytest.raises(NotPossible):
        choosing.take_all_out(marketing, row.pk)
    with pytest.raises(Forbidden):
        approvals.approve(marketing, asked.approval.pk, asked.approval.version)

    approvals.approve(director, asked.approval.pk, asked.approval.version)

    now = fresh(row)
    assert now.state == CampaignState.APPROVED
    with pytest.raises(NotPossible):
        actions.change(marketing, row.pk, now.version, {"until": now.until + DAY})
    assert actions.change(marketing, row.pk, now.version, {"name": "春季备货"}).name == "春季备货"


def test_what_is_sent_back_is_a_draft_again_and_can_be_handed_in_anew(marketing, director, row):
    asked = actions.hand_in(marketing, row.pk, row.version)
    approvals.send_back(director, asked.approval.pk, asked.approval.version, "太贵")

    back = fresh(row)
    assert back.is_draft
    assert actions.hand_in(marketing, row.pk, back.version).state == CampaignState.ASKED


def test_who_drafted_it_does_not_approve_it(director, accounts):
    made = actions.draft(director, {"name": "x", "aim": "x", "since": today(), "until": today() + DAY})
    made = choosing.add_accounts(director, made.pk, accounts)
    made = actions.add_line(director, made.pk, made.version, "x", Decimal(5))
    asked = actions.hand_in(director, made.pk, made.version)

    with pytest.raises(Forbidden):
        approvals.approve(director, asked.approval.pk, asked.approval.version)


def test_within_the_limit_of_ones_role_nobody_else_is_asked(marketing, row):
    limit = {"kind": actions.KIND, "role": "marketing", "amount": Decimal(30000), "currency": row.currency}
    Limit.objects.create(made_by="test", changed_by="test", **limit)

    assert actions.hand_in(marketing, row.pk, row.version).state == CampaignState.APPROVED


@pytest.mark.parametrize("missing", ["budget", "targets"])
def test_what_is_not_whole_is_not_handed_in(marketing, row, missing):
    getattr(row, missing).all().delete()
    with pytest.raises(NotPossible):
        actions.hand_in(marketing, row.pk, row.version)


def test_as_it_begins_one_of_every_three_alike_is_held_out_and_the_seed_is_kept(marketing, director, row):
    begun = running(marketing, director, row)

    targets = list(begun.targets.all())
    blocks = {}
    for each in targets:
        blocks.setdefault(each.block, []).append(each)
    assert begun.seed == 11
    assert len(blocks) == 10
    assert all([each.place for each in block].count(Place.HELD_OUT) == 1 for block in blocks.values())
    whole = [block for block in blocks.values() if len({each.tier for each in block}) == 1]
    assert whole, "those of one tier are drawn together"
    for block in whole:
        inside = [each.size for each in targets if each.tier == block[0].tier and each not in block]
        low, high = (pick(each.size for each in block) for pick in (min, max))
        mixed = [size for size in inside if low < size < high]
        assert len(mixed) <= len(blocks) - len(whole) + 2, "alike in size"


def test_the_same_seed_draws_the_same_and_another_one_otherwise(marketing, director, row):
    def held_out(campaign):
        return set(campaign.targets.filter(place=Place.HELD_OUT).values_list("account", flat=True))

    first = held_out(running(marketing, director, row, seed=11))
    Campaign.objects.filter(pk=row.pk).update(state=CampaignState.APPROVED, seed=None)
    again = held_out(starting.start(marketing, row.pk, fresh(row).version, seed=11))
    Campaign.objects.filter(pk=row.pk).update(state=CampaignState.APPROVED, seed=None)
    other = held_out(starting.start(marketing, row.pk, fresh(row).version, seed=12))

    assert first == again != other


def test_companies_of_a_group_stand_on_one_side(marketing, director, row, accounts):
    for each in accounts[1:6]:
        Account.objects.filter(pk=each.pk).update(parent_code=accounts[0].code)

    for seed in range(4):
        Campaign.objects.filter(pk=row.pk).update(seed=None)
        if seed:
            Campaign.objects.filter(pk=row.pk).update(state=CampaignState.APPROVED)
            starting.start(marketing, row.pk, fresh(row).version, seed=seed)
        else:
            running(marketing, director, row, seed=0)
        inside = Target.objects.filter(of=row, account__in=[each.pk for each in accounts[:6]])
        assert inside.values("place").distinct().count() == 1


def test_it_does_not_begin_unapproved_too_early_or_without_anybody_to_hold_out(marketing, director, row):
    with pytest.raises(NotPossible):
        starting.start(marketing, row.pk, row.version)
    Campaign.objects.filter(pk=row.pk).update(since=today() + DAY)
    later = approved(marketing, director, row)
    with pytest.raises(NotPossible):
        starting.start(marketing, row.pk, later.version)
    Campaign.objects.filter(pk=row.pk).update(since=today())
    Target.objects.filter(of=row, pk__in=list(row.targets.values_list("pk", flat=True)[2:])).delete()
    with pytest.raises(NotPossible):
        starting.start(marketing, row.pk, later.version)
    assert fresh(row).seed is None
    assert not row.targets.exclude(place=Place.CHOSEN).exists()


def test_who_refused_hears_too_often_or_is_in_another_one_is_left_out_with_the_reason(director, row, accounts):
    refused, silent, often, elsewhere, fine = accounts[:5]
    for n, each in enumerate((refused, often, elsewhere, fine)):
        person(director, each, f"某{n}", f"p{n}@example.com")
    refusing.without(refusing.mark("p0@example.com"), Kind.CAMPAIGN)
    for _n in range(3):
        mailed(often)
    for _n in range(2):
        mailed(fine)
    for _n in range(4):
        mailed(fine, Kind.ANSWER)
    other = Campaign.objects.create(
        name="另一场", aim="x", since=today(), until=today() + DAY, state=CampaignState.RUNNING, seed=1, currency="CNY"
    )
    Target.objects.create(of=other, account=elsewhere, place=Place.HELD_OUT)
    row.by_letter = True

    out = left_out(row, [refused, silent, often, elsewhere, fine], today())

    assert out == {
        refused.pk: Why.REFUSED, silent.pk: Why.NO_CONTACT, often.pk: Why.OFTEN, elsewhere.pk: Why.OTHER,
    }  # fmt: skip
    row.by_letter = False
    assert set(left_out(row, [refused, silent, often, elsewhere, fine], today())) == {often.pk, elsewhere.pk}


def test_letters_go_once_to_consenting_people_of_those_who_take_part(marketing, director, row):
    begun = running(marketing, director, row)
    begun = actions.set_text(marketing, begun.pk, begun.version, **LETTER)
    treated = begun.targets.treated().select_related("account")
    held = begun.targets.filter(place=Place.HELD_OUT).select_related("account").first()
    yes = person(director, treated[0].account, "王晓峰", "wang@example.com")
    person(director, treated[1].account, "李梅", "li@example.com")
    person(director, held.account, "赵强", "zhao@example.com")
    refusing.without(refusing.mark("li@example.com"), Kind.CAMPAIGN)

    sending.send(marketing, begun.pk)

    (mail,) = OutgoingMail.objects.filter(about=begun.subject)
    assert (mail.person, mail.kind, mail.paragraphs) == (yes, Kind.CAMPAIGN, ["王晓峰，您好", "备货有优惠"])
    with pytest.raises(NotPossible):
        sending.send(marketing, begun.pk)


def test_what_it_could_show_is_told_with_the_numbers_it_will_have(row, accounts):
    seen = could_show(row, accounts)

    assert (seen.figures["n"], seen.figures["held_out"]) == (30, 10)
    assert seen.figures["least"] <= seen.figures["plain"]
    assert seen.figures["share"] == pytest.approx(seen.figures["least"] / seen.figures["mean"])
    assert "you would see only effects above" in seen.said.say("en")


def test_with_too_few_it_says_that_no_verdict_will_be_given(row, accounts):
    seen = could_show(row, accounts[:9])
    assert any("no verdict is given" in each.say("en") for each in seen.warnings)
    assert "Cannot be told" in could_show(row, []).said.say("en")


def test_managers_are_asked_to_speak_with_theirs_until_they_have(house, marketing, director, row):
    begun = running(marketing, director, row)
    manager = house.user("manager")
    mine = begun.targets.treated().first()
    Account.objects.filter(pk=mine.account_id).update(manager=manager)

    def codes():
        return [task.customer for task in worklist.waiting(manager) if task.what.startswith("Speak")]

    assert mine.account.code in codes()
    actions.talked(manager, mine.pk)
    assert mine.account.code not in codes()
    assert not set(begun.targets.filter(place=Place.HELD_OUT).values_list("account__code", flat=True)) & set(codes())


def test_analyses_read_our_campaigns_with_their_cost_shared_out(marketing, director, row):
    assert own_tables.own_tables()["house_campaigns"].num_rows == 0
    begun = running(marketing, director, row)
    line = begun.budget.get()
    actions.note_spent(marketing, begun.pk, begun.version, {line.pk: Decimal(10000)})

    rows = own_tables.own_tables()["house_campaigns"].to_pylist()

    assert len(rows) == 30
    assert {each["cost"] for each in rows if each["arm"] == "treated"} == {500.0}
    assert {each["cost"] for each in rows if each["arm"] == "holdout"} == {None}


def over(row, days_ago=10):
    """As if it had been over for so long."""
    shown = scorecards.current()
    Campaign.objects.filter(pk=row.pk).update(
        since=shown.as_of - timedelta(days=days_ago + 55), until=shown.as_of - timedelta(days=days_ago)
    )
    return fresh(row)


def test_it_is_evaluated_by_the_analysis_of_campaigns_and_stays_as_it_was_told(marketing, director, row):
    begun = over(running(marketing, director, row))
    assert [task.what for task in worklist.waiting(director) if task.url == begun.get_absolute_url()] == [
        "Evaluate the campaign"
    ]
    told = evaluating.evaluate(marketing, begun.pk, begun.version)

    assert told.state == CampaignState.EVALUATED
    assert (told.found["accounts"], told.found["accounts_held_out"]) == (20, 10)
    assert told.found["cost"] == pytest.approx(20000)
    assert told.found["contribution"] == pytest.approx(told.found["profit"] + 20000)
    assert told.found["low"] < told.found["effect"] < told.found["high"]
    assert told.headline.say("en")
    with pytest.raises(NotPossible):
        evaluating.evaluate(marketing, begun.pk)


def test_what_is_not_over_or_not_known_yet_is_not_evaluated(marketing, director, row):
    begun = running(marketing, director, row)
    with pytest.raises(NotPossible):
        evaluating.evaluate(marketing, begun.pk)
    Campaign.objects.filter(pk=row.pk).update(state=CampaignState.ENDED, until=scorecards.current().as_of + DAY)
    with pytest.raises(NotPossible):
        evaluating.evaluate(marketing, begun.pk)


def test_lessons_are_read_by_who_plans_the_next_of_its_kind(marketing, director, row):
    begun = running(marketing, director, row)
    actions.write_lessons(marketing, begun.pk, begun.version, "下次早两周发货")
    next_one = actions.draft(marketing, {"name": "秋季", "aim": "x", "since": today(), "until": today() + DAY})

    assert questions.lessons(marketing, next_one) == [begun]
    assert list(questions.found(questions.campaigns(marketing), "早两周")) == [begun]


def test_a_manager_sees_his_own_accounts_of_it_alone_and_changes_nothing(house, row, accounts):
    manager = house.user("manager")
    mine = {each.pk for each in accounts} & set(Account.objects.visible_to(manager).values_list("pk", flat=True))
    assert set(questions.targets(manager, row).values_list("account", flat=True)) == mine
    with pytest.raises(Forbidden):
        actions.change(manager, row.pk, row.version, {"name": "y"})


def test_the_calendar_counts_what_an_account_hears(marketing, director, row):
    begun = running(marketing, director, row)
    treated = begun.targets.treated().select_related("account").first().account
    mailed(treated)

    first = calendar.pressed(marketing, today())[0]
    (line,) = calendar.by_week(marketing, calendar.mondays(today()))

    assert (first.account, first.letters, list(first.running)) == (treated, 1, [begun])
    assert (line[0], line[1].count(True)) == (begun, 9)


def test_somebody_elses_change_meanwhile_is_not_written_over(marketing, row):
    with pytest.raises(Stale):
        actions.add_line(marketing, row.pk, row.version - 1, "x", Decimal(1))


def test_its_pages_take_it_from_draft_to_running(house, client, director, accounts):
    page = signed_in(house, client, "marketing")
    fields = {
        "name": "春促", "aim": "x", "kind": "offer", "since": today(), "until": today() + 20 * DAY, "outcome": "sales",
        "worth": "10", "one_in": 3, "rest_days": 30, "most_letters": 3, "by_talk": "on",
        "codes": "\n".join(each.code for each in accounts),
    }  # fmt: skip
    assert page.post("/campaigns/new/", {**fields, "until": today() - DAY}).status_code == 422
    sent = page.post("/campaigns/new/", fields)
    made = Campaign.objects.get(name="春促")
    url = made.get_absolute_url()
    assert sent.url == url
    assert made.targets.count() == 30

    def post(part, **more):
        return page.post(f"{url}{part}/", {"version": fresh(made).version, **more})

    assert post("budget", what="赠品", planned="-1").status_code == 422
    assert post("budget", what="赠品", planned="500").status_code == 302
    assert post("hand-in").status_code == 302
    asked = fresh(made)
    approvals.approve(director, asked.approval.pk, asked.approval.version)
    assert post("start").status_code == 302
    shown = page.get(url).content.decode()
    assert "抽签留作对照" in shown
    assert "能看出多大效果（启动时的测算）" in shown
    assert page.get("/campaigns/").status_code == page.get("/campaigns/calendar/").status_code == 200
    assert post("start").status_code == 422


def test_the_campaign_that_was_planted_is_told_as_the_analysis_tells_it(house):
    examples.plant()

    row = Campaign.objects.get(state=CampaignState.EVALUATED)
    engine = DuckEngine(connect("256MB"))
    told = start(facts(house.home, engine), engine).result("campaign-effect").table.to_pylist()[0]
    assert (row.found["accounts"], row.found["accounts_held_out"]) == (told["accounts"], told["accounts_held_out"])
    assert [row.found[name] for name in ("effect", "low", "high", "profit")] == [
        pytest.approx(told[name]) for name in ("effect", "low", "high", "profit")
    ]


def test_in_the_portal_only_those_who_take_part_read_what_is_on_offer(marketing, director, row):
    begun = running(marketing, director, row)
    begun = actions.set_text(marketing, begun.pk, begun.version, **{**LETTER, "part": "offers", "text": "九五折"})
    treated = begun.targets.treated().select_related("account").first()
    held = begun.targets.filter(place=Place.HELD_OUT).select_related("account").first()
    visitor = Visitor("v", "v", 0, may=True)

    assert portal.told(visitor, treated.account)["offers"] == [
        {"title": "开春备货", "text": "九五折", "until": begun.until}
    ]
    assert portal.told(visitor, held.account) == {"offers": []}
    assert not list(portal.waiting(visitor, held.account))
    actions.end(marketing, begun.pk)
    assert portal.told(visitor, treated.account) == {"offers": []}


def test_over_the_api_it_is_drafted_begun_and_read(house, client, director, accounts):
    def ask(method, path, **body):
        token = {"authorization": f"Bearer {house.tokens['marketing']}"}
        return getattr(client, method)(f"/api/v1{path}", body or None, content_type="application/json", headers=token)

    fields = {"name": "春促", "aim": "x", "since": str(today()), "until": str(today() + 9 * DAY), "by_letter": False}
    bad = ask("post", "/campaigns", **{**fields, "until": str(today() - DAY)})
    assert bad.status_code == 422
    made = ask("post", "/campaigns", **fields, accounts=[each.code for each in accounts], budget={"赠品": "500"}).json()
    assert (made["state"], len(made["targets"]), made["budget"][0]["planned"]) == ("draft", 30, 500)
    assert ask("post", f"/campaigns/{made['id']}/start").status_code == 409

    ask("post", f"/campaigns/{made['id']}/hand-in", why="x")
    asked = Campaign.objects.get(pk=made["id"])
    approvals.approve(director, asked.approval.pk, asked.approval.version)
    begun = ask("post", f"/campaigns/{made['id']}/start").json()

    assert begun["state"] == "running"
    assert [each["side"] for each in begun["targets"]].count("holdout") == 10
    assert begun["could_show"]
