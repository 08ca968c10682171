"""What every request passes: CSRF, sessions, cookies, headers, hosts, redirects, and texts that no database takes."""

import base64
import json
import os
import re
import subprocess
import sys

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from routes import ours
from vitalfew.accounts.models import Account
from vitalfew.people import audit
from vitalfew.people.actions import NotAPerson, add_user, set_active, set_password
from vitalfew.people.models import User
from vitalfew.people.signin import CLOSED, _the_one

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("db")]
PASSWORD = "a-long-password"


OURS = [
    path.replace("<int:pk>", "1").replace("<path:code>", "A").replace("<slug:name>", "rfm").replace("<slug:key>", "k")
    for path, _page in ours()
]
WITHOUT_SESSION = {"/healthz", "/metrics"}
BY_MAIL_PROGRAMS = {"/mail-wishes/k/rfm/"}
"""Who posts here is told from others by the key in the address: a wrong one opens nothing."""


def signed_in(house, role="administrator", **options):
    client = Client(**options)
    client.force_login(house.user(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_changed_without_the_csrf_token(house, method):
    client, before = signed_in(house, enforce_csrf_checks=True), audit.latest()
    statuses = {path: getattr(client, method)(path).status_code for path in OURS}

    assert {path for path, status in statuses.items() if status != 403} == BY_MAIL_PROGRAMS
    assert {statuses[path] for path in BY_MAIL_PROGRAMS} <= {404, 405}
    assert audit.latest() == before


def test_a_token_of_another_browser_opens_nothing(house):
    client, other = (signed_in(house, enforce_csrf_checks=True) for _ in range(2))
    other.get("/accounts/")
    client.get("/accounts/")
    given = {"name": "mine", "query": "risk=high", "csrfmiddlewaretoken": other.cookies["csrftoken"].value}

    assert client.post("/accounts-views/", given).status_code == 403
    given["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
    assert client.post("/accounts-views/", given).status_code == 302


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "path", ["/", "/accounts/", "/nowhere/", "/admin/", "/sign-in/login/", "/api/v1/accounts", "/healthz"]
)
@pytest.mark.parametrize("role", ["director", None])
def test_every_answer_carries_its_headers(house, path, role):
    answer = (signed_in(house, role) if role else Client()).get(path)
    policy = answer.headers["Content-Security-Policy"]

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in policy
    assert all(
        part in policy
        for part in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
    )


@pytest.mark.parametrize("path", ["/", "/accounts/", "/data/", "/admin/", "/accounts-export/"])
def test_what_a_signed_in_person_sees_stays_in_no_cache(house, path):
    assert "no-store" in signed_in(house).get(path).headers["Cache-Control"]


def test_cookies_are_for_this_site_and_out_of_scripts_reach(house):
    client = Client()
    client.post("/sign-in/login/", {"login": "director", "password": PASSWORD})

    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert client.cookies["csrftoken"]["samesite"] == "Lax"
    assert house.user("director").password.startswith("pbkdf2_")


def test_behind_tls_cookies_travel_encrypted_only():
    asked = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG")
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {asked!r}])"
    env = {**os.environ, "VITALFEW_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "vitalfew.site.settings"}
    told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)  # noqa: S603

    assert told.stdout.strip() == "[True, True, 31536000, False]"


def test_signing_in_gives_a_new_session(house):  # noqa: ARG001
    client = Client()
    client.get("/sign-in/login/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    client.post("/sign-in/login/", {"login": "director", "password": PASSWORD})

    assert client.get("/").status_code == 200
    assert client.cookies["sessionid"].value != planted
    assert Client(headers={"cookie": f"sessionid={planted}"}).get("/").status_code == 302


def test_a_session_ended_elsewhere_is_over_here_at_once(house):
    client = signed_in(house)
    assert client.get("/").status_code == 200
    Session.objects.all().delete()

    assert client.get("/").status_code == 302


def test_a_session_ends_with_a_new_password_and_with_its_user(house):
    director, analyst = house.user("director"), house.user("analyst")
    first, second = signed_in(house, "director"), signed_in(house, "analyst")
    set_password("test", director, "another-long-password")
    set_active("test", analyst, active=False)

    assert first.get("/").status_code == second.get("/").status_code == 302


@pytest.fixture
def counted_anew():
    """Failed attempts are counted in the cache, beyond a test's transaction."""
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("counted_anew")
def test_guessing_a_password_is_stopped(house):  # noqa: ARG001
    client = Client()
    for _ in range(10):
        client.post("/sign-in/login/", {"login": "supply", "password": "wrong"})
    client.post("/sign-in/login/", {"login": "supply", "password": PASSWORD})

    assert client.get("/").status_code == 302


def test_a_stranger_and_a_wrong_password_are_told_the_same(house):  # noqa: ARG001
    told = []
    for name in ("complaints", "nobody-of-this-name"):
        answer = Client().post("/sign-in/login/", {"login": name, "password": "wrong-wrong-wrong"})
        told.append((answer.status_code, answer.content.decode().count("alert"), name in answer.content.decode()))

    assert told[0] == told[1]


@pytest.mark.parametrize("name", ["host", "x-forwarded-host"])
def test_another_host_is_not_believed(house, name):
    answer = signed_in(house).get("/accounts/?q=x", headers={name: "evil.example"})

    assert answer.status_code == (400 if name == "host" else 200)
    assert b"evil.example" not in answer.content


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"]
)
def test_no_redirect_leads_elsewhere(house, target):
    client = Client()
    led = [client.post("/language/", {"language": "en", "next": target})]
    led.append(
        Client().post(f"/sign-in/login/?next={target}", {"login": "executive", "password": PASSWORD, "next": target})
    )
    led.append(signed_in(house).post("/accounts-views/", {"name": "x", "query": f"{target}\r\nSet-Cookie: a=b"}))

    for answer in led:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith(("//", "/\\"))
        assert "a=b" not in answer.cookies.output()


