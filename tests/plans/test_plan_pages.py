"""Account plans over the pages and the API, on paper and as slides."""

import io

import pytest
from django.utils import timezone
from pptx import Presentation
from test_plans import fields, goal

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.people.models import AuditEntry, User
from vitalfew.plans import actions, cards, composing, whitespace
from vitalfew.plans.models import Goal, Plan

pytestmark = [pytest.mark.database, pytest.mark.django_db]
JSON = "application/json"


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


@pytest.fixture
def draft(house, mine):
    manager = house.user("manager")
    row = actions.write(manager, mine, fields(owner=manager))
    composing.put_in(manager, row.pk, "goal", goal(text="全年销售额再上台阶"))
    return row


def today():
    return timezone.localdate()


def sent(**other):
    year = today().year
    span = {"since": f"{year}-01-01", "until": f"{year}-12-31", "review_on": f"{year}-12-31"}
    return {"title": "年度计划", "owner": "manager", **span, **other}


def test_it_is_begun_composed_agreed_to_run_and_closed(house, client, mine):
    browser = signed_in(house, client, "manager")
    made = browser.post(f"/plans/new/?account={mine.code}", sent())
    row = Plan.objects.get()
    place = row.get_absolute_url()
    assert made.url == place
    said = {"text": "增长", "measure": "sales", "target": "1000000"}
    assert browser.post(f"{place}add/goal/", said).status_code == 302
    step = {"text": "约见总经理", "owner": "manager", "due": today().isoformat()}
    assert browser.post(f"{place}add/step/", step).status_code == 302
    wrong = browser.post(f"{place}add/step/", {**step, "due": "1999-01-01"})
    assert wrong.status_code == 422
    assert "计划期" in wrong.content.decode()
    assert browser.post(f"{place}ask/").status_code == 302

    head = signed_in(house, client, "director")
    assert "约见总经理" in head.get(place).content.decode()
    row.refresh_from_db()
    head.post(f"{place}agree/", {"version": row.version - 1})
    assert Plan.objects.get().state == "asked", "he read another version"
    assert f'name="version" value="{row.version}"' in head.get(place).content.decode()
    assert head.post(f"{place}agree/", {"version": row.version}).status_code == 302

    browser = signed_in(house, client, "manager")
    assert browser.post(f"{place}begin/").status_code == 302
    assert browser.post(f"/plans/steps/{row.steps.get().pk}/done/", {"result": "已谈"}).status_code == 302
    assert "已谈" in browser.get(place).content.decode()
    assert "增长" in browser.get(f"{mine.get_absolute_url()}?tab=plans").content.decode()
    card = cards.present(house.user("manager"), mine)
    assert [each.goal.text for each in card["goals"]] == ["增长"]
    row.refresh_from_db()
    closed = {"version": row.version, "rating": "reached", "lessons": "先定门店"}
    assert browser.post(f"{place}close/", {**closed, "lessons": ""}).status_code == 422
    assert browser.post(f"{place}close/", closed).status_code == 302
    assert "先定门店" in browser.get(place).content.decode()
    assert browser.post(f"{place}go-on/").status_code == 302
    assert Plan.objects.count() == 2


def test_against_the_proposed_sales_model_a_reason_is_asked_for(house, client):
    browser, manager = signed_in(house, client, "manager"), house.user("manager")
    rows = [(each, whitespace.proposal(manager, each).model) for each in Account.objects.filter(manager=manager)]
    account, model = next((each, model) for each, model in rows if model)
    other = "club" if model != "club" else "customised"
    url = f"/plans/new/?account={account.code}"

    assert browser.post(url, sent(sales_model=other)).status_code == 422
    assert browser.post(url, sent(sales_model=other, sales_model_why="客户要求")).status_code == 302


@pytest.mark.parametrize(
    "span", [("0001-01-01", "2026-12-31"), ("2026-01-01", "9999-12-31"), ("2026-02-01", "2026-01-01")], ids=str
)
def test_spans_that_no_plan_has_are_refused_beside_the_field(house, client, mine, span):
    browser = signed_in(house, client, "manager")
    said = sent(since=span[0], until=span[1])

    answer = browser.post(f"/plans/new/?account={mine.code}", said)

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not Plan.objects.exists()


