"""Agreements over the pages: written, approved, checked, renewed, broken; found, narrowed, taken out as files."""

import csv
import io

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from test_agreements import DAY, approved, fields, owed, today

from house import signed_in
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.agreements import actions, breaching, composing
from vitalfew.agreements.models import Agreement, Breach
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry
from vitalfew.promises.models import Promise
from vitalfew.warehouse import scorecards

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def begun(house, mine, **other):
    manager = house.user("manager")
    row = actions.write(manager, mine, fields(owner=manager, **other))
    composing.put_in(manager, row.pk, "obligation", owed())
    return row


@pytest.fixture
def in_force(house, mine):
    row = begun(house, mine, since=scorecards.current().as_of - 200 * DAY)
    rule = {"kind": "discount", "value": 10, "since": row.since, "until": row.until}
    composing.put_in(house.user("manager"), row.pk, "rule", rule)
    return approved(house.user("manager"), house.user("director"), row)


def sent(**other):
    year = today().year + 1
    return {
        "number": "HZ-9", "title": "年度合作协议", "kind": "annual", "since": f"{year}-01-01", "until": f"{year}-12-31",
        "renewal": "automatic", "notice_days": "30", "lead_days": "60", "value": "100000.10", "currency": "cny",
        "owner": "manager", **other,
    }  # fmt: skip


def test_it_is_written_composed_approved_and_renewed(house, client, mine):
    browser = signed_in(house, client, "manager")
    made = browser.post(f"/agreements/new/?account={mine.code}", sent())
    row = Agreement.objects.get()
    place = row.get_absolute_url()
    assert (made.url, row.currency, str(row.value)) == (place, "CNY", "100000.10")
    duty = {"side": "theirs", "text": "全年采购", "rhythm": "year", "measure": "sales", "target": "100000"}
    assert browser.post(f"{place}add/obligation/", duty).status_code == 302
    rule = {"kind": "discount", "value": "12.5", "since": row.since, "until": row.until}
    assert browser.post(f"{place}add/rule/", rule).status_code == 302
    again = browser.post(f"{place}add/rule/", {**rule, "value": "5"})
    assert again.status_code == 422
    assert "已有另一条价格条款" in again.content.decode()
    browser.post(f"{place}ask/", {"version": 1})
    assert Agreement.objects.get().state == "draft", "another version was read"
    version = Agreement.objects.get().version
    assert f'name="version" value="{version}"' in browser.get(place).content.decode()
    assert browser.post(f"{place}ask/", {"version": version}).status_code == 302
    approval = Agreement.objects.get().approval

    head = signed_in(house, client, "director")
    assert "阅读并审批" in head.get(place).content.decode()
    assert head.post(f"{approval.get_absolute_url()}approve/", {"version": approval.version}).status_code == 302

    browser = signed_in(house, client, "manager")
    text = browser.get(place).content.decode()
    assert Agreement.objects.get(pk=row.pk).standing.value == "coming"
    assert "全年采购" in text
    assert "年度合作协议" in browser.get(f"{mine.get_absolute_url()}?tab=agreements").content.decode()
    assert browser.post(f"{place}renew/").status_code == 302
    following = Agreement.objects.get(before=row)
    assert "12.5" in browser.get(f"{following.get_absolute_url()}compare/").content.decode()
    assert browser.get(f"{place}compare/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"until": "2000-01-01"}, "until"), ({"currency": "元"}, "currency"), ({"currency": ""}, "currency"),
        ({"notice_days": "400"}, "notice_days"), ({"value": "-1"}, "value"), ({"until": ""}, "until"),
        ({"value": "1e30"}, "value"), ({"value": "NaN"}, "value"), ({"lead_days": "99999"}, "lead_days"),
        ({"since": "0001-01-01"}, "since"), ({"title": ""}, "title"), ({"kind": "x"}, "kind"),
    ],
    ids=lambda each: str(sorted(each.items())) if isinstance(each, dict) else each,
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field(house, client, mine, wrong, field):
    answer = signed_in(house, client, "manager").post(f"/agreements/new/?account={mine.code}", sent(**wrong))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("name", "wrong", "field"),
    [
        ("obligation", {"measure": "category"}, "category"), ("obligation", {"measure": "payment"}, "days"),
        ("obligation", {"target": ""}, "target"), ("obligation", {"rhythm": "once"}, "due"),
        ("obligation", {"measure": "delivery", "target": "101"}, "target"), ("obligation", {"target": "-1"}, "target"),
        ("obligation", {"due": "1999-01-01"}, "due"), ("rule", {"value": "100"}, "value"), ("rule", {"value": "0"}, "value"),
        ("rule", {"kind": "fixed"}, "kind"), ("rule", {"from_quantity": "-1"}, "from_quantity"),
        ("rule", {"until": "1999-01-01"}, "until"), ("rule", {"since": "1999-01-01"}, "since"),
    ],
    ids=lambda each: str(sorted(each.items())) if isinstance(each, dict) else each,
)  # fmt: skip
def test_what_a_part_cannot_be_is_said(house, client, mine, name, wrong, field):
    row = begun(house, mine)
    right = {
        "obligation": {"side": "ours", "text": "x", "rhythm": "year", "measure": "sales", "target": "5"},
        "rule": {"kind": "discount", "value": "5", "since": row.since, "until": row.until},
    }[name]  # fmt: skip
    browser = signed_in(house, client, "manager")

    answer = browser.post(f"{row.get_absolute_url()}add/{name}/", {**right, **wrong})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert browser.post(f"{row.get_absolute_url()}add/{name}/", right).status_code == 302


