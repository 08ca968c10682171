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
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

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
RICH = "/accounts/?tier=mvc"
"""The list whose first account is shown: the largest of the most valuable ones."""
EYES = ("director", "admin")
"""Whose pages are taken; of the second only those that the first has not."""
BESIDE = ("/no-such-page/", "/sign-in/2fa/")
FILES = re.compile(
    r"\.(csv|xlsx|pdf|pptx|ics|svg|png)|format=|/export/|/hand-out/|/file/|/download/|/print/|/outcomes/|/entries/|/api/v1/openapi"
)
SHAPES = ((re.compile(r"/[A-Z]{2}-\d+"), "/CODE"), (re.compile(r"\d+"), "N"))
"""What tells records of one kind apart in their addresses."""
PLACES = "nav a[href^='/'], main a[href^='/'], header a[href^='/']"


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


def _wait(url: str, seconds: float = 180) -> None:
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
    found: dict[str, dict[str, str]] = {}
    for language, scheme, width in itertools.product(wanted.languages, wanted.schemes, wanted.widths):
        place = folder / f"{language}-{scheme}-{width}"
        place.mkdir(parents=True, exist_ok=True)
        visit = Visit(browser, house, language, width, scheme)
        _take(visit, place, "sign-in", "/sign-in/login/")
        for user in EYES:
            visit.sign_in(user)
            if user not in found:
                taken = {name for pages in found.values() for name in pages}
                found[user] = {name: path for name, path in _reached(visit, wanted.account) if name not in taken}
            for name, path in found[user].items():
                _take(visit, place, name, path)
        visit.context.close()


def _reached(visit: Visit, account: str | None) -> Iterator[tuple[str, str]]:
    """One page of each kind that links lead to, from Today on, the rich account's first."""
    record = f"/accounts/{account}/" if account else visit.first(RICH, "main tbody a[href^='/accounts/']")
    waiting, seen = deque(["/", record or "/accounts/", *BESIDE]), set[str]()
    while waiting:
        path = waiting.popleft()
        if (name := _kind(path)) in seen:
            continue
        seen.add(name)
        yield name, path
        visit.open(path)
        links = visit.page.locator(PLACES).evaluate_all("links => links.map(link => link.getAttribute('href'))")
        waiting.extend(link for link in links if not FILES.search(link))


def _kind(path: str) -> str:
    """What pages of one kind share: the address without the record's number or code, and the tab."""
    place, _question, asked = path.partition("?")
    for shape, word in SHAPES:
        place = shape.sub(word, place)
    tab = re.search(r"(?:^|&)tab=([a-z-]+)", asked)
    return "-".join([*place.strip("/").split("/"), *(tab.groups() if tab else ())]) or "today"


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
