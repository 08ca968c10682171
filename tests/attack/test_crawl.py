"""Every address that one role's pages lead to, asked for by all other roles and by nobody."""

import html
import re
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from vitalfew.accounts.models import Account
from vitalfew.people import audit
from vitalfew.people.permissions import Right, may
from vitalfew.people.roles import Role
from vitalfew.portal.rights import PortalRight

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("db")]
LINKS = re.compile(r'(?:href|src|hx-get|action|formaction|data-url|data-src)="([^"]+)"')
FORMS = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)"|formaction="([^"]+)"')
ONE_OF = re.compile(r"(?<=[=/])[^/=&?]+(?=/|$|&)")
MOST = 400
EVERY = pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.nightly(long=True))])
"""Each other role asks for every third address, each for others; all of them ask for all at night."""


def signed_in(house, role):
    client = Client()
    client.force_login(house.user(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def crawl(client, codes):
    """Addresses that pages lead to; of accounts, those of these codes alone; of queries, one of each shape."""
    found, shapes, waiting = {}, set(), ["/"]
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        path = address.partition("?")[0]
        if not wanted(path, codes) or shape(address) in shapes:
            continue
        shapes.add(shape(address))
        answer = client.get(address)
        found[address] = answer.status_code
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            text = answer.content.decode()
            waiting += [urldefrag(urljoin(address, html.unescape(link)))[0] for link in LINKS.findall(text)]
    return found


def wanted(path, codes):
    if not path.startswith("/") or path.startswith(("/static/", "/sign-in/", "/api/")):
        return False
    parts = path.strip("/").split("/")
    return parts[0] != "accounts" or len(parts) == 1 or parts[1] in codes


def shape(address):
    """An address without what its query is about, save tabs and forms of file."""
    path, _mark, query = address.partition("?")
    asked = [pair for pair in query.split("&") if pair.startswith(("tab=", "format="))]
    names = sorted(pair.partition("=")[0] for pair in query.split("&"))
    analysis = re.sub(r"/(insight|why)/[^/]+/", r"/\1/one/", path)
    return analysis, tuple(asked), tuple(names)


@EVERY
@pytest.mark.parametrize("crawler", [Role.MANAGER, *(pytest.param(role, marks=pytest.mark.nightly) for role in Role)])
def test_every_address_a_role_is_led_to_is_answered_to_others_as_the_table_says(house, crawler, every):
    if not may(crawler, Right.TODAY):
        pytest.skip("this role has no page")
    before = audit.latest()
    found = crawl(signed_in(house, crawler), {house.mine, house.foreign})
    changed = set(audit.AuditEntry.objects.filter(number__gt=before).values_list("action", flat=True))
    own = {role: set(Account.objects.visible_to(house.user(role)).values_list("code", flat=True)) for role in Role}
    browsers, wrong = {role: signed_in(house, role) for role in Role}, {}
    for place, address in enumerate(found):
        for role in list(Role)[place % every :: every]:
            status, good = browsers[role].get(address).status_code, expected(address, role, own[role])
            if status not in good:
                wrong[address, role.value] = status
        status = Client().get(address).status_code
        if status not in ({200, 302, 401, 405} if right_of(address) is Right.OPEN else {302}):
            wrong[address, "nobody"] = status

    assert wrong == {}
    assert changed <= {"export"}
    assert len(found) >= 20 or crawler not in {Role.DIRECTOR, Role.ADMINISTRATOR}
    assert not [address for address, status in found.items() if status >= 500]


def right_of(address):
    try:
        return getattr(resolve(address.partition("?")[0]).func, "right", None)
    except Resolver404:
        return Right.OPEN


def expected(address, role, own):
    right = right_of(address)
    if not may(role, right) or ("format=" in address and not may(role, Right.EXPORT)):
        return {302, 404} if role is Role.PORTAL else {404} if right is PortalRight.VISIT else {403}
    code = re.search(r"^/accounts/(.+?)/(?:\?|$)|[?&]account=([^&]+)", address)
    named = code and (code[1] or code[2])
    if named and named not in own:
        return {404}
    return {200, 204, 302, 404, 405}