def test_a_draft_whose_place_was_taken_is_not_fetched_back_and_that_is_said(house, client, in_force):
    browser, manager = signed_in(house, client, "manager"), house.user("manager")
    first = actions.renew(manager, in_force.pk)
    actions.put_away(manager, first.pk)
    actions.renew(manager, in_force.pk)

    answer = browser.post(f"{first.get_absolute_url()}fetch-back/")

    assert answer.status_code == 204
    assert [str(each) for each in get_messages(answer.wsgi_request)] == ["下一份协议已经起草"]
    assert Agreement.objects.get(pk=first.pk).put_away_at


def test_orders_are_told_and_taken_out_as_csv(house, client, in_force):
    browser = signed_in(house, client, "manager")

    page = browser.get(f"{in_force.get_absolute_url()}prices/")
    answer = browser.get(f"{in_force.get_absolute_url()}prices/?format=csv")

    check = page.context["check"]
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode().lstrip("\ufeff"))))
    assert len(rows) == len(check.lines)
    assert AuditEntry.objects.filter(action="export", subject="agreement-prices").count() == 1
    assert signed_in(house, client, "complaints").get(f"{in_force.get_absolute_url()}prices/?format=csv").status_code in {
        403, 404,
    }  # fmt: skip


def test_documents_belong_to_it(house, client, in_force):
    browser, place = signed_in(house, client, "manager"), in_force.get_absolute_url()
    file = SimpleUploadedFile("协议.pdf", b"%PDF-1.4 x", "application/pdf")
    assert browser.post(f"{place}attach/", {"upload": file}).status_code == 302
    assert [each.name for each in in_force.files.all()] == ["协议.pdf"]
    kept = AccountFile.objects.get()
    assert browser.post(f"{place}detach/", {"file": kept.pk}).status_code == 302
    assert not in_force.files.exists()
    assert browser.post(f"{place}attach/", {"file": kept.pk}).status_code == 302
    assert browser.post(f"{place}attach/", {}).status_code == 422
    assert browser.post(f"{place}attach/", {"upload": SimpleUploadedFile("x.exe", b"MZ")}).status_code == 422
    assert browser.post(f"{place}detach/", {"file": "x"}).status_code == 404
    assert AccountFile.objects.count() == 1


def test_a_breach_is_recorded_and_becomes_a_promise(house, client, in_force):
    browser, place = signed_in(house, client, "manager"), in_force.get_absolute_url()
    said = {"side": "ours", "broken_on": today().isoformat(), "text": "返利晚结", "evidence": "到账日期"}
    owed_by_them = in_force.obligations.get().pk
    wrong = browser.post(f"{place}breach/", {**said, "obligation": owed_by_them})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["obligation"])
    late = browser.post(f"{place}breach/", {**said, "broken_on": (today() + DAY).isoformat()})
    assert (late.status_code, list(late.context["form"].errors)) == (422, ["broken_on"])
    made = browser.post(f"{place}breach/", said)
    breach = Breach.objects.get()
    assert made.url == breach.get_absolute_url()

    promised = {
        "version": breach.version,
        "text": "次月十日前结清",
        "due": (today() + DAY).isoformat(),
        "owner": "manager",
    }
    assert browser.post(f"{breach.get_absolute_url()}promise/", {**promised, "due": "2000-01-01"}).status_code == 422
    assert browser.post(f"{breach.get_absolute_url()}promise/", promised).status_code == 302
    assert Promise.objects.get().text == "次月十日前结清"
    assert "次月十日前结清" in browser.get(breach.get_absolute_url()).content.decode()
    assert browser.post(f"{breach.get_absolute_url()}promise/", promised).status_code == 422, "it was decided already"
    assert browser.post(f"{breach.get_absolute_url()}take-back/").status_code == 302
    assert Breach.objects.get().state == "open"


