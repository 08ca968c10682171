"""A story told through the browser: who is signed in where, what is done there, and the pictures taken on the way."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from screenshots import FLAGS, House, Visit, running

VIEWS = (("zh-hans", 1440), ("en", 390))


class Story:
    """Who is signed in where, and the pictures taken so far."""

    def __init__(self, browser: Browser, house: House, folder: Path) -> None:
        self.browser, self.house, self.folder = browser, house, folder
        self.visits: dict[tuple[str, str, int], Visit] = {}
        self.taken = 0

    def visit(self, user: str, language: str = "zh-hans", width: int = 1440) -> Visit:
        asked = (user, language, width)
        if asked not in self.visits:
            self.visits[asked] = Visit(self.browser, self.house, language, width, "light")
            self.visits[asked].sign_in(user)
        return self.visits[asked]

    def stranger(self, width: int, language: str = "zh-hans") -> Visit:
        """Somebody without a login."""
        asked = ("", language, width)
        if asked not in self.visits:
            self.visits[asked] = Visit(self.browser, self.house, language, width, "light")
        return self.visits[asked]

    def page(self, user: str, path: str, width: int = 1440) -> Page:
        """The user's browser at that page."""
        visit = self.visit(user, width=width)
        visit.open(path)
        return visit.page

    def picture(self, name: str, user: str, path: str) -> None:
        """The page as it is now, on the desk and on the phone."""
        self.taken += 1
        for language, width in VIEWS:
            visit = self.visit(user, language, width)
            visit.open(path)
            (self.folder / f"{self.taken:02}-{name}-{language}-{width}.png").write_bytes(visit.picture(whole=True))
        print(f"{self.taken:02} {name}: {path}")

    def picture_of(self, name: str, page: Page) -> None:
        """What stands in this browser, before it is sent."""
        self.taken += 1
        page.screenshot(path=self.folder / f"{self.taken:02}-{name}.png", full_page=True, animations="disabled")
        print(f"{self.taken:02} {name}")

    def here(self, page: Page) -> str:
        """The address of what this browser shows, within the house."""
        return page.url.removeprefix(self.house.url)

    def send(self, page: Page, button: Locator) -> None:
        """Press it, wait for the page that follows, and see that what was written was taken."""
        with page.expect_navigation(wait_until="networkidle"):
            button.click()
        wrong = page.locator(".invalid-feedback:visible, .note.bad[role=alert]:visible")
        if wrong.count():
            sys.exit(f"{page.url} did not take it: {wrong.first.inner_text()}")


def must(holds: object, otherwise: str) -> None:
    """A story that cannot go on tells why."""
    if not holds:
        sys.exit(otherwise)


def until(holds: Callable[[], bool], otherwise: str, seconds: int = 120) -> None:
    """Wait for what is done in the background."""
    last = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > last:
            sys.exit(otherwise)
        time.sleep(1)


def run(home: Path, *words: str) -> None:
    """A command on the story's home."""
    env = {**os.environ, "VITALFEW_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "vitalfew", *words], env=env, check=True)  # noqa: S603  (our own command)


@contextmanager
def told(folder: Path, home: Path) -> Iterator[Story]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        sys.exit("Chromium is needed: on Debian `apt install chromium fonts-noto-cjk`")
    with running(home) as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield Story(browser, house, folder)
        browser.close()
