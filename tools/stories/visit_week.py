"""An executive's visit week.

Weeks are proposed for him and two managers, and accepted; his calendar reads them; he opens the briefing, and writes down the
result on the phone without a connection, which is sent once when there is one again; his share of days is told. That no rule of
the plan is broken is looked at again from what stands in the calendar.
"""

import re
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page

from stories.telling import Story, must, until

HE, NAMES, PHONE = "executive", ("韩立群", "周鹏杰", "王凯涛"), 390
MOST_A_DAY = 2
ON_THE_PHONE = "[data-outbox] button.btn-primary"


def tell(story: Story, _home: Path) -> None:
    path = asks_for_weeks(story)
    accepts(story, path)
    reads_his_calendar(story)
    visit = goes_there(story)
    writes_it_down(story, visit)
    story.picture("share-of-days", "director", "/visits/share/")


def asks_for_weeks(story: Story) -> str:
    page = story.page("director", "/visits/plan/new/")
    for name in NAMES:
        page.get_by_label(name, exact=True).check()
    page.fill("[name=since]", _monday().isoformat())
    page.fill("[name=weeks]", "2")
    page.fill("[name=most_a_day]", str(MOST_A_DAY))
    story.picture_of("weeks-asked", page)
    story.send(page, page.locator("main form .btn-primary"))
    path = story.here(page)
    until(lambda: story.page("director", path).locator("[data-proposal]").count() > 0, "no visit was proposed")
    story.picture("weeks-proposed", "director", path)
    return path


def _monday() -> date:
    today = date.today()  # noqa: DTZ011  (the day on the screen)
    return today + timedelta(days=7 - today.weekday())


def accepts(story: Story, path: str) -> None:
    page = story.page("director", path)
    story.send(page, page.locator(f"form[action='{path}accept/'] button").first)
    story.picture("weeks-accepted", "director", path)
    story.picture("his-week", HE, f"/visits/?day={_monday().isoformat()}")


def reads_his_calendar(story: Story) -> None:
    """The feed is what his phone reads: every visit is there, on a working day, never more a day than asked."""
    page = story.page(HE, "/visits/calendars/")
    page.fill("[name=name]", "手机")
    story.send(page, page.locator("main form .btn-primary").first)
    story.picture_of("calendar-address", page)
    address = re.search(r"http\S+\.ics", page.locator("main").inner_text() + page.content())
    if address is None:
        sys.exit("no address was made")
    days = re.findall(r"DTSTART[^:]*:(\d{8})", page.request.get(address[0].replace("&amp;", "&")).text())
    counted = Counter(day for day in days if day >= f"{_monday():%Y%m%d}")
    print(f"   {sum(counted.values())} visits on {len(counted)} days, at most {max(counted.values())} a day")
    must(max(counted.values()) <= MOST_A_DAY, "more visits a day than asked")


def goes_there(story: Story) -> str:
    """The first visit of his week, and what he should know."""
    page = story.page(HE, f"/visits/?day={_monday().isoformat()}&whose=mine")
    link = page.locator("main a[href^='/visits/']").filter(has_text=re.compile("公司")).first
    path = str(link.get_attribute("href"))
    story.picture("visit", HE, path)
    story.picture("briefing", HE, f"{path}briefing/")
    return path


def writes_it_down(story: Story, visit: str) -> None:
    page = story.page(HE, f"{visit}hold/", PHONE)
    page.locator("[name=met]").first.check()
    page.fill("[name=text]", "总经理谈了明年门店计划，要求旺季前两周到货。")
    page.locator("[name^=mood_]").first.check()
    page.fill("[name=promise_0]", "旺季前两周备足首批货。")
    page.context.set_offline(True)
    page.locator(ON_THE_PHONE).click()
    page.locator(".outbox").wait_for()
    story.picture_of("written-without-connection", page)
    with page.expect_navigation(wait_until="networkidle"):
        page.context.set_offline(False)
    story.picture("result", HE, visit)
    _once(page, story, visit)


def _once(page: Page, story: Story, visit: str) -> None:
    story_of_it = story.page(HE, visit).locator("main").inner_text()
    must(story_of_it.count("旺季前两周备足首批货") == 1, "the promise was not kept, or twice")
    must(not page.locator(".outbox:visible").count(), "it still waits")
