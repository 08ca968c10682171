"""A headless Chromium that keeps a list of everything a page should not do."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from house import put_back
from vitalfew.home import Home
from vitalfew.people.models import User
from vitalfew.people.roles import Role

AXE = (Path(__file__).parent / "vendored" / "axe.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "a sentence to keep"

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
"""Playwright keeps an event loop in the tests' thread; their own queries run beside it."""


class Visit:
    """A page of the live server in one language, and what it did that it should not."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.troubles: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.troubles.append(f"left the site: {request.url}")

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def sign_in(self, user: User) -> None:
        """Be signed in without a form, on a page that is quickly made."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.address}])
        self.open("/sign-in/2fa/")

    def sign_in_by_password(self, user: User) -> None:
        self.open("/sign-in/login/?next=/sign-in/2fa/")
        self.page.fill("[name=login]", user.username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url("**/sign-in/2fa/")

    def serious(self) -> list[str]:
        """What axe finds serious or worse, as 'rule: element'."""
        self.page.evaluate(AXE)
        found = self.page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        return [
            f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in {"serious", "critical"}
        ]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh visitor; ``@pytest.mark.parametrize("visit", ["en"], indirect=True)`` picks the language."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    language = getattr(request, "param", "zh-hans")
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
    yield Visit(context.new_page(), live_server.url)
    context.close()


@pytest.fixture
def director(transactional_db: None) -> User:  # noqa: ARG001  (the table must be there first)
    return User.objects.create_user("zhou", password=PASSWORD, name="周敏", role=Role.DIRECTOR)


@pytest.fixture(scope="session")
def copied(built: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The small house with files of its own: what is done in a browser reaches them, and no other test."""
    made, records = built
    home = Home(tmp_path_factory.mktemp("served") / "house")
    shutil.copytree(made.home.folder, home.folder)
    return replace(made, home=home), records


@pytest.fixture
def served(transactional_db: None, copied: Any) -> Iterator[Any]:  # noqa: ARG001  (the tables must be there first)
    """The small house, behind the live server."""
    made, records = copied
    with override_settings(HOME=made.home):
        put_back(records)
        administrator = made.user("administrator")
        administrator.set_password(PASSWORD)
        administrator.save()
        yield made


@pytest.fixture
def administrator(served: Any) -> User:
    return served.user("administrator")
