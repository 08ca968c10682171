"""A key account manager's Monday.

He reads Today, keeps a promise, ends a plan's action, puts off and hands on what is not his, writes down a call on the phone,
congratulates, prepares a visit and answers his alarms. What he did no longer stands on Today.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page

from stories.telling import Story, must

HE, PHONE = "manager5", 390


def tell(story: Story, _home: Path) -> None:
    story.picture("today", HE, "/")
    before = _lines(story)
    keeps_a_promise(story)
    ends_an_action(story)
    puts_off_and_hands_on(story)
    writes_down_a_call(story)
    congratulates(story)
    prepares_a_visit(story)
    answers_alarms(story)
    story.picture("today-after", HE, "/")
    story.picture("what-waits-for-others", "director", "/today/people/")
    must(_lines(story) < before, "what was done still stands on Today")


def _lines(story: Story) -> int:
    return story.page(HE, "/").locator("main li[data-key]").count()


def _first(story: Story, words: str) -> str:
    """Where the button of Today's first line with these words leads."""
    line = story.page(HE, "/").locator("main li[data-key]", has_text=words).first
    return str(line.locator(".line-actions a").get_attribute("href"))


def keeps_a_promise(story: Story) -> None:
    path = _first(story, "兑现承诺")
    story.picture("promise-due", HE, path)
    page = story.page(HE, path)
    page.fill("[name=evidence]", "供货价与首批数量已邮件发给采购经理，对方当日回复确认。")
    story.send(page, page.locator(f"form[action='{path}keep/'] button").last)
    story.picture("promise-kept", HE, path)


def ends_an_action(story: Story) -> None:
    path = _first(story, "落实一户一策的行动")
    page = story.page(HE, path)
    step = page.locator("form[action$='/done/']").first
    step.locator("[name=result]").fill("六位店长到会，陈列意见十一条，已交市场部。")
    story.send(page, step.locator("button").last)
    story.picture("plan", HE, path)


def puts_off_and_hands_on(story: Story) -> None:
    _decided(story, "拜访客户", lambda page: page.locator("#decide button", has_text="下周一"))
    _decided(story, "主动询问客户", _hand_on)


def _hand_on(page: Page) -> Locator:
    page.locator("#decide [name=to]").select_option(label="周慧敏")
    page.locator("#decide [name=note]").fill("这家的事超出我的权限，请您先问一声。")
    return page.locator("#decide button[value=handed]")


def _decided(story: Story, words: str, decide: Callable[[Page], Locator]) -> None:
    """What becomes of Today's first line with these words."""
    page = story.page(HE, "/")
    page.locator("main li[data-key]", has_text=words).first.locator("[data-decide]").click()
    with page.expect_response("**/today/decide/") as answer:
        decide(page).click()
    must(answer.value.ok, f"{words}: {answer.value.status}")


def writes_down_a_call(story: Story) -> None:
    """On the phone, on the way to the next one: what was said, and what was promised."""
    code = _account_of_the_day(story)
    page = story.page(HE, f"/activities/new/?account={code}", PHONE)
    page.select_option("[name=way]", "call")
    page.select_option("[name=person]", index=1)
    page.fill("[name=text]", "对方确认旺季备货计划，问新款挂机的样机何时能到。")
    story.picture_of("call", page)
    story.send(page, page.locator("main form .btn-primary").first)
    page = story.page(HE, f"/promises/new/?account={code}", PHONE)
    page.fill("[name=text]", "本周五前送两台新款挂机样机到展厅。")
    page.fill("[name=due]", (date.today() + timedelta(days=4)).isoformat())  # noqa: DTZ011  (the day on the screen)
    story.send(page, page.locator("main form .btn-primary").first)
    story.picture("timeline", HE, f"/accounts/{code}/?tab=timeline")


def _account_of_the_day(story: Story) -> str:
    return str(story.page(HE, "/").locator("main li[data-code]").first.get_attribute("data-code"))


def congratulates(story: Story) -> None:
    path = _first(story, "致贺")
    story.picture("milestone", HE, path)
    page = story.page(HE, path)
    page.select_option("[name=sign]", "letter")
    page.fill("[name=what]", "总经理签名贺信一封，感谢十年同行。")
    story.send(page, page.locator(f"form[action='{path}congratulate/'] button").last)
    story.picture("congratulated", HE, path)


def prepares_a_visit(story: Story) -> None:
    path = _first(story, "与客户约定拜访")
    page = story.page(HE, path)
    story.send(page, page.locator(f"form[action='{path}confirm/'] button"))
    story.picture("visit", HE, path)
    story.picture("briefing", HE, f"{path}briefing/")


def answers_alarms(story: Story) -> None:
    story.picture("alarms", HE, "/alarms/")
    page = story.page(HE, "/alarms/")
    page.locator("main tbody [name=pk]").first.check()
    story.send(
        page, page.locator("[formaction='/alarms/acknowledge/'], form[action='/alarms/acknowledge/'] button").last
    )
    story.picture("alarms-answered", HE, "/alarms/?state=acknowledged")
