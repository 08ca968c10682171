import json
from urllib.parse import quote

import pytest

from house import ENDS_LIKE_A_PART, ODD
from vitalfew.accounts.models import Account
from vitalfew.people.models import AuditEntry
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

pytestmark = pytest.mark.database
LIST = "/api/v1/accounts"
MONEY = {"tier", "value", "value_low", "value_high", "contribution", "margin_rate"}


def strictly(answer):
    """The document, read by a reader that takes no NaN."""

    def refuse(constant):
        raise AssertionError(constant)

    return json.loads(answer.content, parse_constant=refuse)


def walk(client, query, limit):
    """Every line of the list, page after page."""
    lines, after = [], ""
    for _page in range(100):
        answer = client.get(f"{LIST}?limit={limit}&{query}&after={after}")
        assert answer.status_code == 200
        page = strictly(answer)
        lines += page["items"]
        if page["next"] is None:
            return lines
        assert f"after={page['next']}" in answer.headers["Link"]
        after = page["next"]
    raise AssertionError("the list has no end")


@pytest.mark.parametrize(
    "order",
    ["", "-revenue_12m", "revenue_12m", "growth", "-value", "-p_alive", "recency", "name", "-name", "code", "region"],
)
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_paging_gives_every_account_exactly_once(ask, order, limit):
    lines = walk(ask("director"), f"order={order}", limit)

    assert sorted(line["code"] for line in lines) == sorted(Account.objects.values_list("code", flat=True))


def test_paging_through_long_names_comes_to_an_end(ask):
    for number in range(5):
        Account.objects.create(code=f"长{number:099d}", name="长" * 300)

    lines = walk(ask("director"), "order=name", 2)

    assert len(lines) == len({line["code"] for line in lines}) == Account.objects.count()


def test_list_is_ordered_and_empty_figures_come_last(ask):
    figures = [line["revenue_12m"] for line in walk(ask("director"), "order=-revenue_12m", 9)]
    known = [figure for figure in figures if figure is not None]

    assert known == sorted(known, reverse=True)
    assert figures == [*known, *[None] * (len(figures) - len(known))]


def test_list_of_a_manager_holds_his_accounts_only(house, ask):
    his = set(Account.objects.visible_to(house.user("manager")).values_list("code", flat=True))

    for query in ("", "order=name", "q=公司", "region=", "order=-growth"):
        codes = {line["code"] for line in walk(ask("manager"), query, 3)}
        assert codes <= his
    assert {line["code"] for line in walk(ask("manager"), "", 50)} == his
    assert house.foreign not in his


@pytest.mark.parametrize("role", ["supply", "complaints", "marketing"])
def test_columns_a_role_may_not_see_are_absent_and_order_nothing(ask, role):
    plain = ask(role).get(LIST).json()

    assert not MONEY & plain["items"][0].keys()
    for asked in ("order=-value", "order=contribution", "order=tier", "tier=bz"):
        assert ask(role).get(f"{LIST}?{asked}").json() == plain


def test_filters_leave_what_they_say(ask):
    rising = walk(ask("director"), "trend=rising", 50)
    region = walk(ask("director"), f"region={quote('华东')}", 50)
    nobody = walk(ask("director"), "manager=none", 50)

    assert {line["direction"] for line in rising} == {"rising"}
    assert {line["region"] for line in region} == {"华东"}
    assert {line["code"] for line in nobody} == set(Account.objects.filter(manager=None).values_list("code", flat=True))


