"""The directory: who works between us and our customers, what the facts tell of it, and what they name beyond it."""

import doctest
import io
from datetime import date

import openpyxl
import pyarrow as pa
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.contacts import erasing
from vitalfew.directory import actions, examples, figures, found, importing, kinds, measuring, questions
from vitalfew.directory.figures import Counted
from vitalfew.directory.forms import OrganisationForm
from vitalfew.directory.kinds import Basis, Direction, Kind
from vitalfew.directory.listing import ORGANISATIONS
from vitalfew.directory.models import Figures, Organisation, Served
from vitalfew.imports.actions import Job, receive
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.readers import Refused
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PLAIN = ("code", "region", "country", "uscc", "web", "phone", "email", "channel", "note")


@pytest.fixture
def director(house):
    return house.user("director")


@pytest.fixture
def manager(house):
    return house.user("manager")


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def foreign(house):
    return Account.objects.get(code=house.foreign)


def fields(name="顺达物流", kind="carrier", **said):
    flags = {each.value: each.value == kind for each in Kind}
    return {"name": name, **flags, **dict.fromkeys(PLAIN, ""), "account": None, **said}


def sent(**said):
    return {name: value or "" for name, value in fields(**said).items()}


@pytest.fixture
def carrier(director):
    return actions.add(director, fields())


def seen(user):
    return set(questions.organisations(user))


@pytest.mark.parametrize("module", [kinds, figures], ids=lambda module: module.__name__)
def test_examples_are_true(module):
    result = doctest.testmod(module)

    assert result.attempted
    assert not result.failed


def test_lateness_is_told_apart_by_the_interval_of_the_difference():
    def direction(late, late_before, due=400):
        return Counted(Basis.OWN, due=due, late=late, due_before=due, late_before=late_before).direction

    assert [direction(20, 80), direction(80, 20), direction(21, 20)] == [
        Direction.BETTER,
        Direction.WORSE,
        Direction.UNCLEAR,
    ]
    assert direction(2, 4, due=0) is None
    assert Counted(Basis.OWN, sales=5.0, sales_before=0.0).growth is None
    assert Counted(Basis.NONE).interval is None


def counted_by_hand(home, codes):
    """Lines due in twelve months, those of them late or short, and their net sales, from the rows themselves."""
    day = day_number(scorecards.current().as_of)
    source = current_sql(Store(home.facts).ledger(TABLES["order_lines"]).snapshot())
    rows = rows_of(f"SELECT * FROM ({source})", {})  # noqa: S608  (our own text)
    sales = late = due = 0
    for row in rows:
        if row["customer"] not in codes or row["ordered_on"] > day:
            continue
        sales += row["amount"] if row["ordered_on"] > day - 365 else 0
        if row["quantity"] > 0 and row["promised_on"] in range(day - 364, day + 1):
            due += 1
            in_time = row["delivered_on"] is not None and row["delivered_on"] <= row["promised_on"]
            late += not in_time or (row["quantity_delivered"] or row["quantity"]) < row["quantity"]
    return due, late, float(sales)


def test_the_figures_are_what_the_lines_say(house, director, carrier, mine, foreign):
    for account in (mine, foreign):
        actions.serve(director, carrier.pk, account, {"kind": "carrier", "since": None})

    told = Figures.objects.get(organisation=carrier).counted
    due, late, sales = counted_by_hand(house.home, {mine.code, foreign.code})
    assert (told.basis, told.accounts, told.due, told.late) == (Basis.SERVED, 2, due, late)
    assert due > late > 0
    assert told.sales == pytest.approx(sales)


LINES = """SELECT '快线' AS channel, 'A' AS customer, $day - ordered AS ordered_on, $day - promised AS promised_on,
    $day - delivered AS delivered_on, 2 AS quantity, full_of AS quantity_delivered, amount, currency FROM (VALUES
    (40, 30, 30, 2, 100, 'CNY'),    (40, 30, 29, 2, 100, 'CNY'),    (40, 30, 31, 1, 100, 'CNY'),
    (40, 30, NULL, NULL, 100, 'CNY'),  (40, -5, NULL, NULL, 100, 'CNY'),  (370, 360, NULL, NULL, 100, 'CNY'),
    (740, 725, 725, 2, 100, 'CNY'), (40, 30, NULL, NULL, 7, 'EUR'),  (40, 30, NULL, NULL, 9, NULL)
    ) AS line(ordered, promised, delivered, full_of, amount, currency)"""


