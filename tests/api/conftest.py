import pytest
from django.test import Client


@pytest.fixture
def ask(house, db):  # noqa: ARG001  (inside the test's transaction)
    """A client that calls the API with the token of a role."""

    def made(role, **headers):
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        given = {"authorization": f"Bearer {house.tokens[role]}", "accept-language": "en", **names}
        return Client(headers=given, raise_request_exception=False)

    return made
