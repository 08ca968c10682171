"""A scheme is simulated, approved, accrued, corrected, booked once and reversed to the cent; seen by whom it concerns."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.db.models import Sum
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.approvals import actions as approvals
from vitalfew.approvals.models import Approval
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.imports.actions import Job, receive
from vitalfew.incentives import accruing, actions, booking, examples, questions
from vitalfew.incentives.background import accrued as accrued_task
from vitalfew.incentives.models import Booking, Case, Entry, Scheme, SchemeVersion, Standing, Unchangeable
from vitalfew.incentives.periods import Period, periods
from vitalfew.incentives.reading import Book, rules_of
from vitalfew.incentives.scope import taking_part
from vitalfew.incentives.simulating import simulate, span_of
from vitalfew.incentives.worklist import waiting
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]
VOLUME = ("volume", {"steps": [["1000", "1"], ["50000", "2"]], "base": "all"})
LITTLE, MUCH = (("volume", {"steps": [["1000", rate]], "base": "all"}) for rate in ("0.5", "5"))
NOBODY = {name: [] for name in ("tiers", "regions", "cooperations", "accounts")}
CHINESE = {"accept-language": "zh-hans"}
LINES = "order_id,line_no,ordered_on,customer,quantity,amount\n"


@pytest.fixture
def people(house):
    return {name: house.user(name) for name in ("marketing", "director", "executive", "manager")}


def last_quarter():
    """The last quarter that is over, and in the facts."""
    shown = scorecards.current()
    return [
        each for each in periods(date(shown.as_of.year - 1, 1, 1), shown.as_of, "quarter") if each.until < shown.as_of
    ][-1]


def drafted(user, period, *rules, every="quarter", **said):
    span = {"since": period.since, "until": period.until, "every": every}
    row = actions.draft(user, {"name": "季度返利", "about": ""}, {**NOBODY, **span, **said})
    return actions.put_rules(user, row.pk, row.version, list(rules or (VOLUME,)))


def simulated(user, row):
    asked = actions.ask_simulation(user, row.pk)
    assert simulate(asked.pk, asked.run)
    asked.refresh_from_db()
    return asked


def approved(people, row):
    row = simulated(people["marketing"], row)
    row = actions.hand_in(people["marketing"], row.pk, row.version)
    approvals.approve(people["director"], row.approval.pk, row.approval.version)
    row.refresh_from_db()
    return row


def accrued(people, **said):
    row = approved(people, drafted(people["marketing"], last_quarter(), **said))
    accruing.accrue_all(timezone.localdate())
    return row


def total(**narrow):
    return Entry.objects.filter(**narrow).aggregate(total=Sum("units"))["total"] or 0


def owed(row):
    return sum(questions.open_amounts(row.scheme, Period(row.since, row.until)).values())


def booked(user, row, key="k", expected=None):
    return booking.book(
        user, row.scheme_id, Period(row.since, row.until), owed(row) if expected is None else expected, key
    )


def test_what_is_read_of_the_orders_is_their_exact_sum(house, people):
    row = drafted(people["marketing"], period := last_quarter())
    code = house.mine
    book = Book(row.currency)
    source = book.source.frame("order_lines", None).to_native().sql_query()
    days = [(day - date(1970, 1, 1)).days for day in period]
    query = f"SELECT amount FROM ({source}) WHERE customer = $code AND ordered_on BETWEEN {days[0]} AND {days[1]}"  # noqa: S608  (our own texts)
    lines = book.engine.connection.execute(query, {"code": code}).fetchall()

    figures = book.figures([code], period, rules_of(row).values(), timezone.localdate())

    assert figures[code].sales == sum((line[0] for line in lines), Decimal(0)) != 0


def test_a_simulation_costs_what_the_accounts_would_have_earned(people, house):  # noqa: ARG001
    row = simulated(people["marketing"], drafted(people["marketing"], last_quarter()))

    told, outcomes = row.found, row.outcomes.all()
    assert told["cost"] == sum(each.units for each in outcomes) > 0
    assert told["sales"] == sum(each.sales for each in outcomes)
    assert (told["winners"], told["losers"]) == (sum(each.units > 0 for each in outcomes), 0)
    assert told["less"] < told["cost"] < told["more"]
    assert told["near"] == outcomes.filter(near=True).count()
    assert all(each.missing * 10 <= each.sales + each.missing for each in outcomes.filter(near=True))


def test_it_is_simulated_on_days_that_the_facts_reach(people, house):  # noqa: ARG001
    shown = scorecards.current()
    row = drafted(people["marketing"], Period(date(shown.as_of.year + 1, 1, 1), date(shown.as_of.year + 1, 12, 31)))

    spans = span_of(row, shown.as_of)

    assert len(spans) == 4
    assert spans[-1].until <= shown.as_of < spans[-1].until.replace(year=spans[-1].until.year + 1)


def test_the_next_version_is_compared_with_the_one_that_holds(people, house):  # noqa: ARG001
    row = accrued(people)
    later = actions.next_version(people["marketing"], row.scheme_id)
    assert (later.number, later.since) == (2, row.until + timedelta(days=1))
    later = actions.put_rules(people["marketing"], later.pk, later.version, [LITTLE])

    later = simulated(people["marketing"], later)

    assert later.found["against"] == 1
    assert later.found["losers"] > 0 == later.found["winners"]
    assert later.found["cost"] < later.found["before"]


def test_what_was_simulated_is_not_handed_in_once_it_was_changed(people, house):  # noqa: ARG001
    row = simulated(people["marketing"], drafted(people["marketing"], last_quarter()))
    with pytest.raises(NotPossible, match="paid twice"):
        actions.put_rule(people["marketing"], row.pk, row.version, VOLUME)
    kind, terms = VOLUME
    actions.put_rule(people["marketing"], row.pk, row.version, (kind, {**terms, "base": "above"}))
    row.refresh_from_db()

    with pytest.raises(NotPossible, match="Simulate it first"):
        actions.hand_in(people["marketing"], row.pk, row.version)
    with pytest.raises(Stale):
        actions.hand_in(people["marketing"], row.pk, row.version - 1)
    assert not row.outcomes.exists()


def test_a_draft_that_is_not_wanted_is_put_away_and_another_begun(people, house):  # noqa: ARG001
    row = accrued(people)
    later = actions.next_version(people["marketing"], row.scheme_id)
    with pytest.raises(NotPossible, match="in the making"):
        actions.next_version(people["marketing"], row.scheme_id)

    actions.discard(people["marketing"], later.pk)
    assert actions.bring_back(people["marketing"], later.pk).put_away_at is None
    actions.discard(people["marketing"], later.pk)

    assert actions.next_version(people["marketing"], row.scheme_id).number == later.number + 1
    with pytest.raises(NotPossible, match="in the making"):
        actions.bring_back(people["marketing"], later.pk)
    with pytest.raises(NotPossible, match="not changed"):
        actions.discard(people["marketing"], row.pk)


def test_an_older_simulation_keeps_nothing(people, house):  # noqa: ARG001
    row = drafted(people["marketing"], last_quarter())
    older = actions.ask_simulation(people["marketing"], row.pk)
    actions.ask_simulation(people["marketing"], row.pk)

    assert simulate(older.pk, older.run) is False


def test_who_drafted_it_does_not_approve_and_approved_it_never_changes(people, house):  # noqa: ARG001
    row = simulated(people["director"], drafted(people["director"], last_quarter()))
    row = actions.hand_in(people["director"], row.pk, row.version)
    approval = Approval.objects.get()
    assert approval.amount == row.cost > 0
    with pytest.raises(Forbidden):
        approvals.approve(people["director"], approval.pk, approval.version)
    with pytest.raises(NotPossible, match="not changed"):
        actions.change_version(people["director"], row.pk, row.version, {"until": row.until})

    approvals.approve(people["executive"], approval.pk, approval.version)

    row.refresh_from_db()
    assert row.state == "approved"
    for change in (
        lambda: actions.put_rules(people["director"], row.pk, row.version, []),
        lambda: actions.take_out(people["director"], row.rules.first().pk),
        lambda: actions.ask_simulation(people["director"], row.pk),
    ):
        with pytest.raises(NotPossible):
            change()


def test_sent_back_it_is_a_draft_again(people, house):  # noqa: ARG001
    row = simulated(people["marketing"], drafted(people["marketing"], last_quarter()))
    row = actions.hand_in(people["marketing"], row.pk, row.version)
    approvals.send_back(people["director"], row.approval.pk, row.approval.version, "太贵")
    row.refresh_from_db()
    assert row.is_draft

    row = actions.hand_in(people["marketing"], row.pk, row.version)
    assert actions.take_back(people["marketing"], row.pk).is_draft
    assert not Approval.objects.filter(state="waiting").exists()


def test_a_day_gone_through_twice_adds_nothing(people, house):  # noqa: ARG001
    accrued(people)
    before = Entry.objects.count(), list(Standing.objects.values_list("pk", "units").order_by("pk"))

    assert accruing.accrue_all(timezone.localdate()) == 0
    assert (Entry.objects.count(), list(Standing.objects.values_list("pk", "units").order_by("pk"))) == before
    assert before[0] > 0
    assert total() == sum(units for _pk, units in before[1])


def test_a_late_and_a_restated_order_are_corrected_by_differences(own_facts, people, tmp_path):
    row = accrued(people)
    standing = Standing.objects.filter(units__gt=0).exclude(account__stub=True).order_by("units").first()
    kept = list(Entry.objects.values_list("pk", "units"))

    def comes(value):
        file = tmp_path / f"late-{value}.csv"
        file.write_text(f"{LINES}LATE-1,1,{row.until},{standing.account.code},1,{value}\n", encoding="utf-8")
        receive(Job("order-lines", file, "test"), own_facts.home)
        return accruing.accrue_all(timezone.localdate())

    assert comes(100_000) == 1
    high = total(account=standing.account)
    assert comes(50_000) == 1

    entries = list(Entry.objects.filter(account=standing.account).order_by("pk"))
    assert [entry.kind for entry in entries] == ["accrued", "corrected", "corrected"]
    assert high - total(account=standing.account) == 50_000 * 2 == -entries[-1].units
    assert list(Entry.objects.values_list("pk", "units"))[: len(kept)] == kept
    standing.refresh_from_db()
    assert standing.units == total(account=standing.account)


def test_an_entry_is_neither_changed_nor_deleted(people, house):  # noqa: ARG001
    accrued(people)
    entry = Entry.objects.first()
    entry.units += 1

    for change in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(units=0)):
        with pytest.raises(Unchangeable):
            change()
    with pytest.raises(Unchangeable):
        Entry.objects.bulk_update([entry], ["units"])


def test_a_period_is_booked_once(people, house):
    row = accrued(people)
    whole = total()

    made = booked(people["director"], row)
    again = booked(people["director"], row, expected=whole)

    assert (made.pk, made.units) == (again.pk, whole)
    assert Booking.objects.count() == 1
    assert total(kind="booked") == whole
    day, rows = timezone.localdate(), Standing.objects.all()
    assert all(each.units == each.booked for each in rows)
    assert {each.state.value for each in rows} <= {"booked", "nothing"}
    assert rows.standing("booked", day).count() == rows.exclude(units=0).count()
    assert not rows.standing("closed", day).exists()
    with pytest.raises(NotPossible, match="Nothing is left to book"):
        booked(house.user("administrator"), row, key="another", expected=whole)
    trail = AuditEntry.objects.filter(subject=f"booking:{made.pk}").order_by("number").values_list("action", flat=True)
    assert list(trail) == ["booking-add", "booking-book"]


def test_what_the_page_did_not_show_is_not_booked(people, house):  # noqa: ARG001
    row = accrued(people)

    with pytest.raises(NotPossible, match="changed since"):
        booked(people["director"], row, expected=owed(row) - 1)
    with pytest.raises(Forbidden):
        booked(people["marketing"], row)
    assert not Booking.objects.exists()


def test_a_period_that_runs_is_not_booked(people, house):  # noqa: ARG001
    today = timezone.localdate()
    row = approved(
        people, drafted(people["marketing"], Period(date(today.year, 1, 1), date(today.year, 12, 31)), every="year")
    )
    accruing.accrue_all(today)

    with pytest.raises(NotPossible, match="not ended"):
        booked(people["director"], row)


def test_a_reversal_is_approved_and_leaves_zero_to_the_cent(people, house):  # noqa: ARG001
    row = accrued(people)
    made = booked(people["director"], row)
    asked = booking.ask_reversal(people["director"], made.pk, made.version, "订单日期有误")
    with pytest.raises(NotPossible, match="waits for approval"):
        booking.ask_reversal(people["director"], made.pk, asked.version, "再来")
    with pytest.raises(Forbidden):
        approvals.approve(people["director"], asked.approval.pk, asked.approval.version)
    assert not Entry.objects.filter(kind="reversed").exists()

    approvals.approve(people["executive"], asked.approval.pk, asked.approval.version)

    made.refresh_from_db()
    assert made.is_reversed
    assert total(booking=made) == 0
    for entry in Entry.objects.filter(kind="booked"):
        assert entry.reversed_by.units == -entry.units
    assert owed(row) == made.units
    assert booked(people["director"], row, key="anew").units == made.units
    with pytest.raises(NotPossible, match="reversed already"):
        booking.ask_reversal(people["director"], made.pk, made.version, "又来")


def test_a_booked_period_is_not_taken_over_by_a_next_version(people, house):  # noqa: ARG001
    row = accrued(people)
    booked(people["director"], row)
    later = actions.next_version(people["marketing"], row.scheme_id)
    later = actions.change_version(people["marketing"], later.pk, later.version, {"since": row.since})
    later = simulated(people["marketing"], later)

    with pytest.raises(NotPossible, match="is booked"):
        actions.hand_in(people["marketing"], later.pk, later.version)


def test_a_next_version_from_within_a_period_is_refused_and_from_its_start_takes_over(people, house):  # noqa: ARG001
    row = accrued(people)
    whole, later = total(), actions.next_version(people["marketing"], row.scheme_id)
    later = actions.change_version(
        people["marketing"], later.pk, later.version, {"since": row.since + timedelta(days=1)}
    )
    later = simulated(people["marketing"], later)
    with pytest.raises(NotPossible, match="begins with a settlement period"):
        actions.hand_in(people["marketing"], later.pk, later.version)

    later = actions.change_version(
        people["marketing"], later.pk, later.version, {"since": row.since, "until": row.until}
    )
    later = actions.put_rules(people["marketing"], later.pk, later.version, [MUCH])
    approved(people, later)
    accruing.accrue_all(timezone.localdate())

    assert total(rule__of=row) == 0
    assert total(rule__of=later) == total() > whole


def test_training_and_breaches_count_with_their_evidence(people, house):
    period, account = last_quarter(), Account.objects.get(code=house.mine)
    rules = (VOLUME, ("training", {"each": "800", "most": 2}), ("price", {"each": "100", "rate": "0"}))
    row = approved(people, drafted(people["marketing"], period, *rules, accounts=[house.mine]))
    for kind, own in (("training", None), ("price", None), ("price", Decimal("12.34"))):
        actions.record(
            people["manager"], account, {"kind": kind, "day": period.since, "evidence": "王店长签字", "amount": own}
        )

    accruing.accrue_all(timezone.localdate())

    by_rule = {kind: total(rule__of=row, rule__kind=kind) for kind in ("training", "price")}
    assert by_rule == {"training": 80_000, "price": -11_234}
    case = Case.objects.filter(kind="training").get()
    actions.put_case_away(people["manager"], case.pk)
    accruing.accrue_all(timezone.localdate())
    assert total(rule__of=row, rule__kind="training") == 0


def test_only_those_take_part_whom_it_is_for(people, house):
    region = Account.objects.get(code=house.mine).region
    row = accrued(people, regions=[region])

    assert set(Entry.objects.values_list("account__region", flat=True)) <= {region}
    tiers = simulated(
        people["marketing"], drafted(people["marketing"], last_quarter(), tiers=["mvc"], cooperations=["long_term"])
    )
    shown = (
        scorecards.current().scorecards.filter(tier="mvc", cooperation="long_term").values_list("customer", flat=True)
    )
    assert set(tiers.outcomes.values_list("account__code", flat=True)) <= set(shown)
    assert row.state == "approved"


def test_today_tells_who_is_just_below_and_what_is_to_be_booked(people, house):
    row = accrued(people)
    assert not list(waiting(people["manager"]))
    assert [task.url for task in waiting(people["director"])] == [row.scheme.get_absolute_url()]

    today = timezone.localdate()
    Standing.objects.filter(account__code=house.mine).delete()
    Standing.objects.create(
        of=row, account=Account.objects.get(code=house.mine), since=today, until=today + timedelta(days=9), currency="CNY",
        near=True, missing=123_45, as_of=today,
    )  # fmt: skip
    (line,) = waiting(people["manager"])
    assert "¥123.45" in line.why.say("zh-hans")
    assert (line.customer, line.effect) == (house.mine, 123.45)


def test_a_manager_sees_his_own_and_no_totals(people, house, client):
    row = accrued(people)
    page = signed_in(house, client, "manager")
    foreign = Standing.objects.filter(account__code=house.foreign).first()
    own = Standing.objects.filter(account__manager=people["manager"]).first()

    assert page.get(foreign.get_absolute_url()).status_code == 404
    assert page.get(own.get_absolute_url()).status_code == 200
    told = page.get(row.get_absolute_url()).content.decode()
    assert row.cost_exactly not in told
    assert page.get("/incentive-bookings/").status_code == 403
    assert signed_in(house, client, "complaints").get(own.get_absolute_url()).status_code == 403


def test_the_statement_says_the_amount_in_three_languages(people, house, client):
    accrued(people)
    row = Standing.objects.exclude(units=0).first()
    page = signed_in(house, client, "director")

    for language, word in (("zh-hans", "结算单"), ("zh-hant", "結算單"), ("en", "Statement")):
        told = page.get(f"{row.get_absolute_url()}?in={language}").content.decode()
        assert word in told
        assert row.earned in told
    csv = page.get(f"{row.get_absolute_url()}?in=en&format=csv").content.decode("utf-8-sig").splitlines()
    assert csv[0].startswith("Account,Code,Scheme")
    assert csv[-1].split(",")[-2] == str(Decimal(row.units).scaleb(-2))
    assert page.get(f"{row.get_absolute_url()}?in=zh-hans&format=pdf").content.startswith(b"%PDF")


def test_a_simulation_is_exported_without_what_a_spreadsheet_would_run(people, house, client):
    row = simulated(people["marketing"], drafted(people["marketing"], last_quarter()))
    Account.objects.filter(pk=row.outcomes.first().account_id).update(name="=1+1")

    answer = signed_in(house, client, "marketing").get(f"/incentives/versions/{row.pk}/outcomes/")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == row.outcomes.count() + 1
    assert not [line for line in lines if line.startswith("=")]


@pytest.mark.parametrize(("steps", "said"), [
    ("abc", "不是起点"), ("100 2\n100 3", "重复"), ("100", "不是起点"), ("100 101", "不是起点"), ("-5 1", "不是起点"),
    ("", "必填"), ("NaN 1", "不是起点"),
])  # fmt: skip
def test_wrong_thresholds_are_said_beside_their_field(people, house, client, steps, said):
    row = drafted(people["marketing"], last_quarter())
    page = signed_in(house, client, "marketing")

    sent = {"steps": steps, "base": "all", "version": row.version}
    answer = page.post(f"/incentives/versions/{row.pk}/rules/volume/", sent, headers=CHINESE)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert row.rules.filter(taken_out=False).count() == 1


def test_from_the_first_form_to_a_booking_by_pages(house, client):
    page, period = signed_in(house, client, "marketing"), last_quarter()
    days = {"since": period.since.isoformat(), "until": period.until.isoformat(), "every": "quarter"}
    assert page.post("/incentives/new/", {"name": "", **days}).status_code == 422
    assert page.post("/incentives/new/", {"name": "返利", **days, "accounts": "nobody"}).status_code == 422
    assert not Scheme.objects.exists()
    assert page.post("/incentives/new/", {"name": "返利", **days, "accounts": house.mine}).status_code == 302
    row = SchemeVersion.objects.get()
    said = {"steps": "1,000 1%\n50000：2", "base": "all", "version": row.version}
    assert page.post(f"/incentives/versions/{row.pk}/rules/volume/", said).status_code == 302
    assert page.post(f"/incentives/versions/{row.pk}/simulate/").status_code == 302
    row.refresh_from_db()
    assert simulate(row.pk, row.run)
    row.refresh_from_db()
    assert (
        page.post(f"/incentives/versions/{row.pk}/hand-in/", {"version": row.version - 1, "why": ""}).status_code == 422
    )
    assert page.post(f"/incentives/versions/{row.pk}/hand-in/", {"version": row.version, "why": ""}).status_code == 302
    approval = Approval.objects.get()
    page = signed_in(house, client, "director")
    assert page.post(f"/approvals/{approval.pk}/approve/", {"version": approval.version}).status_code == 302
    accruing.accrue_all(timezone.localdate())
    [way] = re.findall(r'href="([^"]+/book/[^"]+)"', page.get(f"/incentives/{row.scheme_id}/").content.decode())
    shown = page.get(unescape(way)).content.decode()
    assert not Booking.objects.exists()
    form = dict(re.findall(r'name="(since|until|expected|key)" value="([^"]*)"', shown))
    for _twice in "ab":
        assert page.post(f"/incentives/{row.scheme_id}/book/", form).url == Booking.objects.get().get_absolute_url()
    assert page.get(unescape(way), follow=True).redirect_chain == [(f"/incentives/{row.scheme_id}/", 302)]
    told = page.post(
        f"/incentives/{row.scheme_id}/book/",
        {**form, "key": "other"},
        follow=True,
        headers=CHINESE,
    )
    assert "已有人将该结算期入账" in told.content.decode()


def test_it_is_found_told_in_the_timeline_and_forgotten(people, house):
    account, row = Account.objects.get(code=house.mine), accrued(people)
    booked(people["director"], row)
    post = contacts.add(people["director"], account, {"name": "欧阳店长"}, {"title": "店长"})
    actions.record(
        people["manager"], account, {"kind": "training", "day": row.since, "evidence": "欧阳店长已签到", "amount": None}
    )

    kinds = [touch.kind for touch in timeline(people["manager"], account)]
    assert kinds.count("incentive") == 2
    assert {hit.kind for hit in hits(people["manager"], "季度返利", 9)} >= {"incentive"}
    assert [hit.kind for hit in hits(people["manager"], "已签到", 9)] == ["incentive-case"]
    erasing.erase(people["director"], post.person, post.person.version)
    assert "欧阳" not in Case.objects.get().evidence


@pytest.mark.parametrize("path", ["/incentives/", "/incentive-standings/", "/incentive-cases/", "/incentive-bookings/"])
def test_each_list_asks_as_often_however_long_it_is(people, house, client, django_assert_max_num_queries, path):
    row = accrued(people)
    booked(people["director"], row)
    for number in range(3):
        said = {"kind": "price", "day": row.since, "evidence": str(number), "amount": None}
        actions.record(people["director"], Account.objects.get(code=house.mine), said)
    page = signed_in(house, client, "director")
    page.get(path)

    with django_assert_max_num_queries(12):
        assert page.get(path).status_code == 200


def test_the_demo_house_shows_a_booked_and_a_reversed_period(people, house):  # noqa: ARG001
    examples.plant()
    examples.plant()

    assert Scheme.objects.count() == 2
    states = [each.is_reversed for each in Booking.objects.order_by("since")]
    assert states[:2] in ([True, False], [True])
    assert all(total(booking=each) == (0 if each.is_reversed else each.units) for each in Booking.objects.all())


def test_an_account_that_was_merged_takes_part_as_the_one_that_stands_for_it(people, house):
    row = accrued(people, accounts=[house.mine])
    earned = total(account__code=house.mine)
    assert earned > 0
    stays = Account.objects.exclude(code=house.mine).filter(stub=False).first()
    Account.everyone.filter(code=house.mine).update(merged_into=stays)

    assert set(taking_part(row, row.since)) == {stays.code}


def test_what_is_approved_is_accrued_at_once(people, house, django_capture_on_commit_callbacks):  # noqa: ARG001
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        approved(people, drafted(people["marketing"], last_quarter()))

    assert DBTaskResult.objects.filter(task_path=accrued_task.module_path).exists()


def test_a_manager_reads_no_code_that_he_does_not_see(people, house, client):
    row = drafted(people["marketing"], last_quarter(), accounts=[house.mine, house.foreign])

    page = signed_in(house, client, "manager").get(row.get_absolute_url(), headers=CHINESE).content.decode()

    assert questions.chosen(people["manager"], row) == ([house.mine], 1)
    assert questions.chosen(people["director"], row) == ([house.mine, house.foreign], 0)
    assert house.mine in page
    assert house.foreign not in page


def test_a_key_books_one_period_of_one_scheme(people, house):  # noqa: ARG001
    row = accrued(people)
    booked(people["director"], row)
    earlier = Period(row.since - timedelta(days=92), row.since - timedelta(days=1))

    with pytest.raises(NotPossible, match="another booking"):
        booking.book(people["director"], row.scheme_id, earlier, 0, "k")


def test_a_version_that_was_put_away_stays_so_once_a_later_one_is_approved(people, house):  # noqa: ARG001
    row = accrued(people)
    second = actions.next_version(people["marketing"], row.scheme_id)
    actions.discard(people["marketing"], second.pk)
    approved(people, actions.next_version(people["marketing"], row.scheme_id))

    with pytest.raises(NotPossible, match="later version"):
        actions.bring_back(people["marketing"], second.pk)


def test_every_entry_of_a_booking_is_shown_and_taken_out_with_people_s_names(people, house, client, monkeypatch):
    row = accrued(people)
    made = booked(people["director"], row)
    monkeypatch.setattr("vitalfew.incentives.booking_pages.FEW", 1)
    page = signed_in(house, client, "director")

    first, last = (page.get(f"{made.get_absolute_url()}?page={number}") for number in (1, 10**6))

    told = first.content.decode()
    assert str(people["director"]) in told
    assert len(first.context["page"].object_list) == 1
    assert last.context["page"].number == made.entries.count()
    assert str(people["director"]) in page.get("/incentive-bookings/").content.decode()
    lines = b"".join(page.get(f"{made.get_absolute_url()}entries/").streaming_content).decode().splitlines()
    assert len(lines) == 1 + made.entries.count()
    assert AuditEntry.objects.filter(action="export", subject__contains="incentive-booking").exists()
    assert signed_in(house, client, "manager").get(f"{made.get_absolute_url()}entries/").status_code == 403


def test_before_booking_one_reads_what_it_will_be(people, house, client):
    row = accrued(people)
    page, address = signed_in(house, client, "director"), f"/incentives/{row.scheme_id}/book/"

    told = page.get(address, {"since": row.since, "until": row.until})

    assert told.context["expected"] == owed(row)
    assert told.context["sum"] in told.content.decode()
    assert not Booking.objects.exists()
    assert page.get(address).status_code == 404
    assert page.get(address, {"since": "2001-01-01", "until": "2001-03-31"}).status_code == 302
    assert signed_in(house, client, "manager").get(address).status_code == 403