@pytest.mark.parametrize(
    ("currency", "told"),
    [("CNY", (500.0, 100.0, 5, 4, 1, 0)), ("EUR", (7.0, 0.0, 1, 1, 0, 0)), ("", (9.0, 0.0, 1, 1, 0, 0))],
)
def test_lines_are_due_once_their_day_has_passed_and_counted_in_one_currency(director, monkeypatch, currency, told):
    row = actions.add(director, fields(channel="快线"))
    refresh = scorecards.current()
    refresh.currency = currency
    monkeypatch.setattr(measuring.scorecards, "current", lambda: refresh)
    monkeypatch.setattr(measuring, "current_sql", lambda _snapshot: LINES)

    found = measuring.counted([row])[row.pk]
    assert (found.sales, found.sales_before, found.due, found.late, found.due_before, found.late_before) == told


def test_a_customer_is_counted_by_its_own_purchases(house, director, mine):
    (row,) = actions.take_in(director, [mine])

    told = Figures.objects.get(organisation=row).counted
    assert (told.basis, told.due) == (Basis.OWN, counted_by_hand(house.home, {mine.code})[0])
    assert told.complaints is not None


def test_its_name_in_the_order_lines_comes_before_all_else(director, mine):
    row = actions.add(director, fields(channel="portal", account=mine))

    told = Figures.objects.get(organisation=row).counted
    assert told.basis == Basis.CHANNEL
    assert told.complaints is None
    assert told.due > 0


def test_nothing_is_told_of_suppliers_and_of_whom_no_line_is(director, mine):
    supplier = actions.add(director, fields("恒铸压缩机", "supplier"))
    actions.serve(director, supplier.pk, mine, {"kind": "supplier", "since": None})
    nobody = actions.add(director, fields("没有人", channel="没有这个渠道"))

    assert {row.counted.basis for row in Figures.objects.filter(organisation__in=[supplier, nobody])} == {Basis.NONE}


def test_a_manager_is_told_of_his_accounts_alone(house, client, manager, director, carrier, mine, foreign):
    for account in (mine, foreign):
        actions.serve(director, carrier.pk, account, {"kind": "carrier", "since": None})
    page = signed_in(house, client, "manager").get(carrier.get_absolute_url()).content.decode()

    told = measuring.counted([carrier], {mine.pk})[carrier.pk]
    assert told.due == counted_by_hand(house.home, {mine.code})[0]
    assert mine.name in page
    assert foreign.name not in page
    assert [row.account for row in questions.served(manager, carrier)] == [mine]
    assert questions.organisations(manager).get(pk=carrier.pk).serves == 1
    assert "sales" not in {column.name for column in ORGANISATIONS.columns_for(manager)}


def test_an_organisation_that_is_a_foreign_customer_is_not_there(house, client, manager, director, foreign):
    (row,) = actions.take_in(director, [foreign])
    browser = signed_in(house, client, "manager")

    assert row not in seen(manager)
    assert row in seen(director)
    assert browser.get(row.get_absolute_url()).status_code == 404
    for step in ("edit", "put-away", "fetch-back", "serve"):
        assert browser.post(f"{row.get_absolute_url()}{step}/").status_code == 404, step
    assert foreign.name not in browser.get(f"/directory/like/?name={foreign.name}").content.decode()
    assert not [hit for hit in hits(manager, foreign.name, 5) if hit.kind == "organisation"]


def test_an_account_tells_who_serves_it(house, client, director, carrier, mine):
    actions.serve(director, carrier.pk, mine, {"kind": "carrier", "since": date(2025, 1, 1)})

    page = signed_in(house, client, "complaints").get(f"/accounts/{mine.code}/?tab=supply").content.decode()
    assert carrier.name in page