def test_a_penalty_is_claimed_and_settled(house, client, in_force):
    browser = signed_in(house, client, "manager")
    said = {"side": "theirs", "broken_on": today(), "text": "未付款", "evidence": "对账单"}
    breach = breaching.record(house.user("manager"), in_force.pk, said)
    assert [hit.url for hit in hits(house.user("manager"), "未付款", 20)] == [in_force.get_absolute_url()]
    place = breach.get_absolute_url()
    for wrong in ("0", "-5", "1e20", "NaN", ""):
        assert browser.post(f"{place}penalty/", {"version": 1, "amount": wrong, "due": today()}).status_code == 422
    claimed = {"version": breach.version, "amount": "1234567.89", "due": today().isoformat()}
    assert browser.post(f"{place}penalty/", claimed).status_code == 302
    assert "¥1,234,567.89" in browser.get(place).content.decode()
    assert "amount" not in browser.get(place).context["waive"].fields, "of an open penalty the whole is waived"
    paid = {"version": breach.version + 1, "on": today().isoformat(), "settlement": "转账"}
    assert browser.post(f"{place}settle/", {**paid, "version": 1}).status_code == 422
    assert browser.post(f"{place}settle/", paid).status_code == 302
    assert Breach.objects.get().state == "settled"


def test_the_lists_narrow_find_and_export(house, client, mine, in_force):
    begun(house, mine, title="框架供货", number="KJ-7")
    browser = signed_in(house, client, "manager")

    def titles(query):
        return [row.title for row in browser.get(f"/agreements/?{query}").context["page"].records]

    assert titles("standing=draft") == ["框架供货"]
    assert titles("standing=in-force") == titles("ending=365") == ["年度合作协议"]
    assert titles("ending=30") == []
    assert len(titles("whose=mine")) == 2
    assert titles("q=KJ-7") == titles("q=kuangjia") == ["框架供货"]
    assert len(titles(f"q={mine.code}")) == 2
    assert [hit.url for hit in hits(house.user("manager"), "框架供货", 20) if "/agreements/" in hit.url]
    rows = b"".join(browser.get("/agreements/?format=csv").streaming_content).decode()
    assert "¥1,000,000.10" in rows
    assert browser.get("/agreements/?format=xlsx").content[:2] == b"PK"
    assert browser.get("/agreements/breaches/").status_code == 200
    assert in_force.title in rows


def test_the_list_costs_the_same_for_one_and_for_many(house, client, mine, in_force, django_assert_max_num_queries):
    browser = signed_in(house, client, "director")
    browser.get("/agreements/")
    for number in range(5):
        begun(house, mine, title=f"协议{number}")

    with django_assert_max_num_queries(16):
        assert "协议4" in browser.get("/agreements/").content.decode()
    for _number in range(5):
        said = {"side": "theirs", "broken_on": today(), "text": "未付款", "evidence": "对账单"}
        breaching.record(house.user("manager"), in_force.pk, said)
    with django_assert_max_num_queries(16):
        browser.get("/agreements/breaches/")


def test_what_one_does_not_see_is_not_there(house, client, in_force):
    Account.objects.filter(pk=in_force.account_id).update(manager=None)
    row = Breach.objects.create(agreement=in_force, side="ours", broken_on=today(), text="x", evidence="x")
    part = in_force.obligations.get()
    browser = signed_in(house, client, "manager")
    place = in_force.get_absolute_url()

    for path in ("", "edit/", "prices/", "paper/", "compare/", "breach/", "add/rule/"):
        assert browser.get(f"{place}{path}").status_code == 404
    for path in ("ask/", "renew/", "end/", "notice/", "put-away/", "fetch-back/", "attach/", "detach/", "reopen/"):
        assert browser.post(f"{place}{path}", {}).status_code == 404
    assert browser.get(row.get_absolute_url()).status_code == 404
    for path in ("promise/", "penalty/", "waive/", "settle/", "take-back/", "put-away/", "fetch-back/"):
        assert browser.post(f"{row.get_absolute_url()}{path}", {}).status_code == 404
    assert browser.post(f"/agreements/parts/obligation/{part.pk}/take-out/").status_code == 404
    assert browser.post("/agreements/take-over/", {"account": house.foreign, "contract": "x"}).status_code == 404


