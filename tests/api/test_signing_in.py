from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from vitalfew.people.actions import revoke_token, set_active, set_role
from vitalfew.people.models import ApiToken

pytestmark = pytest.mark.database
PATH = "/api/v1/accounts"


def test_revoked_and_unknown_tokens_are_refused(ask):
    assert ask("director").get(PATH).status_code == 200
    revoke_token("test", ApiToken.objects.get(user__username="director"))

    assert ask("director").get(PATH).status_code == 401
    for header in ("Bearer x", "Bearer ", "Bearer " + "vf_" * 1000, "Basic YTpi", "x"):
        assert Client(headers={"authorization": header}).get(PATH).status_code == 401


def test_token_of_an_inactive_user_is_refused(house, ask):
    set_active("test", house.user("director"), active=False)

    assert ask("director").get(PATH).status_code == 401


def test_token_follows_the_role_of_its_user(house, ask):
    set_role("test", house.user("director"), "portal")

    assert ask("director").get(PATH).status_code == 404


def test_bad_token_is_not_saved_by_a_session(house, client):
    client.force_login(house.user("director"))

    assert client.get(PATH).status_code == 200
    assert client.get(PATH, headers={"authorization": "Bearer vf_wrong"}).status_code == 401


def test_use_of_a_token_is_noted_once_a_minute(ask):
    token = ApiToken.objects.get(user__username="director")
    ask("director").get(PATH)
    first = ApiToken.objects.get(pk=token.pk).used_at
    ask("director").get(PATH)

    assert first is not None
    assert ApiToken.objects.get(pk=token.pk).used_at == first
    ApiToken.objects.filter(pk=token.pk).update(used_at=timezone.now() - timedelta(seconds=61))
    ask("director").get(PATH)
    assert ApiToken.objects.get(pk=token.pk).used_at > first


def test_session_reads_and_changes_with_its_csrf_token_only(house, db):  # noqa: ARG001  (inside the test's transaction)
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.user("manager"))
    client.get("/")
    path, body = f"{PATH}/{house.mine}", {"data": {"region": "x"}, "content_type": "application/json"}

    assert client.get(path).status_code == 200
    without = client.patch(path, **body, headers={"if-match": '"1"'})
    token = client.cookies["csrftoken"].value
    with_it = client.patch(path, **body, headers={"if-match": '"1"', "x-csrftoken": token})
    assert (without.status_code, with_it.status_code) == (403, 200)


def test_token_needs_no_csrf(house, db):  # noqa: ARG001  (inside the test's transaction)
    client = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {house.tokens['manager']}"})
    answer = client.patch(
        f"{PATH}/{house.mine}", {"region": "x"}, content_type="application/json", headers={"if-match": '"1"'}
    )

    assert answer.status_code == 200
