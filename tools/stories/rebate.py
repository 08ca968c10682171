"""A rebate from its draft to its reversal.

The head of the department drafts it and tries it on last year's orders; an executive approves its cost; it accrues; a quarter is
booked, and reversed by a second person. Booking and reversal come to nothing, to the cent, for every account.
"""

import csv
import io
import re
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from stories.telling import Story, must, run, until

SHE, SECOND = "director", "executive"
NAME = "季度销量返利"
STEPS = "300000 1\n1000000 1.5\n3000000 2"
YEAR = date.today().year  # noqa: DTZ011  (the year on the screen)


def tell(story: Story, home: Path) -> None:
    scheme, version = drafts(story)
    tries(story, version)
    is_approved(story, version)
    run(home, "refresh")
    story.picture("what-accounts-earned", SHE, "/incentive-standings/")
    booking = books(story, scheme)
    is_reversed(story, booking)
    comes_to_nothing(story, booking)


def drafts(story: Story) -> tuple[str, str]:
    """The addresses of the scheme and its first version."""
    page = story.page(SHE, "/incentives/new/")
    page.fill("[name=name]", NAME)
    page.fill("[name=about]", "按季度净销售额分档返利，鼓励均衡进货。")
    page.fill("[name=since]", f"{YEAR}-01-01")
    page.fill("[name=until]", f"{YEAR}-12-31")
    page.select_option("[name=every]", "quarter")
    story.send(page, page.locator("main form .btn-primary"))
    version = story.here(page)
    page = story.page(SHE, f"{version}rules/volume/")
    page.fill("[name=steps]", STEPS)
    story.send(page, page.locator("main form .btn-primary"))
    story.picture("drafted", SHE, version)
    link = story.page(SHE, version).locator("main a[href^='/incentives/']").filter(has_text=NAME).first
    return str(link.get_attribute("href")), version


def tries(story: Story, version: str) -> None:
    page = story.page(SHE, version)
    story.send(page, page.locator(f"form[action='{version}simulate/'] button"))
    asks = f"form[action='{version}hand-in/']"
    until(lambda: story.page(SHE, version).locator(asks).count() > 0, "it was not simulated")
    story.picture("tried-on-last-year", SHE, version)


def is_approved(story: Story, version: str) -> None:
    page = story.page(SHE, version)
    page.fill("[name=why]", "成本在预算之内，大客户普遍受益。")
    story.send(page, page.locator(f"form[action='{version}hand-in/'] button").last)
    _approves(story, story.page(SHE, version).locator("main a[href^='/approvals/']").first.get_attribute("href"))
    story.picture("approved", SHE, version)


def _approves(story: Story, path: str | None) -> None:
    """The second person reads it and says yes."""
    story.picture("approval", SECOND, str(path))
    page = story.page(SECOND, str(path))
    story.send(page, page.locator(f"form[action='{path}approve/'] button").last)


def books(story: Story, scheme: str) -> str:
    story.picture("scheme", SHE, scheme)
    page = story.page(SHE, scheme)
    with page.expect_navigation(wait_until="networkidle"):
        page.locator("main a[href*='/book/?']").last.click()
    story.picture_of("about-to-book", page)
    story.send(page, page.locator("main form .btn-primary"))
    found = re.search(r"/incentive-bookings/\d+/", page.url + page.content())
    if found is None:
        sys.exit("it was not booked")
    story.picture("booked", SHE, found[0])
    return found[0]


def is_reversed(story: Story, booking: str) -> None:
    page = story.page(SHE, booking)
    page.locator("details:has([name=why]) summary").click()
    page.fill("[name=why]", "一家客户的退货漏计，更正后重新入账。")
    story.send(page, page.locator(f"form[action='{booking}reverse/'] button").last)
    _approves(story, story.page(SHE, booking).locator("main a[href^='/approvals/']").first.get_attribute("href"))
    story.picture("reversed", SHE, booking)


def comes_to_nothing(story: Story, booking: str) -> None:
    """Account by account, what was booked and what took it back sum to nothing."""
    answer = story.visit(SHE).page.request.get(f"{story.house.url}{booking}entries/")
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    booked = Decimal()
    for row in csv.reader(io.StringIO(answer.text().removeprefix("\ufeff"))):
        amounts = [Decimal(cell) for cell in row if re.fullmatch(r"-?\d+\.\d{2}", cell)]
        for amount in amounts[-1:]:
            sums[row[0]] += amount
            booked += max(amount, Decimal())
    print(f"   {booked} booked for {len(sums)} accounts and reversed, {sum(sums.values())} left")
    must(booked, "nothing was booked")
    must(not any(sums.values()), "the reversal left something")
