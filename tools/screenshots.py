"""Takes the README's pictures from the demo book, or every page for looking at.

    python tools/screenshots.py                       the README's pictures into docs/pictures
    python tools/screenshots.py --all DIR             every page: both widths, all languages, light and dark
    python tools/screenshots.py --all DIR --languages zh-hans --schemes light --widths 390

The demo book is loaded into a temporary home; ``--home DIR`` keeps it there for the next time.
"""

import argparse
import io
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from vitalfew.catalogue import catalogue

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LANGUAGES = ("zh-hans", "zh-hant", "en")
SCHEMES = ("light", "dark")
HEIGHTS = {1440: 900, 390: 844}
LARGEST = 250_000
"""Bytes of a picture in the README; beyond, its colours are reduced."""
TABS = (
    "overview", "development", "value", "behaviour", "contribution", "satisfaction", "one-to-one", "orders", "contacts",
    "complaints", "team", "timeline", "history", "files",
)  # fmt: skip
RICH = "/accounts/?tier=mvc"
"""The list whose first account is shown: the largest of the most valuable ones."""
PAGES = {
    "today": "/",
    "portfolio": "/portfolio/",
    "accounts": "/accounts/",
    "insight": "/insight/",
    "data": "/data/",
    "second-factor": "/sign-in/2fa/",
    "not-found": "/no-such-page/",
}
ADMIN = {"admin": "/admin/", "trail": "/admin/trail/", "api": "/api/v1/docs"}


@dataclass
class House:
    """The running demo: its address and the password all its users share."""

    url: str
    password: str


@contextmanager
def running(home: Path, *options: str) -> Iterator[House]:
    """The demo book, loaded and served on a free port of this machine."""
    env = {**os.environ, "VITALFEW_HOME": str(home)}
    vitalfew = [sys.executable, "-m", "vitalfew"]
    subprocess.run([*vitalfew, "demo", "--no-serve"], env=env, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  (our own command)
    port = _free_port()
    server = subprocess.Popen([*vitalfew, "serve", "--port", str(port), *options], env=env)  # noqa: S603  (our own command)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(f"{url}/healthz")
        yield House(url, (home / "demo-password.txt").read_text())
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=5):  # noqa: S310  (our own server)
                return
        except OSError:
            time.sleep(0.2)
    sys.exit("The server did not start")


class Visit:
    """A user's browser in one language, width and colour scheme."""

    def __init__(self, browser: Browser, house: House, language: str, width: int, scheme: str) -> None:
        self.house = house
        self.context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        self.context.add_cookies([{"name": "django_language", "value": language, "url": house.url}])
        self.page: Page = self.context.new_page()

    def sign_in(self, user: str) -> None:
        self.context.clear_cookies(name="sessionid")
        self.page.goto(f"{self.house.url}/sign-in/login/")
        self.page.fill("[name=login]", user)
        self.page.fill("[name=password]", self.house.password)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.house.url}/")

    def open(self, path: str) -> None:
        self.page.goto(self.house.url + path)
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(400)

    def picture(self, *, whole: bool = False) -> bytes:
        return self.page.screenshot(full_page=whole, animations="disabled")

    def first(self, path: str, pattern: str) -> str | None:
        """The first link on a page whose address matches the CSS selector."""
        self.open(path)
        links = self.page.locator(pattern)
        return links.first.get_attribute("href") if links.count() else None


def small(png: bytes) -> bytes:
    """The picture with 256 colours where it would be too large."""
    if len(png) <= LARGEST:
        return png
    from PIL import Image

    reduced = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(reduced, "PNG", optimize=True)
    return reduced.getvalue()


def for_readme(browser: Browser, house: House, account: str | None) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for language in ("zh-hans", "en"):
        visit = Visit(browser, house, language, 1440, "light")
        visit.sign_in("director")
        record = f"/accounts/{account}/" if account else visit.first(RICH, "main tbody a[href^='/accounts/']")
        for name, path in (("portfolio", "/portfolio/"), ("account", record or "/accounts/")):
            visit.open(path)
            file = PICTURES / f"{name}-{language}.png"
            file.write_bytes(small(visit.picture()))
            print(f"{file.relative_to(Path.cwd())}  {file.stat().st_size // 1000} kB")
        visit.context.close()


def every_page(browser: Browser, house: House, folder: Path, wanted: argparse.Namespace) -> None:
    for language, scheme, width in itertools.product(wanted.languages, wanted.schemes, wanted.widths):
        place = folder / f"{language}-{scheme}-{width}"
        place.mkdir(parents=True, exist_ok=True)
        visit = Visit(browser, house, language, width, scheme)
        _take(visit, place, "sign-in", "/sign-in/login/")
        visit.sign_in("director")
        for name, path in _pages_of_a_director(visit, wanted.account):
            _take(visit, place, name, path)
        visit.sign_in("admin")
        for name, path in ADMIN.items():
            _take(visit, place, name, path)
        visit.context.close()


def _pages_of_a_director(visit: Visit, account: str | None) -> Iterator[tuple[str, str]]:
    yield from PAGES.items()
    for name in catalogue():
        yield f"insight-{name}", f"/insight/{name}/"
    if record := f"/accounts/{account}/" if account else visit.first(RICH, "main tbody a[href^='/accounts/']"):
        for tab in TABS:
            yield f"account-{tab}", f"{record}?tab={tab}"
        if edit := visit.first(record, "a[href^='/accounts-edit/']"):
            yield "account-edit", edit
    if one := visit.first("/data/", "main a[href^='/data/']"):
        yield "import", one


def _take(visit: Visit, place: Path, name: str, path: str) -> None:
    visit.open(path)
    (place / f"{name}.png").write_bytes(visit.picture(whole=True))
    wide = int(visit.page.evaluate("document.documentElement.scrollWidth"))
    width = (visit.page.viewport_size or {"width": wide})["width"]
    if wide > width:
        print(f"{place.name}/{name}: {wide} px wide, {width} are there")


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take the README's pictures, or every page for looking at.")
    parser.add_argument("--all", type=Path, metavar="DIR", help="every page into this folder")
    parser.add_argument("--home", type=Path, help="keep the demo in this folder")
    parser.add_argument("--account", help="the code of the account to show")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--schemes", nargs="+", choices=SCHEMES, default=SCHEMES)
    parser.add_argument("--widths", nargs="+", type=int, choices=list(HEIGHTS), default=list(HEIGHTS))
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    wanted = asked(arguments)
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        sys.exit("Chromium is needed: on Debian `apt install chromium fonts-noto-cjk`")
    with (
        tempfile.TemporaryDirectory() as temporary,
        running(wanted.home or Path(temporary), "--no-background") as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        if wanted.all:
            every_page(browser, house, wanted.all, wanted)
        else:
            for_readme(browser, house, wanted.account)
        browser.close()


if __name__ == "__main__":
    main()
