"""A survey round of forty people, from the questionnaire to the relationship's pages.

The head of the department makes a questionnaire of the ready scales, asks people of the largest accounts, begins; each opens
their own link on a phone: most answer, some stop half-way, one declines. The round is closed, everything is computed, and what
they said stands on the account's page and in the analyses.
"""

import random
import re
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page

from stories.telling import Story, must, run

SHE, PHONE = "director", 390
NAME, FORM = "年度关系调查", "关系与价值"
BLOCKS = ("trust", "commitment", "satisfaction", "driver", "nps", "value", "overall", "words")
TODAY = date.today()  # noqa: DTZ011  (the day on the screen)
PEOPLE, STOPPED, DECLINED = 40, 3, 1
TURNED = ("再核实一遍", "便宜一点")
"""By these words one knows the questions asked the other way round."""
SAID = ("送货准时，业务员回复也快。", "希望旺季前能提前告知备货情况。", "售后响应比去年快了。")


def tell(story: Story, home: Path) -> None:
    chance = random.Random(7)  # noqa: S311  (marks, not secrets)
    makes_the_questionnaire(story)
    wave = plans_the_round(story)
    account = asks_people(story, wave)
    links = begins(story, wave)
    for number, link in enumerate(links):
        opens_the_link(story, link, number, chance)
    story.picture("what-came-back", SHE, wave)
    page = story.page(SHE, wave)
    story.send(page, page.locator(f"form[action='{wave}close/'] button"))
    run(home, "refresh", "--as-of", TODAY.isoformat())
    story.picture("closed", SHE, wave)
    story.picture("at-the-account", SHE, f"{account}?tab=satisfaction")
    for name in ("relationship-quality", "loyalty", "delivered-value"):
        story.picture(name, SHE, f"/insight/{name}/")
    reads_the_answers(story, wave)


def makes_the_questionnaire(story: Story) -> None:
    page = story.page(SHE, "/surveys/questionnaires/new/")
    page.fill("[name=name]", FORM)
    for block in BLOCKS:
        page.check(f"[name=blocks][value={block}]")
    story.send(page, page.locator("main form .btn-primary"))
    story.picture("questionnaire", SHE, story.here(page))


def plans_the_round(story: Story) -> str:
    page = story.page(SHE, "/surveys/new/")
    page.select_option("[name=questionnaire]", label=FORM)
    wanted = {
        "name": NAME, "sender": "海棠电器大客户部", "purpose": "为了下一季更好地为您服务", "opens": TODAY,
        "closes": TODAY + timedelta(days=14), "keep_until": TODAY + timedelta(days=365), "rivals": "北辰电器",
    }  # fmt: skip
    for name, value in wanted.items():
        page.fill(f"[name={name}]", str(value))
    story.send(page, page.locator("main form .btn-primary"))
    return story.here(page)


def asks_people(story: Story, wave: str) -> str:
    """The people of the largest accounts, as they are advised and then more, until forty; gives the first account's address."""
    page = story.page(SHE, wave)
    form = page.locator(f"form[action='{wave}accounts/']")
    _opened(page, f"{wave}accounts/")
    form.locator("[name=tier]").select_option("mvc")
    story.send(page, form.locator("button"))
    page = story.page(SHE, wave)
    _opened(page, f"{wave}people/")
    boxes = page.locator("[name=post]")
    must(boxes.count() >= PEOPLE, f"only {boxes.count()} people can be asked")
    for place in range(boxes.count()):
        boxes.nth(place).set_checked(place < PEOPLE)
    story.picture_of("whom-to-ask", page)
    story.send(page, page.locator(f"form[action='{wave}people/'] .btn-primary"))
    link = story.page(SHE, wave).locator(f"main a[href^='{wave}at/']").first.get_attribute("href")
    return "/accounts/" + str(link).split("/at/")[1]


def _opened(page: Page, action: str) -> None:
    around = page.locator("details", has=page.locator(f"form[action='{action}']"))
    around.evaluate("each => each.open = true")


def begins(story: Story, wave: str) -> list[str]:
    """No mail server is set up: everybody's link, as it is handed over by hand."""
    page = story.page(SHE, wave)
    story.send(page, page.locator(f"form[action='{wave}begin/'] button"))
    page = story.page(SHE, f"{wave}links/")
    links = [re.sub(r"^https?://[^/]+", "", each) for each in page.locator(".secret").all_inner_texts()]
    must(len(links) == PEOPLE, f"{len(links)} links for {PEOPLE} people")
    return links


def opens_the_link(story: Story, link: str, number: int, chance: random.Random) -> None:
    page = story.stranger(PHONE).page
    page.goto(story.house.url + link)
    if number == 0:
        story.picture_of("asked-on-a-phone", page)
    if number >= PEOPLE - DECLINED:
        story.send(page, page.locator("button[value=decline]"))
        return
    page.goto(f"{story.house.url}{link}?p=0")
    pages = int(page.locator("progress").get_attribute("max") or 0)
    mood = chance.gauss(0.72, 0.15)
    for place in range(pages if number < PEOPLE - DECLINED - STOPPED else pages // 2):
        answers(page, mood, chance)
        if number == 0 and place == 1:
            story.picture_of("a-page-of-it", page)
        with page.expect_navigation():
            page.locator("button[value=next]").click()
    if number == 0:
        story.picture_of("thanks", page)


def answers(page: Page, mood: float, chance: random.Random) -> None:
    """Each scale near the person's mood; sometimes a word."""
    for field in page.locator(".survey-scale").all():
        radios = field.locator("input[type=radio]")
        mark = min(max(chance.gauss(mood, 0.12), 0), 1)
        turned = any(words in field.locator("xpath=..").inner_text() for words in TURNED)
        radios.nth(round((1 - mark if turned else mark) * (radios.count() - 1))).check()
    for text in page.locator("textarea").all():
        if chance.random() < 0.4:  # noqa: PLR2004  (four in ten write a word)
            text.fill(chance.choice(SAID))


def reads_the_answers(story: Story, wave: str) -> None:
    page = story.page(SHE, wave)
    told = page.locator("main .card").first.inner_text().splitlines()[0]
    answered = PEOPLE - STOPPED - DECLINED
    print(f"   {told}")
    must(str(PEOPLE) in told and str(answered) in told, f"not {answered} of {PEOPLE} have answered")