def test_notice_and_end_are_written_down_and_taken_back(house, client, in_force):
    browser, place = signed_in(house, client, "manager"), in_force.get_absolute_url()
    said = {"version": in_force.version, "on": today().isoformat(), "by": "theirs", "why": "换供应商"}
    assert browser.post(f"{place}notice/", {**said, "why": ""}).status_code == 422
    assert browser.post(f"{place}notice/", said).status_code == 302
    assert "换供应商" in browser.get(place).content.decode()
    assert browser.post(f"{place}notice-back/").status_code == 302
    row = Agreement.objects.get(pk=in_force.pk)
    ended = {"version": row.version, "on": (today() + DAY).isoformat(), "why": "到期"}
    assert browser.post(f"{place}end/", ended).status_code == 422
    assert browser.post(f"{place}end/", {**ended, "on": today().isoformat()}).status_code == 302
    assert browser.post(f"{place}reopen/").status_code == 302
    assert Agreement.objects.get(pk=in_force.pk).state == "in-force"


def test_a_stale_edit_is_shown_beside_what_is_there_now(house, client, mine):
    row = begun(house, mine)
    browser = signed_in(house, client, "manager")
    page = browser.get(f"{row.get_absolute_url()}edit/")
    assert page.status_code == 200

    assert browser.post(f"{row.get_absolute_url()}edit/", sent(version=row.version - 1)).status_code == 409
    row.refresh_from_db()
    assert browser.post(f"{row.get_absolute_url()}edit/", sent(version=row.version)).status_code == 302


def test_it_is_laid_out_on_paper(house, client, in_force):
    answer = signed_in(house, client, "manager").get(f"{in_force.get_absolute_url()}paper/")

    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_before_the_first_import_it_can_be_written(house, client, mine, monkeypatch):
    monkeypatch.setattr("vitalfew.warehouse.scorecards.current", lambda: None)
    browser = signed_in(house, client, "manager")
    browser.post(f"/agreements/new/?account={mine.code}", sent())
    place = Agreement.objects.get().get_absolute_url()
    duty = {"side": "theirs", "text": "采购", "rhythm": "year", "measure": "sales", "target": "5"}
    assert browser.post(f"{place}add/obligation/", duty).status_code == 302

    assert "尚未导入数据并完成计算" in browser.get(place).content.decode()
    for path in ("paper/", "prices/", "edit/"):
        assert browser.get(f"{place}{path}").status_code == 200


def test_its_number_is_mended_while_it_is_in_force(house, client, in_force):
    browser, place = signed_in(house, client, "manager"), in_force.get_absolute_url()
    page = browser.get(f"{place}edit/").context["form"]
    sent = {name: page[name].value() or "" for name in page.fields}

    browser.post(f"{place}edit/", {**sent, "number": "HT-2026-018", "title": "别的"})

    row = Agreement.objects.get(pk=in_force.pk)
    assert (row.number, row.title) == ("HT-2026-018", in_force.title)
    assert AuditEntry.objects.order_by("-pk").first().changes == {"fields": ["number"]}


def test_a_breach_is_closed_without_money_on_its_page(house, client, in_force):
    manager = house.user("manager")
    said = {"side": "ours", "broken_on": today(), "text": "晚到", "evidence": "签收单"}
    row = breaching.record(manager, in_force.pk, said)
    browser, place = signed_in(house, client, "manager"), row.get_absolute_url()

    assert browser.post(f"{place}close/", {"version": row.version, "on": today(), "settlement": ""}).status_code == 422
    browser.post(f"{place}close/", {"version": row.version, "on": today(), "settlement": "当面致歉"})

    assert "当面致歉" in browser.get(place).content.decode()
    browser.post(f"{place}take-back/")
    assert Breach.objects.get().state == "open"