def test_it_serves_an_account_once_as_the_same_and_no_more_with_undo(director, carrier, mine):
    made = actions.serve(director, carrier.pk, mine, {"kind": "carrier", "since": None})
    with pytest.raises(NotPossible):
        actions.serve(director, carrier.pk, mine, {"kind": "carrier", "since": None})

    actions.serve_no_more(director, made.pk)
    assert Figures.objects.get(organisation=carrier).counted.basis == Basis.NONE
    actions.serve_again(director, made.pk)
    assert Figures.objects.get(organisation=carrier).counted.basis == Basis.SERVED
    assert Served.objects.filter(put_away_at=None).count() == 1


def test_customers_of_such_a_kind_are_found_and_taken_in_by_one_click(house, client, director):
    before = set(found.customers(director))
    assert {each.kind for each in before} <= {"distributor", "general_agent"}
    account = next(iter(before))
    browser = signed_in(house, client, "director")

    assert account.name in browser.get("/directory-found/").content.decode()
    browser.post("/directory-found/take-in/", {"code": account.code})
    row = Organisation.objects.get()
    assert (row.name, row.code, row.account) == (account.name, account.code, account)
    assert row.kinds == [kinds.IN_FACTS[account.kind]]
    assert set(found.customers(director)) == before - {account}
    assert browser.post("/directory-found/take-in/", {"code": account.code}).status_code == 404
    actions.put_away(director, row.pk)
    assert account in set(found.customers(director))


def test_all_are_taken_in_at_once_by_who_may(house, client, director):
    number = found.customers(director).count()
    assert signed_in(house, client, "manager").post("/directory-found/take-in-all/").status_code == 403

    assert actions.take_in_all(director) == number > 1
    assert not found.customers(director).exists()
    assert Figures.objects.count() == number


def test_a_channel_that_is_no_way_of_ordering_is_found(own_facts, director, mine):
    lines = pa.table(
        {
            "order_id": ["NEW-1", "NEW-2"], "line_no": ["1", "1"], "customer": [mine.code] * 2,
            "ordered_on": [scorecards.current().as_of] * 2, "quantity": [1.0, 1.0], "amount": [10.0, 20.0],
            "channel": ["北方代理", "电话"], "currency": ["CNY", "CNY"],
        }
    )  # fmt: skip
    receive(Job("order-lines", lines, "test", given_name="more.csv"), own_facts.home)
    cache.clear()
    assert [(each.name, each.lines) for each in found.channels()] == [("北方代理", 1)]
    with pytest.raises(NotPossible):
        actions.take_in_channel(director, "电话")
    row = actions.take_in_channel(director, "北方代理")
    assert (row.channel, row.kinds) == ("北方代理", [Kind.DISTRIBUTOR])
    assert Figures.objects.get(organisation=row).sales == 10.0
    assert found.channels() == []


def file(rows, encoding="utf-8"):
    return io.BytesIO("\n".join(",".join(row) for row in rows).encode(encoding))


HEAD = ("公司名称", "类型", "编码", "区域", "网站", "统一社会信用代码")


def test_a_list_is_imported_with_its_rejects_told_and_twice_changes_nothing(director):
    rows = [
        HEAD, ("顺达物流有限公司", "承运商", "CY-1", "华北", "", ""),
        ("恒铸压缩机", "supplier 代理商", "", "", "made.example", ""),
        ("坏类型", "银行", "", "", "", ""), ("", "承运商", "", "", "", ""), ("坏代码", "承运商", "", "", "", "123"),
        ("顺达物流有限公司", "承运商", "CY-9", "", "", ""),
    ]  # fmt: skip
    taken = importing.take(director, file(rows, "gb18030"))

    assert (taken.new, taken.known) == (2, 1)
    assert sorted((line, column) for line, column, _why in taken.rejected) == [(4, "kinds"), (5, "name"), (6, "uscc")]
    row = questions.known("恒铸压缩机")
    assert row.kinds == [Kind.AGENT, Kind.SUPPLIER]
    assert row.web == "https://made.example"
    again = importing.take(director, file(rows[:3], "gb18030"))
    assert (again.new, again.known) == (0, 2)


