"""Plays the story of a manager who resigns through the browser, with pictures of every step.

    python tools/story.py DIR        pictures into DIR: desktop in Chinese, phone in English

Fourteen accounts go to two successors, who prepare, accept and are introduced; a contact goes to another company; a dirty import
brings in a company twice, which is merged and taken apart again. What stands there at the end is checked on the way: whoever
changes a page on this road is told here. The demo book is loaded into a home that is gone afterwards.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from screenshots import FLAGS, House, Visit, running

LEAVES, FOLLOW = "manager12", ("manager6", "manager9")
EACH = 7
VIEWS = (("zh-hans", 1440), ("en", 390))
DIRTY = """客户编码,客户名称,区域,类型
DIRTY-1,{name}（新）,华北,经销商
DIRTY-2,{twin},华北,经销商
"""


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

    def page(self, user: str, path: str) -> Page:
        """The user's desktop at that page."""
        visit = self.visit(user)
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


def resigns(story: Story) -> None:
    """The head of the department gives fourteen accounts to two successors."""
    story.picture("department-before", "director", "/department/")
    story.picture("his-accounts", "director", f"/accounts/?manager={LEAVES}")
    for successor in FOLLOW:
        page = story.page("director", f"/accounts/?manager={LEAVES}&order=-revenue_12m")
        boxes = page.locator("tbody [data-select]")
        free = [box for box in boxes.all() if _code(box) not in _begun(story)][:EACH]
        for box in free:
            box.check()
        page.locator("[formaction='/handovers/new/']").click()
        page.select_option("[name=manager]", successor)
        page.select_option("[name=cause]", "leaves")
        page.locator("form[action='/handovers/new/'] .btn-primary").click()
    story.picture("handovers-begun", "director", "/handovers/")


def _code(box: Locator) -> str:
    return str(box.get_attribute("value"))


def _begun(story: Story) -> set[str]:
    """The codes of the accounts that are being handed over."""
    answer = story.visit("director").page.request.get(f"{story.house.url}/api/v1/handovers?limit=200")
    return {row["code"] for row in answer.json()["items"]}


def takes_over(story: Story, successor: str) -> None:
    """A successor accepts, is introduced step by step, and the customer agrees."""
    story.picture(f"today-of-{successor}", successor, "/")
    page = story.page(successor, "/handovers/")
    paths = sorted({str(link.get_attribute("href")) for link in page.locator("main a[href^='/handovers/']").all()})
    mine = [path for path in paths if re.fullmatch(r"/handovers/\d+/", path)]
    story.picture(f"brief-for-{successor}", successor, f"{mine[0]}brief/")
    for path in mine:
        page = story.page(successor, path)
        page.locator(f"form[action='{path}accept/'] button").click()
        while (step := page.locator("button[name=state][value=done]")).count():
            step.first.click()
        page.fill("[name=by]", "王总")
        page.locator(f"form[action='{path}agree/'] button").click()
    story.picture(f"handed-over-to-{successor}", successor, mine[0])


def goes_to_another(story: Story) -> None:
    """One who decides at an account moves to another company: a risk here, a chance there."""
    page = story.page(FOLLOW[0], "/contacts/?order=name")
    person = str(page.locator("main tbody a[href^='/contacts/']").first.get_attribute("href"))
    goes_to = _other(story, person)
    page.locator("a[href*='/move/']").first.click()
    page.fill("[name=account]", goes_to)
    page.fill("[name=day]", date.today().isoformat())  # noqa: DTZ011  (the day on the screen)
    page.locator("main form .btn-primary").click()
    story.picture("contact-moved", FOLLOW[0], person)
    story.picture("today-after-the-move", FOLLOW[0], "/")


def _other(story: Story, person: str) -> str:
    """An account of the same manager's where the person is not."""
    page = story.page(FOLLOW[0], person)
    here = {str(link.get_attribute("href")) for link in page.locator("main a[href^='/accounts/']").all()}
    answer = page.request.get(f"{story.house.url}/api/v1/accounts?limit=50").json()
    return next(str(row["code"]) for row in answer["items"] if not any(row["code"] in path for path in here))


def stands_twice(story: Story, home: Path) -> None:
    """A dirty import brings companies in that are there already."""
    answer = story.visit("director").page.request.get(f"{story.house.url}/api/v1/accounts?limit=1&order=-revenue_12m")
    name = answer.json()["items"][0]["name"]
    file = home / "dirty.csv"
    file.write_text(DIRTY.format(name=name, twin=name.replace("有限公司", "有限责任公司")), encoding="utf-8")
    _run(home, "import", "customers", str(file))
    page = story.page("director", "/duplicates/")
    page.locator("form[action='/duplicates/look/'] button").click()
    path = _found(story, "DIRTY-2")
    story.picture("duplicates", "director", "/duplicates/?kind=account")
    story.picture("side-by-side", "director", path)
    page = story.page("director", path)
    page.locator("[name=decision][value=same], button[value=same]").first.click()
    story.picture("merged", "director", path)
    page = story.page("director", path)
    page.locator(f"form[action='{path}undo/'] button").first.click()
    story.picture("taken-apart", "director", path)


def _found(story: Story, code: str) -> str:
    """The address of the account's pair, once the background has found it."""
    for _second in range(90):
        links = story.page("director", f"/duplicates/?q={code}").locator("main tbody a[href^='/duplicates/']")
        if links.count():
            return str(links.first.get_attribute("href"))
        time.sleep(1)
    sys.exit(f"No pair was found for {code}")


def _run(home: Path, *words: str) -> None:
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


def main(arguments: Sequence[str] | None = None) -> None:
    folder = Path((arguments or sys.argv[1:])[0])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        with told(folder, home) as story:
            resigns(story)
            for successor in FOLLOW:
                takes_over(story, successor)
            goes_to_another(story)
            _run(home, "refresh")
            story.picture("department-after", "director", "/department/")
            stands_twice(story, home)


if __name__ == "__main__":
    main()
