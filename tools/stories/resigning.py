"""A manager resigns.

Fourteen accounts go to two successors, who prepare, accept and are introduced; a contact goes to another company; a dirty import
brings in a company twice, which is merged and taken apart again. What stands there at the end is checked on the way: whoever
changes a page on this road is told here.
"""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator

from stories.telling import Story, run, until

LEAVES, FOLLOW = "manager12", ("manager6", "manager9")
EACH = 7
DIRTY = """客户编码,客户名称,区域,类型
DIRTY-1,{name}（新）,华北,经销商
DIRTY-2,{twin},华北,经销商
"""


def tell(story: Story, home: Path) -> None:
    resigns(story)
    for successor in FOLLOW:
        takes_over(story, successor)
    goes_to_another(story)
    run(home, "refresh")
    story.picture("department-after", "director", "/department/")
    stands_twice(story, home)


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
    run(home, "import", "customers", str(file))
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
    path = f"/duplicates/?q={code}"
    links = "main tbody a[href^='/duplicates/']"
    until(lambda: story.page("director", path).locator(links).count() > 0, f"No pair was found for {code}")
    return str(story.page("director", path).locator(links).first.get_attribute("href"))
