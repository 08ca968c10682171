"""The web pages: every route × every role, as the permission table says; foreign records as if they did not exist."""

import csv
import re

import pytest
from django.test import Client

from routes import ours
from vitalfew.accounts.models import Account, AccountFile, TeamMember
from vitalfew.accounts.tabs import TABS
from vitalfew.people.permissions import Right, may, table
from vitalfew.people.roles import Role
from vitalfew.portal.rights import PortalRight

pytestmark = pytest.mark.database
NOWHERE = 10**9
SECRET = {
    "/visits/feed/<slug:key>.ics", "/join/<slug:key>/", "/join/<slug:key>/test/", "/join/<slug:key>/certificate/",
    "/certified/<slug:key>/", "/survey/<slug:key>/", "/portal/welcome/<slug:key>/", "/mail-wishes/<slug:key>/",
    "/mail-wishes/<slug:key>/<slug:name>/", "/voice/<slug:key>/", "/voice/<slug:key>/8d.pdf",
}  # fmt: skip
"""Their addresses are their secrets."""


IDS = [path for path, _page in ours()]


@pytest.mark.parametrize(("path", "page"), ours(), ids=IDS)
def test_every_route_declares_a_right(path, page):
    assert getattr(page, "right", None) in table(), path


def test_open_pages_are_few():
    open_pages = {path for path, page in ours() if page.right is Right.OPEN}

    assert open_pages == {"/language/", "/healthz", "/metrics", "/voice/", *SECRET}


def address(path, house):
    """The path with what stands for its parts: records the key account manager may see, numbers that are not there."""
    parts = {"<path:code>": house.mine, "<int:pk>": str(NOWHERE), "<slug:name>": "rfm", "<slug:key>": "0" * 32}
    for part, value in parts.items():
        path = path.replace(part, value)
    return f"{path}?account={house.mine}" if path.startswith("/why/") else path


@pytest.fixture
def signed_in(house, db):  # noqa: ARG001  (inside the test's transaction)
    """A browser in which a role's user is signed in."""

    def made(role):
        client = Client(raise_request_exception=True)
        client.force_login(house.user(role))
        return client

    return made


def refusal(role, path, right):
    """Between us and customers' people nothing of the other side is there; among us one is told that one may not."""
    if role is Role.PORTAL:
        return 302 if path == "/" else 404
    return 404 if right is PortalRight.VISIT else 403


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_answered_as_the_table_says(house, signed_in, role, method):
    client, wrong = signed_in(role), {}
    for path, page in ours():
        status = getattr(client, method)(address(path, house)).status_code
        fine = (
            status in {200, 204, 302, 404, 405} if may(role, page.right) else status == refusal(role, path, page.right)
        )
        if not fine:
            wrong[path] = status

    assert wrong == {}


def test_strangers_are_sent_to_the_sign_in_page(house, client, db):  # noqa: ARG001  (inside the test's transaction)
    for path, page in ours():
        for answer in (client.get(address(path, house)), client.post(address(path, house))):
            if page.right is Right.OPEN:
                assert answer.status_code in ({404, 405} if path in SECRET else {200, 302, 405}), path
            else:
                assert answer.status_code == 302, path
                assert answer.headers["Location"].startswith("/sign-in/"), path


def test_a_route_without_a_right_answers_nobody(house, signed_in, settings):  # noqa: ARG001
    from types import SimpleNamespace

    from django.core.exceptions import PermissionDenied

    from vitalfew.people.gate import GateMiddleware

    gate = GateMiddleware(lambda _request: None)
    request = SimpleNamespace(path="/new/", user=house.user("administrator"), get_full_path=lambda: "/new/")
    with pytest.raises(PermissionDenied):
        gate.process_view(request, lambda _request: None, (), {})


def plain(answer, *names):
    """The body without what differs with every request or repeats the address."""
    text = answer.content.decode()
    text = re.sub(r'(data-csrf|nonce|value)="[^"]*"', "", text)
    for name in names:
        text = text.replace(name, "…")
    return text


def alike(client, foreign, missing, method="get"):
    first, second = getattr(client, method)(foreign), getattr(client, method)(missing)
    assert first.status_code == second.status_code == 404, foreign
    assert plain(first, foreign) == plain(second, missing), foreign


def test_foreign_accounts_are_as_if_they_were_not_there(house, signed_in):
    client = signed_in("manager")
    for tab in TABS:
        alike(client, f"/accounts/{house.foreign}/?tab={tab.name}", f"/accounts/NOT-THERE/?tab={tab.name}")
    for name in ("rfm", "contribution", "trend"):
        alike(client, f"/why/{name}/?account={house.foreign}", f"/why/{name}/?account=NOT-THERE")


def test_records_of_foreign_accounts_are_as_if_they_were_not_there(house, signed_in):
    account = Account.objects.get(code=house.foreign)
    file = AccountFile.objects.create(account=account, name="x.pdf", place="x", size=1)
    member = TeamMember.objects.create(account=account, user=house.user("supply"), role="sales")
    client = signed_in("manager")

    alike(client, f"/accounts-edit/{account.pk}/", f"/accounts-edit/{NOWHERE}/")
    alike(client, f"/accounts-files/{file.pk}/", f"/accounts-files/{NOWHERE}/")
    for path, pk in (
        ("accounts-edit/{}/", account.pk), ("accounts-team/{}/add/", account.pk), ("accounts-team/{}/remove/", member.pk),
        ("accounts-files/{}/add/", account.pk), ("accounts-files/{}/remove/", file.pk),
    ):  # fmt: skip
        alike(client, f"/{path.format(pk)}", f"/{path.format(NOWHERE)}", "post")
    assert AccountFile.objects.filter(pk=file.pk).exists()
    assert TeamMember.objects.filter(pk=member.pk).exists()


def codes_in(answer):
    rows = list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    return {cell for row in rows for cell in row.values()}


def test_pages_of_a_manager_hold_his_accounts_only(house, signed_in):
    client = signed_in("manager")
    others = set(
        Account.objects.exclude(pk__in=Account.objects.visible_to(house.user("manager"))).values_list("code", flat=True)
    )
    pages = ["/", "/accounts/", "/accounts/?order=name", f"/accounts/?q={house.foreign}", f"/search/?q={house.foreign}"]

    assert not others & codes_in(client.get("/accounts-export/"))
    for page in pages:
        text = client.get(page).content.decode()
        assert not [code for code in others if f"/accounts/{code}/" in text], page


def test_export_leaves_out_what_a_role_may_not_see(signed_in):
    def headings(role):
        answer = signed_in(role).get("/accounts-export/", headers={"accept-language": "en"})
        return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[0].count(",")

    assert headings("marketing") == headings("director") - 4


def test_assigning_reaches_nobody_elses_accounts(house, signed_in):
    signed_in("manager").post("/accounts-assign/", {"code": [house.foreign], "manager": "manager"})

    assert Account.objects.get(code=house.foreign).manager.username == "other"


def test_saved_views_are_their_owners(house, signed_in):
    from vitalfew.accounts.models import SavedView

    view = SavedView.objects.create(user=house.user("director"), name="mine", query="")
    signed_in("manager").post(f"/accounts-views/{view.pk}/drop/")

    assert SavedView.objects.filter(pk=view.pk).exists()