def test_white_space_becomes_a_target_by_a_click(house, client, mine, draft):
    browser = signed_in(house, client, "manager")
    gap = whitespace.gaps(house.user("manager"), mine)[0]
    place = draft.get_absolute_url()
    assert gap.category in browser.get(place).content.decode()
    form = browser.get(f"{place}add/target/", {"category": gap.category, "amount": gap.asked})
    assert gap.asked in form.content.decode()

    assert browser.post(f"{place}add/target/", {"category": gap.category, "amount": gap.asked}).status_code == 302

    assert draft.targets.get().category == gap.category
    nothing = browser.post(f"{place}add/target/", {"category": "没有这类", "amount": "-1"})
    assert nothing.status_code == 422


def test_a_part_is_corrected_taken_out_and_brought_back(house, client, draft):
    browser = signed_in(house, client, "manager")
    part = Goal.objects.get(plan=draft)
    url = f"/plans/parts/goal/{part.pk}/"
    said = {"text": "改", "measure": "sales", "target": "5", "version": part.version}
    assert browser.post(url, said).status_code == 302
    stale = browser.post(url, said)
    assert stale.status_code == 409
    assert "改" in stale.content.decode()

    assert browser.post(f"{url}take-out/").status_code == 302
    assert not draft.goals.filter(put_away_at=None).exists()
    assert browser.post(f"{url}bring-back/").status_code == 302
    assert draft.goals.filter(put_away_at=None).exists()


def test_foreign_plans_are_not_there(client, draft):
    part = Goal.objects.get(plan=draft)
    client.force_login(User.objects.get(username="other"), backend="django.contrib.auth.backends.ModelBackend")
    place = draft.get_absolute_url()

    for path in ("", "edit/", "versions/", "paper/", "slides/", "add/goal/"):
        assert client.get(f"{place}{path}").status_code == 404, path
    for path in ("ask/", "begin/", "revise/", "review/", "close/", "reopen/", "go-on/", "put-away/", "fetch-back/"):
        assert client.post(f"{place}{path}").status_code == 404, path
    for path in ("", "take-out/", "bring-back/"):
        assert client.post(f"/plans/parts/goal/{part.pk}/{path}").status_code == 404, path
    assert client.post(f"/plans/goals/{part.pk}/note/").status_code == 404
    assert draft.title not in client.get("/plans/").content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_taken_along_as_slides(house, client, draft, language):
    browser = signed_in(house, client, "manager")
    browser.cookies["language"] = language
    answer = browser.get(f"{draft.get_absolute_url()}slides/")

    book = Presentation(io.BytesIO(answer.content))
    said = [shape.text_frame.text for slide in book.slides for shape in slide.shapes if shape.has_text_frame]
    cells = [
        cell.text for slide in book.slides for shape in slide.shapes if shape.has_table for row in shape.table.rows
        for cell in row.cells
    ]  # fmt: skip

    assert draft.account.name in said
    assert "全年销售额再上台阶" in cells
    assert AuditEntry.objects.filter(action="export", subject="plan", changes__format="pptx").exists()


def test_marks_that_no_slide_takes_do_not_stop_it(house, client, draft):
    manager = house.user("manager")
    draft.refresh_from_db()
    actions.change(manager, draft.pk, draft.version, {"threats": "a\x01b\x0bc <b>&", "sales_model_why": "x" * 400})

    answer = signed_in(house, client, "manager").get(f"{draft.get_absolute_url()}slides/")

    assert len(Presentation(io.BytesIO(answer.content)).slides) > 3


def test_it_is_printed(house, client, draft):
    answer = signed_in(house, client, "manager").get(f"{draft.get_absolute_url()}paper/")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.fixture
def ask(house, client):
    def asked(method, path, body=None, role="manager", **headers):
        token = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(f"/api/v1{path}", headers=token)
        return getattr(client, method)(f"/api/v1{path}", body, content_type=JSON, headers=token)

    return asked


