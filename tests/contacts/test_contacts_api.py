import pytest

from vitalfew.contacts import actions
from vitalfew.contacts.models import Post

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PATH = "/api/v1/contacts"
JSON = "application/json"


@pytest.fixture
def ask(house, client):
    def asked(method, path, body=None, role="manager", **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(path, headers=sent)
        return getattr(client, method)(path, body, content_type=JSON, headers=sent)

    return asked


def test_a_contact_is_added_read_and_changed(house, ask):
    made = ask("post", PATH, {"account": house.mine, "name": "钱进", "title": "经理", "phones": ["138"]})
    assert made.status_code == 201
    one = made.json()

    read = ask("get", f"{PATH}/{one['id']}")
    assert read.json() == one
    assert read.headers["ETag"] == made.headers["ETag"]

    new = ask("patch", f"{PATH}/{one['id']}", {"title": "总监", "called": "钱总"}, **{"if-match": read.headers["ETag"]})
    assert (new.json()["title"], new.json()["called"], new.json()["name"]) == ("总监", "钱总", "钱进")
    old = ask("patch", f"{PATH}/{one['id']}", {"title": "x"}, **{"if-match": read.headers["ETag"]})
    assert old.status_code == 412
    assert ask("patch", f"{PATH}/{one['id']}", {"title": "x"}).status_code == 428


def test_the_same_key_adds_once(house, ask):
    body = {"account": house.mine, "name": "孙好"}
    answers = [ask("post", PATH, body, **{"idempotency-key": "k1"}) for _time in range(2)]

    assert {answer.status_code for answer in answers} == {201}
    assert Post.objects.filter(person__name="孙好").count() == 1


def test_what_cannot_be_taken_is_told_by_field(house, ask):
    wrong = ask(
        "post",
        PATH,
        {"account": house.mine, "name": "", "channel": "pigeon", "since": "2025-02-01", "left_on": "2025-01-01"},
    )

    assert wrong.status_code == 422
    assert {each["field"] for each in wrong.json()["errors"]} == {"name", "channel", "left_on"}


def test_foreign_contacts_are_as_if_they_were_not_there(house, ask):
    from vitalfew.accounts.models import Account

    account = Account.objects.get(code=house.foreign)
    theirs = actions.add(house.user("director"), account, {"name": "外人"}, {})

    foreign, missing = ask("get", f"{PATH}/{theirs.pk}"), ask("get", f"{PATH}/999999999")
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content) == (404, missing.content)
    assert ask("post", PATH, {"account": house.foreign, "name": "x"}).status_code == 404
    assert ask("get", f"{PATH}?account={house.foreign}").status_code == 404
    assert "外人" not in ask("get", f"{PATH}?limit=200").content.decode()


def test_pages_of_the_list_follow_each_other(house, ask):
    from vitalfew.accounts.models import Account

    account = Account.objects.get(code=house.mine)
    for number in range(7):
        actions.add(house.user("manager"), account, {"name": f"人{number}"}, {})

    met, path = [], f"{PATH}?account={house.mine}&limit=3&order=-name"
    while path:
        answer = ask("get", path).json()
        met += [item["name"] for item in answer["items"]]
        path = answer["next"] and f"{PATH}?account={house.mine}&limit=3&order=-name&after={answer['next']}"
    assert met == sorted(met, reverse=True)
    assert len(met) == len(Post.objects.filter(account=account))


@pytest.mark.parametrize("after", ["zzz", "W10", "WzFlOTk5LDFd", "WyJcdTAwMDAiLDFd"])
def test_a_text_that_is_no_cursor_is_refused(ask, after):
    assert ask("get", f"{PATH}?after={after}").status_code == 422


def test_roles_are_asked(house, ask):
    assert ask("post", PATH, {"account": house.mine, "name": "x"}, role="analyst").status_code == 403
    assert ask("get", PATH, role="analyst").status_code == 200


def test_an_address_that_no_mail_reaches_is_told_by_field(house, ask):
    answer = ask("post", PATH, {"account": house.mine, "name": "李未", "email": "abc"})

    assert answer.status_code == 422
    assert "email" in answer.content.decode()