@pytest.mark.parametrize("address", [
    "accounts?trend=up", "accounts?trend=rising' OR 1=1", "accounts?tier=mvc)--", "accounts?class=Z",
    "contacts?present=maybe", "activities?way=swimming",
])  # fmt: skip
def test_a_filter_by_a_word_that_there_is_not_is_refused_with_those_that_there_are(ask, address):
    answer = ask("complaints").get(f"/api/v1/{address}")
    name = address.partition("?")[2].partition("=")[0]

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, name)
    assert ", " in answer.json()["detail"]
    assert ask("complaints").get(f"/api/v1/{address.partition('=')[0]}=").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "order=id;DROP TABLE accounts_account", "order=-manager__password", "order=refresh__summaries", "unknown=1",
        "order=--revenue_12m",
    ],
)  # fmt: skip
def test_texts_that_name_nothing_are_ignored(ask, asked):
    name, _equals, value = asked.partition("=")

    assert ask("director").get(LIST, {name: value}).json() == ask("director").get(LIST).json()


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "x"}, {"after": "bnVsbA"}, {"after": "W05hTiwieCJd"}, {"after": "WzFlOTk5LCJ4Il0"}, {"limit": "0"},
        {"limit": "x"}, {"limit": "9999"},
    ],
)  # fmt: skip
def test_what_is_no_cursor_and_no_size_is_refused(ask, asked):
    answer = ask("director").get(LIST, asked)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] in {"after", "limit"}


@pytest.mark.parametrize("after", ["WyJ4IiwgIngiXQ", "W251bGwsICJ4Il0", "WzEsICJ4Il0"])
@pytest.mark.parametrize("order", ["name", "recency", "-revenue_12m"])
def test_a_cursor_of_another_order_does_no_harm(ask, after, order):
    assert ask("director").get(LIST, {"after": after, "order": order}).status_code == 200


def test_list_takes_the_same_queries_for_one_line_and_for_fifty(ask, django_assert_num_queries):
    numbers = []
    for limit in (1, 50):
        client = ask("director")
        client.get(f"{LIST}?limit=1")
        with django_assert_num_queries(4) as counted:
            assert len(client.get(f"{LIST}?limit={limit}").json()["items"]) == limit
        numbers.append(len(counted))

    assert numbers[0] == numbers[1]


def test_record_has_its_version_as_etag(house, ask):
    answer = ask("manager").get(f"{LIST}/{house.mine}")

    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
    assert answer.json()["manager"] == "manager"
    assert ask("manager", if_none_match=answer.headers["ETag"]).get(f"{LIST}/{house.mine}").status_code == 304


@pytest.mark.parametrize("code", [ODD, ENDS_LIKE_A_PART])
def test_codes_may_hold_slashes_and_look_like_paths(ask, code):
    client = ask("manager")

    assert client.get(f"{LIST}/{quote(code)}").json()["code"] == code
    assert client.get(f"{LIST}/{quote(code, safe='')}").json()["code"] == code


def test_parts_of_an_odd_code_are_its_parts(ask):
    path = f"{LIST}/{quote(ODD)}"

    assert ask("manager").get(f"{path}/timeline").json() == {"items": []}
    changed = ask("manager", if_match='"1"').patch(
        f"{LIST}/{quote(ENDS_LIKE_A_PART)}", {"name": "新"}, content_type="application/json"
    )
    assert changed.json()["code"] == ENDS_LIKE_A_PART


def paths_of(code):
    return [
        f"{LIST}/{code}", f"{LIST}/{code}/scorecard", f"{LIST}/{code}/timeline", f"/api/v1/contacts?account={code}",
        f"/api/v1/complaints?account={code}", f"/api/v1/analyses/rfm?account={code}",
    ]  # fmt: skip


def test_foreign_and_missing_accounts_are_answered_alike(house, ask):
    client = ask("manager")
    for foreign, missing in zip(paths_of(house.foreign), paths_of("NOT-THERE"), strict=True):
        first, second = client.get(foreign), client.get(missing)

        assert first.status_code == second.status_code == 404
        assert first.content == second.content
    body = {"data": {"name": "x"}, "content_type": "application/json"}
    first = ask("manager", if_match='"1"').patch(f"{LIST}/{house.foreign}", **body)
    second = ask("manager", if_match='"1"').patch(f"{LIST}/NOT-THERE", **body)
    assert first.status_code == second.status_code == 404
    assert first.content == second.content


def test_scorecard_is_the_card_of_the_list(house, ask):
    found = strictly(ask("director").get(f"{LIST}/{house.mine}/scorecard"))
    card = Scorecard.objects.get(customer=house.mine, refresh=scorecards.current())

    assert found["figures"]["revenue_12m"] == card.revenue_12m
    assert found["figures"].keys() >= MONEY
    assert len(found["history"]) == 2


