"""Access to the portal over the API: given, invited again, ended, by who may and for whom he sees."""

import pytest
from test_portal_access import given, post_at

from vitalfew.accounts.models import Account
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.models import AuditEntry
from vitalfew.portal.models import Access, Invitation

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def ask(house, client):
    def asked(method, path, body=None, role="manager", **headers):
        sent = {"authorization": f"Bearer {house.tokens[role]}", **headers}
        if method == "get":
            return client.get(f"/api/v1{path}", headers=sent)
        return client.post(f"/api/v1{path}", body, content_type="application/json", headers=sent)

    return asked


def test_access_is_given_once_invited_again_and_ended(house, ask):
    post = post_at(Account.objects.get(code=house.mine))
    new = {"account": house.mine, "post": post.pk, "parts": ["orders", "ideas"]}

    assert ask("post", "/portal-accesses", {**new, "parts": ["nothing"]}).status_code == 422
    made = [ask("post", "/portal-accesses", new, **{"idempotency-key": "k"}) for _n in "ab"]

    told, place = made[0].json(), made[0].headers["Location"].removeprefix("/api/v1")
    assert [each.status_code for each in made] == [201, 201]
    row = Access.objects.get()
    assert (told["standing"], told["parts"], told["person"]) == ("invited", ["orders", "ideas"], post.person_id)
    first = Invitation.objects.get()
    assert first.nonce not in made[0].text
    assert OutgoingMail.objects.filter(about=row.subject).count() == 1
    assert ask("post", f"{place}/invite").status_code == 200
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert ask("post", f"{place}/end").status_code == 428
    ended = ask("post", f"{place}/end", **{"if-match": ask("get", place).headers["ETag"]})
    assert (ended.status_code, ended.json()["standing"]) == (200, "ended")
    assert ask("post", f"{place}/invite").status_code == 409
    assert AuditEntry.objects.filter(subject=row.subject, action="access-invite", who="manager").exists()


def test_another_managers_customer_is_not_there(house, ask):
    foreign = Account.objects.get(code=house.foreign)
    access = given(house.user("director"), foreign)

    assert ask("get", f"/portal-accesses/{access.pk}").status_code == 404
    assert ask("post", f"/portal-accesses/{access.pk}/invite").status_code == 404
    new = {"account": foreign.code, "post": access.person.posts.get().pk, "parts": ["orders"]}
    assert ask("post", "/portal-accesses", new).status_code == 404
    assert foreign.code not in ask("get", "/portal-accesses").text