def test_over_the_api_it_goes_the_same_way(house, ask):
    year = today().year
    new = {"account": house.mine, "title": "计划", "since": f"{year}-01-01", "until": f"{year}-12-31"}
    made = [ask("post", "/plans", new, **{"idempotency-key": "k"}) for _n in "ab"]
    assert [each.status_code for each in made] == [201, 201]
    assert Plan.objects.count() == 1
    place = f"/plans/{made[0].json()['id']}"
    assert ask("post", f"{place}/ask").status_code == 409
    assert ask("post", f"{place}/goals", {"text": "销售", "measure": "sales", "target": 5}).status_code == 200
    refused = ask("post", f"{place}/goals", {"text": "品类", "measure": "category", "target": 5})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "category")
    step = {"text": "拜访", "owner": "manager", "due": f"{year}-12-01"}
    told = ask("post", f"{place}/steps", step)
    assert told.json()["steps"][0]["owner"] == "manager"
    changed = ask("patch", place, {"threats": "降价"}, **{"if-match": told.headers["ETag"]})
    assert changed.json()["threats"] == "降价"
    assert ask("patch", place, {"threats": "x"}, **{"if-match": told.headers["ETag"]}).status_code == 412
    number = told.json()["goals"][0]["id"]
    match = {"if-match": changed.headers["ETag"]}
    corrected = ask("patch", f"{place}/goals/{number}", {"target": 7}, **match)
    assert (corrected.json()["goals"][0]["target"], corrected.json()["goals"][0]["text"]) == (7, "销售")
    assert ask("patch", f"{place}/goals/{number}", {"target": 8}, **match).status_code == 412
    asked = ask("post", f"{place}/ask")
    assert asked.json()["state"] == "asked"
    assert ask("post", f"{place}/agree", **match).status_code == 403
    assert ask("post", f"{place}/agree", role="executive", **match).status_code == 412
    agreed = ask("post", f"{place}/agree", role="executive", **{"if-match": asked.headers["ETag"]}).json()
    assert (agreed["state"], agreed["versions"][0]["agreed_by"]) == ("agreed", "executive")
    done = ask("post", f"{place}/steps/{told.json()['steps'][0]['id']}/done", {"result": "好"}).json()
    assert done["steps"][0]["done_on"] == today().isoformat()
    closed = ask("post", f"{place}/close", {"rating": "reached", "lessons": "好"}).json()
    assert closed["state"] == "closed"
    assert ask("get", "/plans", role="portal").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(house, client, mine, draft, django_assert_max_num_queries):
    browser = signed_in(house, client, "director")
    browser.get("/plans/")
    for number in range(5):
        actions.write(house.user("manager"), mine, fields(title=f"计划{number}"))

    with django_assert_max_num_queries(16):
        text = browser.get("/plans/").content.decode()

    assert "计划4" in text
    assert draft.title in text


def test_a_plan_costs_the_same_however_many_goals_it_has(house, client, draft, django_assert_max_num_queries):
    browser = signed_in(house, client, "manager")
    browser.get(draft.get_absolute_url())
    for number in range(8):
        composing.put_in(house.user("manager"), draft.pk, "goal", goal(text=f"目标{number}"))

    with django_assert_max_num_queries(40):
        text = browser.get(draft.get_absolute_url()).content.decode()

    assert "目标7" in text


def test_before_the_first_import_a_plan_can_be_written(house, client, mine, monkeypatch):
    monkeypatch.setattr("vitalfew.warehouse.scorecards.current", lambda: None)
    browser = signed_in(house, client, "manager")
    browser.post(f"/plans/new/?account={mine.code}", sent())
    place = Plan.objects.get().get_absolute_url()
    for measure in ("sales", "visits"):
        said = {"text": measure, "measure": measure, "target": "5"}
        assert browser.post(f"{place}add/goal/", said).status_code == 302

    text = browser.get(place).content.decode()

    assert "尚未导入数据并完成计算" in text
    for path in ("paper/", "slides/", "versions/", "edit/"):
        assert browser.get(f"{place}{path}").status_code == 200