def test_what_can_not_be_read_is_refused_and_nothing_stored(house, client, director):
    with pytest.raises(Refused):
        importing.take(director, io.BytesIO(b"a,b\n1,2\n"))
    browser = signed_in(house, client, "director")
    answer = browser.post("/directory-import/", {"file": SimpleUploadedFile("a.csv", b"\x00\x01\x02")})

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_what_is_exported_is_imported_again(house, client, carrier, language):
    client.cookies["django_language"] = language
    browser = signed_in(house, client, "director")
    browser.cookies["django_language"] = language
    book = browser.get("/directory/?format=xlsx").content
    assert carrier.name in {cell.value for row in openpyxl.load_workbook(io.BytesIO(book)).active for cell in row}
    Organisation.objects.all().delete()

    answer = browser.post("/directory-import/", {"file": SimpleUploadedFile("directory.xlsx", book)})
    assert answer.status_code == 200, answer.content.decode()
    assert [(row.name, row.kinds) for row in Organisation.objects.all()] == [(carrier.name, [Kind.CARRIER])]


def test_a_like_name_warns_while_it_is_typed(house, client, director, mine):
    actions.add(director, fields("唐山冀通顺达物流有限公司"))
    browser = signed_in(house, client, "director")

    warned = browser.get("/directory/like/?name=冀通顺达物流").content.decode()
    assert "唐山冀通顺达物流有限公司" in warned
    assert mine.name in browser.get(f"/directory/like/?name={mine.name}").content.decode()
    assert "note" not in browser.get("/directory/like/?name=完全不同的名字").content.decode()


