import pytest

from vitalfew.accounts.models import Account
from vitalfew.language import Kept
from vitalfew.warehouse.models import Proposal

pytestmark = pytest.mark.database


def test_tasks_of_a_manager_are_about_his_accounts(house, ask):
    his = set(Account.objects.visible_to(house.user("manager")).values_list("code", flat=True))
    tasks = ask("manager").get("/api/v1/today").json()["items"]

    assert {task["account"] for task in tasks if task["account"]} <= his
    assert len({(task["account"], task["what"]) for task in tasks}) == len(tasks)
    assert all(task["why"] and task["due"] and task["effect"] is not None for task in tasks[:5])


def test_who_may_not_see_margins_gets_no_confidential_reason(ask):
    theirs = ask("complaints").get("/api/v1/today").json()["items"]
    hidden = {(row.customer, Kept(row.why).say("en")) for row in Proposal.objects.filter(guarded=True)}

    assert hidden
    assert theirs
    assert not hidden & {(task["account"], task["why"]) for task in theirs}
    assert not [task for task in theirs if task["effect"] is not None]
    assert hidden & {(task["account"], task["why"]) for task in ask("director").get("/api/v1/today").json()["items"]}


def test_search_finds_by_code_name_and_analysis(house, ask):
    name = Account.objects.get(code=house.mine).name
    hits = ask("director").get("/api/v1/search", {"q": name[:4]}).json()["items"]

    assert house.mine in {hit["code"] for hit in hits}
    assert {"kind": "analysis", "code": "pareto"}.items() <= ask("director").get("/api/v1/search?q=pareto").json()[
        "items"
    ][0].items()


def test_search_of_a_manager_finds_his_accounts_only(house, ask):
    assert ask("director").get("/api/v1/search", {"q": house.foreign}).json()["items"]
    assert ask("manager").get("/api/v1/search", {"q": house.foreign}).json()["items"] == []


@pytest.mark.parametrize("text", ["", "'", '"', "* OR 1", "%", "\\", "()", "NEAR(", "恒' OR '1'='1"])
def test_search_texts_are_never_a_query(ask, text):
    assert ask("director").get("/api/v1/search", {"q": text}).status_code == 200