@pytest.mark.parametrize("path", [path.replace("<path:key>", "x") for path in CLOSED])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_the_house_leaves_out_of_signing_in_is_not_there(house, path, method):
    for client in (Client(), signed_in(house, "manager")):
        assert getattr(client, method)(f"/sign-in/{path}", {"email": "boss@example.com"}).status_code == 404


def test_an_address_of_two_people_lets_nobody_in(house):
    User.objects.filter(username__in=["director", "manager"]).update(email="Boss@example.com")
    User.objects.filter(username="analyst").update(email="analyst@example.com")

    assert _the_one(["boss@example.com"]) is None
    assert _the_one(["Analyst@Example.com"]) == house.user("analyst")
    assert _the_one([]) is None


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/%00/",
        "/accounts/?region=%00",
        "/accounts/?manager=%00",
        "/why/rfm/?account=%00",
        "/admin/trail/?subject=%00",
    ],
)
def test_a_request_with_a_nul_is_told_to_be_unreadable(house, path):
    answer = signed_in(house).get(path)

    assert answer.status_code == 400
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize(("path", "sent"), [
    ("/admin/users/", {"username": "a\0", "role": "manager"}), ("/admin/tokens/", {"username": "director", "name": "\0"}),
    ("/accounts-views/", {"name": "\0", "query": "q"}), ("/accounts-assign/", {"code": "\0", "manager": "\0"}),
])  # fmt: skip
def test_a_form_with_a_nul_is_told_to_be_unreadable(house, path, sent):
    before = audit.latest()

    assert signed_in(house).post(path, sent).status_code == 400
    assert audit.latest() == before


@pytest.mark.parametrize(("field", "value"), [
    ("username", "a" * 151), ("username", "<script>"), ("name", "n" * 101), ("email", "no address"), ("email", "a" * 99 + "@b"),
])  # fmt: skip
def test_a_user_that_cannot_be_is_told_so(house, field, value):
    given = {"username": "wang", "name": "王", "role": "manager", "email": "", field: value}
    before = User.objects.count()

    answer = signed_in(house).post("/admin/users/", given)
    assert answer.status_code == 422
    wrong = re.search(r'<div class="field has-error">(.*?)</div>', answer.content.decode(), re.DOTALL)
    assert f'name="{field}"' in wrong[1]
    assert 'value="wang"' in answer.content.decode() or field == "username"
    with pytest.raises(NotAPerson):
        add_user("test", password=PASSWORD, **given)
    assert User.objects.count() == before


def cursor(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize("path", [
    "accounts?" + "&".join(f"k{n}=1" for n in range(1500)), "accounts/%00", "contacts?account=%00", "search?q=%00",
    f"accounts?order=name&after={cursor(chr(0xD800), 'a')}", f"accounts?after={cursor(None, chr(0xD800))}",
])  # fmt: skip
def test_the_api_refuses_what_it_cannot_read(house, path):
    answer = Client(headers={"authorization": f"Bearer {house.tokens['director']}"}).get(f"/api/v1/{path}")

    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_api_refuses_a_form_of_thousands_of_fields(house):
    client = Client(headers={"authorization": f"Bearer {house.tokens['analyst']}"})

    assert client.post("/api/v1/imports", {f"k{n}": "1" for n in range(1500)}).status_code == 400


def test_a_length_that_is_no_number_is_none(house):
    client = Client(headers={"authorization": f"Bearer {house.tokens['director']}"})

    assert client.get("/api/v1/accounts", CONTENT_LENGTH="many").status_code == 200


@pytest.mark.parametrize(
    "body",
    ["[" * 200_000, '{"name":' * 100_000, '{"name": 1e999}', '{"name": "\\ud800"}', '{"name": "\\u0000"}', "\xff", ""],
)
def test_no_body_breaks_the_api(house, body):
    client = Client(headers={"authorization": f"Bearer {house.tokens['director']}", "if-match": '"1"'})
    answer = client.patch(f"/api/v1/accounts/{house.mine}", body, content_type="application/json")

    assert answer.status_code in {400, 422}
    assert Account.objects.get(code=house.mine).version == 1