def test_it_is_found_by_pinyin_and_stands_in_the_trail_without_names(director):
    row = actions.add(
        director,
        fields("江海联运", note="找陈可"),
        [{"name": "陈可", "title": "", "phone": "", "email": "", "person": None}],
    )

    assert [hit.url for hit in hits(director, "jianghai", 5)] == [row.get_absolute_url()]
    entry = AuditEntry.objects.filter(action="organisation-add").latest("pk")
    assert "陈可" not in str(vars(entry))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": ""}, "distributor"),
        ({"name": ""}, "name"),
        ({"uscc": "123"}, "uscc"),
        ({"web": "javascript:alert(1)"}, "web"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(director, said, wrong):
    assert set(OrganisationForm(director, sent(**said)).errors) == {wrong}


def people_form(*rows):
    total = {"people-TOTAL_FORMS": len(rows), "people-INITIAL_FORMS": 0}
    return total | {f"people-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def boxes(said):
    """A form leaves boxes out that are not ticked."""
    return {name: value for name, value in said.items() if value != ""}


def test_it_is_added_and_changed_with_its_people_on_pages(house, client, mine):
    browser = signed_in(house, client, "supply")
    made = browser.post("/directory/new/", boxes(sent()) | people_form({"name": "马骏", "phone": "0315-1"}))
    row = Organisation.objects.get()
    assert made.headers["Location"] == row.get_absolute_url()
    assert [(each.name, each.phone) for each in row.people.all()] == [("马骏", "0315-1")]

    change = boxes(sent(name="顺达", account=mine.code)) | {"version": row.version} | people_form({"name": "陈可"})
    assert browser.post(f"{row.get_absolute_url()}edit/", change).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.account, row.folded) == ("顺达", mine, "顺达")
    assert [each.name for each in row.people.all()] == ["陈可"]
    stale = browser.post(f"{row.get_absolute_url()}edit/", change)
    assert stale.status_code == 409
    assert 'value="陈可"' in stale.content.decode()
    wrong = browser.post("/directory/new/", boxes(sent()) | people_form({"phone": "1"}))
    assert wrong.status_code == 422


def test_people_alone_make_a_newer_version(director, carrier):
    who = {"name": "马骏", "title": "", "phone": "", "email": "", "person": None}
    changed = actions.change(director, carrier.pk, carrier.version, {}, [who])

    assert changed.version == carrier.version + 1
    with pytest.raises(Stale):
        actions.change(director, carrier.pk, carrier.version, {"note": "x"}, [who])


def test_changing_is_for_the_department_and_supply(house, carrier):
    with pytest.raises(Forbidden):
        actions.change(house.user("complaints"), carrier.pk, carrier.version, {"note": "x"})
    assert seen(house.user("complaints")) == {carrier}
    assert seen(house.user("portal")) == set()


def test_a_person_is_erased_from_the_directory(director, mine, own_facts):  # noqa: ARG001  (the facts are written anew)
    post = contacts.add(director, mine, {"name": "欧阳采薇", "email": "caiwei@made.example"}, {})
    plain = {"name": "欧阳采薇", "title": "", "phone": "", "email": "", "person": None}
    linked = actions.add(director, fields("甲公司", note="找欧阳采薇"), [{**plain, "person": post.person}])
    by_mail = actions.add(director, fields("乙公司"), [{**plain, "name": "采薇", "email": "caiwei@made.example"}])
    stranger = actions.add(director, fields("丙公司"), [plain])

    assert "甲公司" in str(erasing.hand_out(director, post.person))
    erasing.erase(director, post.person, post.person.version)
    assert not linked.people.exists()
    assert not by_mail.people.exists()
    assert stranger.people.exists()
    linked.refresh_from_db()
    assert "欧阳" not in linked.note
    assert not hits(director, "zhaoouyang", 5)


def test_the_list_narrows_and_orders_by_figures(house, client, director, carrier, mine):
    actions.serve(director, carrier.pk, mine, {"kind": "carrier", "since": None})
    actions.add(director, fields("恒铸压缩机", "supplier"))
    browser = signed_in(house, client, "director")

    def shown(query):
        page = browser.get(f"/directory/?{query}").content.decode()
        return {name for name in ("顺达物流", "恒铸压缩机") if name in page}

    assert shown("kind=carrier") == shown("basis=served") == {"顺达物流"}
    assert shown("basis=none") == {"恒铸压缩机"}
    assert shown("order=-late_share") == shown("order=sales") == {"顺达物流", "恒铸压缩机"}
    assert shown("q=yasuoji") == {"恒铸压缩机"}


def test_figures_are_counted_again_after_a_refresh(director, carrier, mine):
    actions.serve(director, carrier.pk, mine, {"kind": "carrier", "since": None})
    Figures.objects.all().delete()

    scorecards.refreshed.send(type(scorecards.current()), refresh=scorecards.current())
    assert Figures.objects.get().counted.basis == Basis.SERVED


def test_the_number_of_queries_does_not_grow(house, client, director):
    accounts = list(Account.objects.all()[:12])
    counted = []
    for some in (accounts[:1], accounts[1:]):
        for number, account in enumerate(some):
            row = actions.add(director, fields(f"物流{len(some)}-{number}"))
            actions.serve(director, row.pk, account, {"kind": "carrier", "since": None})
        taken = []
        for role, page in (("director", "/directory/"), ("director", "/directory-found/"), ("manager", "/directory/")):
            browser = signed_in(house, client, role)
            browser.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(page).status_code == 200
            taken.append(len(asked))
        counted.append(taken)

    assert counted[0] == counted[1]


def test_measuring_many_asks_the_facts_as_often_as_for_one(director, monkeypatch):
    rows = [actions.add(director, fields(f"物流{number}")) for number in range(6)]
    for row, account in zip(rows, Account.objects.all(), strict=False):
        actions.serve(director, row.pk, account, {"kind": "carrier", "since": None})
    asked = []
    real = measuring.rows_of
    monkeypatch.setattr(measuring, "rows_of", lambda query, given: asked.append(query) or real(query, given))

    measuring.measure([rows[0].pk])
    once = len(asked)
    measuring.measure([row.pk for row in rows])
    assert len(asked) == 2 * once


def test_the_demo_house_has_a_directory(house):  # noqa: ARG001  (inside the test's transaction)
    examples.plant()
    examples.plant()

    kept = Organisation.objects.all()
    assert kept.count() == len(examples.KNOWN) + examples.TAKEN_IN
    assert all(kept.filter(**{kind.value: True}).exists() for kind in Kind)
    assert Figures.objects.filter(basis="served").count() == 2


def test_an_account_merged_into_another_brings_its_lines(director, carrier, mine, foreign):
    actions.serve(director, carrier.pk, mine, {"kind": "carrier", "since": None})
    before = Figures.objects.get(organisation=carrier).due
    Account.objects.filter(pk=foreign.pk).update(merged_into=mine)

    measuring.measure([carrier.pk])
    assert Figures.objects.get(organisation=carrier).due > before
