"""Coming in, leaving, guessing and other keys are told to the audit trail."""

import pytest
from django.urls import reverse

from vitalfew.people.actions import add_user
from vitalfew.people.models import AuditEntry

pytestmark = [pytest.mark.database, pytest.mark.django_db]
PASSWORD = "sehr-langes-wort-71"


@pytest.fixture
def someone():
    return add_user("test", username="wang", name="王芳", role="manager", password=PASSWORD)


def told(action):
    return list(AuditEntry.objects.filter(action=action).values_list("who", "subject"))


def test_coming_in_and_leaving_are_told(client, someone):  # noqa: ARG001  (who comes in)
    client.post(reverse("account_login"), {"login": "wang", "password": PASSWORD})
    client.post(reverse("account_logout"))

    assert told("sign-in") == told("sign-out") == [("wang", "user:wang")]


def test_guessing_is_told_once_and_strange_names_never(client, someone):  # noqa: ARG001  (whose name it is)
    for name in ("wang", "nobody"):
        for _guess in range(12):
            client.post(reverse("account_login"), {"login": name, "password": "falsch"})

    assert told("sign-in-failed") == [("system", "user:wang")]
    assert told("sign-in") == []


def test_another_password_is_told_and_never_what_it_is(client, someone):
    client.force_login(someone, backend="django.contrib.auth.backends.ModelBackend")
    fresh = "noch-laengeres-wort-72"

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh})

    someone.refresh_from_db()
    assert someone.check_password(fresh)
    assert told("password-change") == [("wang", "user:wang")]
    assert AuditEntry.objects.get(action="password-change").changes == {}