def test_scorecard_as_of_an_earlier_day_is_the_one_of_that_refresh(house, ask):
    client = ask("director")
    now = client.get(f"{LIST}/{house.mine}/scorecard").json()
    latest, earlier = now["history"]
    then = client.get(f"{LIST}/{house.mine}/scorecard?as_of={earlier}").json()

    assert (now["as_of"], then["as_of"]) == (latest, earlier)
    assert then["figures"] != now["figures"]
    assert client.get(f"{LIST}/{house.mine}/scorecard?as_of=1990-01-01").status_code == 404
    assert client.get(f"{LIST}/{house.mine}/scorecard?as_of=soon").status_code == 422


def test_scorecard_hides_money_now_and_then(house, ask):
    client = ask("supply")
    now = client.get(f"{LIST}/{house.mine}/scorecard").json()
    then = client.get(f"{LIST}/{house.mine}/scorecard?as_of={now['history'][-1]}").json()

    assert not MONEY & now["figures"].keys()
    assert not MONEY & then["figures"].keys()
    assert "revenue_12m" in then["figures"]


def test_timeline_tells_orders_with_their_days(house, ask):
    items = strictly(ask("manager").get(f"{LIST}/{house.mine}/timeline"))["items"]

    assert items[0]["day"] >= items[-1]["day"]
    assert any(item["kind"] == "order" and item["about"]["ordered_on"] == item["day"] for item in items)


def change(client, code, body):
    return client.patch(f"{LIST}/{code}", body, content_type="application/json")


def test_change_saves_counts_the_version_and_is_audited(house, ask):
    answer = change(ask("director", if_match='"1"'), house.mine, {"industry": "家电", "manager": "other"})
    entry = AuditEntry.objects.latest("number")

    assert answer.status_code == 200
    assert answer.json() | {"industry": "家电", "manager": "other", "version": 2} == answer.json()
    assert answer.headers["ETag"] == '"2"'
    assert (entry.who, entry.action, entry.subject) == ("director", "account-change", f"account:{house.mine}")


def test_change_without_a_version_is_428_and_with_an_old_one_412(house, ask):
    assert change(ask("manager"), house.mine, {"region": "x"}).status_code == 428
    assert change(ask("manager", if_match="*"), house.mine, {"region": "x"}).status_code == 428
    assert change(ask("manager", if_match='"1"'), house.mine, {"region": "x"}).status_code == 200
    late = change(ask("manager", if_match='"1"'), house.mine, {"region": "y"})

    assert late.status_code == 412
    assert late.headers["ETag"] == '"2"'
    assert Account.objects.get(code=house.mine).region == "x"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"uscc": "12345"}, "uscc"), ({"manager": "nobody-of-this-name"}, "manager"), ({"name": ""}, "name"),
        ({"code": "X"}, "code"), ({"version": 9}, "version"), ({"credit_limit": 1}, "credit_limit"), ({"region": 7}, "region"),
        ({"name": "x" * 301}, "name"), ({"manager": "supply"}, "manager"),
    ],
)  # fmt: skip
def test_change_that_is_not_accepted_names_the_field(house, ask, body, field):
    answer = change(ask("director", if_match='"1"'), house.mine, body)

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert Account.objects.get(code=house.mine).version == 1


def test_a_manager_cannot_give_his_account_away(house, ask):
    answer = change(ask("manager", if_match='"1"'), house.mine, {"manager": "other"})

    assert answer.status_code == 403
    assert Account.objects.get(code=house.mine).manager.username == "manager"


def test_change_takes_json_only(house, ask):
    client = ask("manager", if_match='"1"')
    wrong = client.patch(f"{LIST}/{house.mine}", '{"region": "x"}', content_type="text/plain")
    torn = client.patch(f"{LIST}/{house.mine}", '{"region": ', content_type="application/json")

    assert (wrong.status_code, torn.status_code) == (415, 400)
    assert torn.headers["Content-Type"] == "application/problem+json"
