"""What runs short before Spring Festival: seen in time, shared out, approved, reserved.

Supply sees by when to order, drafts who gets how much, looks at the same draft with floors and without, asks for it; the head
approves; the goods are kept and the accounts written to.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

from stories.telling import Story, must

SUPPLY, SHE = "supply", "director"
NAME = "春节前控货分配"
FEW = 3


def tell(story: Story, _home: Path) -> None:
    codes = is_warned(story)
    draft = drafts(story, codes)
    counts_the_cost(story, draft)
    is_reserved(story, draft)


def asked(story: Story, user: str, path: str) -> Any:
    """What the API answers who is signed in."""
    answer = story.visit(user).page.request.get(f"{story.house.url}/api/v1/{path}")
    must(answer.ok, f"{path} answered {answer.status}")
    return answer.json()


def is_warned(story: Story) -> list[str]:
    """The products that run short; printed is how many days before the empty shelf it can still be ordered."""
    story.picture("what-runs-short", SUPPLY, "/supply/")
    rows = [row for row in asked(story, SUPPLY, "supply/stock?limit=100")["items"] if row["empty_on"]]
    must(rows, "nothing runs short")
    rows = sorted(rows, key=lambda row: (row["order_by"] or "9999", row["code"]))[:FEW]
    for row in rows:
        empty, counted = date.fromisoformat(row["empty_on"]), date.fromisoformat(row["counted_on"])
        days = (empty - counted).days
        print(
            f"   {row['code']}: told {days} days before the shelf is empty on {empty}, to be ordered by {row['order_by']}"
        )
    story.picture("one-of-them", SUPPLY, f"/supply/stock/{rows[0]['id']}/")
    return [row["code"] for row in rows]


def drafts(story: Story, codes: list[str]) -> str:
    page = story.page(SUPPLY, "/supply/allotments/new/")
    page.fill("[name=name]", NAME)
    page.fill("[name=products]", ", ".join(codes))
    page.fill("[name=weeks]", "8")
    page.fill("[name=floor]", "40")
    story.send(page, page.locator("main form .btn-primary"))
    return story.here(page).partition("?")[0]


def counts_the_cost(story: Story, draft: str) -> None:
    """The same goods with floors and without, as two pictures."""
    story.picture("with-floors", SUPPLY, draft)
    story.picture("without-floors", SUPPLY, f"{draft}?rule=tiers&floor=0&reserve=0")
    number = re.findall(r"\d+", draft)[-1]
    for way in asked(story, SUPPLY, f"supply/allotments/{number}")["ways"]:
        print(
            f"   {way['way']}: {way['served']:.1%} of the need met, the least served gets {way['least']:.1%}, "
            f"{way['empty_handed']} get next to nothing, fairness {way['fairness']:.2f}, {way['short_money']:,.0f} short"
        )


def is_reserved(story: Story, draft: str) -> None:
    page = story.page(SUPPLY, draft)
    story.send(page, page.locator(f"form[action='{draft}reserve/'] button"))
    approval = story.page(SUPPLY, draft).locator("main a[href^='/approvals/']").first
    if approval.count():
        path = str(approval.get_attribute("href"))
        story.picture("approval", SHE, path)
        page = story.page(SHE, path)
        story.send(page, page.locator(f"form[action='{path}approve/'] button").last)
    story.picture("reserved", SUPPLY, draft)
    page = story.page(SUPPLY, draft)
    tells = page.locator(f"form[action='{draft}tell/'] button")
    if tells.count():
        story.send(page, tells)
    story.picture("goods-kept", SUPPLY, f"/supply/reservations/?q={NAME}")
