"""The company's identity provider says who somebody is: a small one on this machine, asked as a real one is."""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from vitalfew.people.single_sign_on import providers

pytestmark = [pytest.mark.database, pytest.mark.django_db]
SAID = {"sub": "4711", "name": "李明", "email": "li@house.example", "email_verified": True}


class Provider(BaseHTTPRequestHandler):
    """Its description, and who holds the code that it gave."""

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def do_GET(self):
        here = f"http://{self.headers['Host']}"
        description = {
            "issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/me", "jwks_uri": f"{here}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip
        self.answer(self.server.said if self.path == "/me" else description)

    def do_POST(self):
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(asked)
        now = int(time.time())
        claims = {
            "iss": f"http://{self.headers['Host']}",
            "aud": "vitalfew",
            "iat": now,
            "exp": now + 60,
            **self.server.said,
        }
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        self.answer({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def answer(self, document):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, *_said):
        pass


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.said, server.asked = dict(SAID), []
    Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "company", "name": "SSO", "client_id": "vitalfew", "secret": "s",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def known(house):
    user = house.user("manager")
    user.email = "Li@House.example"
    user.save()
    return user


def came_back(client, **changed):
    """As the browser does it: to the provider, and back with what it gave."""
    sent = client.post("/sign-in/oidc/company/login/")
    asked = parse_qs(urlsplit(sent.url).query)
    back = {"code": "c", "state": asked["state"][0], **changed}
    return client.get("/sign-in/oidc/company/login/callback/", back)


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_who_is_known_by_a_verified_address_is_let_in(client, provider, known):
    answer = came_back(client)

    assert (answer.status_code, signed_in_as(client)) == (302, str(known.pk))
    assert provider.asked[0]["client_secret"] == ["s"]
    assert client.get("/accounts/").status_code == 200


def test_the_same_person_comes_again_whatever_the_address_is_by_then(client, provider, known):
    came_back(client)
    client.logout()
    provider.said = {**SAID, "email": "li.ming@elsewhere.example"}

    came_back(client)

    assert signed_in_as(client) == str(known.pk)


@pytest.mark.parametrize(
    "said", [{"email_verified": False}, {"email": "nobody@house.example"}, {"email": ""}, {"email_verified": "false"}]
)
@pytest.mark.usefixtures("known")
def test_nobody_else_is_and_nobody_is_made(client, provider, django_user_model, said):
    before = django_user_model.objects.count()
    provider.said = {**SAID, **said}

    answer = came_back(client)

    assert (answer.status_code, signed_in_as(client)) == (403, None)
    assert django_user_model.objects.count() == before


def test_an_address_of_two_people_lets_neither_in(house, client, provider, known):  # noqa: ARG001
    other = house.user("director")
    other.email = known.email
    other.save()

    assert came_back(client).status_code == 403
    assert signed_in_as(client) is None


def test_who_was_switched_off_stays_outside(client, provider, known):  # noqa: ARG001
    came_back(client)
    client.logout()
    known.is_active = False
    known.save()

    came_back(client)

    assert signed_in_as(client) is None


@pytest.mark.parametrize("word", ["true", "True"])
def test_verified_may_be_said_as_a_word(client, provider, known, word):
    provider.said = {**SAID, "email_verified": word}

    came_back(client)

    assert signed_in_as(client) == str(known.pk)


@pytest.mark.usefixtures("known")
def test_an_answer_to_a_question_nobody_asked_is_refused(client, provider):  # noqa: ARG001
    answer = came_back(client, state="guessed")

    assert (answer.status_code < 500, signed_in_as(client)) == (True, None)


@pytest.mark.usefixtures("known")
def test_a_provider_that_is_away_is_told_in_a_sentence(client, provider):
    provider.shutdown()
    provider.server_close()

    answer = client.post("/sign-in/oidc/company/login/")

    assert answer.status_code == 503
    assert "用户名和密码" in answer.content.decode()


@pytest.mark.parametrize("issuer", [{}, {"VITALFEW_OIDC_ISSUER": "id.example.com"}], ids=["none", "no-address"])
def test_a_client_without_its_provider_is_told_at_start(issuer):
    with pytest.raises(ValueError, match="VITALFEW_OIDC_ISSUER must be the address"):
        providers({"VITALFEW_OIDC_CLIENT_ID": "kam", **issuer})


def test_without_a_client_people_sign_in_here_alone():
    assert providers({"VITALFEW_OIDC_ISSUER": "https://id.example.com"}) == {}
