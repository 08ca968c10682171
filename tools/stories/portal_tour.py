"""A customer's buyer goes through the portal.

He chooses his password by the link of his invitation, looks at every part that is shown to him, complains, follows it, tells an
idea, reads his orders and takes them along as a file. Nothing that is the house's own stands on any page he sees.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Page

from stories.telling import Story, must

SHE, PASSWORD, PHONE = "director", "ten thousand small things", 390
INTERNAL = ("毛利", "贡献", "评分", "终身价值", "流失", "风险", "健康", "内部", "成本", "margin", "score", "churn")


def tell(story: Story, _home: Path) -> None:
    page = is_invited(story)
    seen = looks_at_every_part(story, page)
    complaint = complains(story, page)
    has_an_idea(story, page)
    takes_orders_along(story, page)
    story.picture("what-we-see-of-it", "complaints", "/complaints/")
    print(f"   {seen} parts; filed {complaint}")


def is_invited(story: Story) -> Page:
    """By the link that somebody of ours makes for him."""
    access = (
        story.page(SHE, "/portal-access/").locator("main tbody a[href^='/portal-access/']").first.get_attribute("href")
    )
    page = story.page(SHE, str(access))
    story.send(page, page.locator(f"form[action='{access}invite/'] button"))
    story.picture("access", SHE, str(access))
    link = story.page(SHE, str(access)).locator("input[readonly]").input_value()
    page = story.stranger(PHONE).page
    page.goto(story.house.url + re.sub(r"^https?://[^/]+", "", link))
    story.picture_of("welcome", page)
    page.fill("[name=password]", PASSWORD)
    page.fill("[name=again]", PASSWORD)
    story.send(page, page.locator("main form .btn-primary"))
    looked_through(page)
    story.picture_of("start", page)
    return page


def looked_through(page: Page) -> None:
    """Nothing internal stands on it."""
    text = page.locator("main").inner_text()
    found = [word for word in INTERNAL if word in text]
    must(not found, f"{page.url} tells {found}")


def looks_at_every_part(story: Story, page: Page) -> int:
    parts = page.locator("nav.tabs a").evaluate_all("each => each.map(a => a.getAttribute('href'))")
    for path in parts[1:]:
        page.goto(story.house.url + path)
        looked_through(page)
        story.picture_of(path.strip("/").replace("/", "-"), page)
    return len(parts) - 1


def complains(story: Story, page: Page) -> str:
    page.goto(f"{story.house.url}/portal/complaints/")
    page.fill("[name=text]", "昨天到的十台洗衣机有两台外箱破损，已拍照，请安排换货。")
    page.fill("[name=demand]", "换货两台")
    story.send(page, page.locator("main form .btn-primary"))
    story.picture_of("complaint-filed", page)
    found = re.search(r"C-\d{4}-\d+", page.locator("main").inner_text())
    if found is None:
        sys.exit("no number was given")
    return found[0]


def has_an_idea(story: Story, page: Page) -> None:
    page.goto(f"{story.house.url}/portal/ideas/")
    form = page.locator("form[action='/portal/ideas/file/']")
    page.locator("details", has=form).locator("summary").click()
    form.locator("textarea").first.fill("希望小件配件可以单独下单，不必等整车。")
    story.send(page, form.locator(".btn-primary"))
    story.picture_of("idea-told", page)


def takes_orders_along(story: Story, page: Page) -> None:
    page.goto(f"{story.house.url}/portal/orders/")
    address = page.locator("main a[href^='/portal/orders/file/']").first.get_attribute("href")
    answer = page.request.get(f"{story.house.url}{address}")
    must(answer.ok and len(answer.text().splitlines()) > 1, "no orders came along")
    print(f"   {len(answer.text().splitlines()) - 1} orders in the file")
