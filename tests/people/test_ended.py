"""Who is sent to sign in again learns that the session is over; who never was signed in, nothing."""

from django.conf import settings


def test_a_session_that_is_over_is_said_on_the_sign_in_page(client, db):  # noqa: ARG001  (the tables must be there)
    fresh = client.get("/accounts/").headers["Location"]
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    over = client.get("/accounts/?q=1").headers["Location"]

    assert "ended" not in fresh
    assert over.endswith("next=/accounts/%3Fq%3D1&ended=1")
    assert "最多保持12小时" in client.get(over).content.decode()
    assert "最多保持" not in client.get(fresh).content.decode()
