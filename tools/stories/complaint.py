"""A serious complaint, from the open form to its closed 8D record, with its claim on the carrier.

Somebody of a customer writes without a login. The complaint handler assesses it and takes it through every step of the serious
procedure, tells the customer on the way, compensates, claims on the carrier; the 8D record is filled, signed by a second person
and given to the customer, who says in the end whether it is satisfied. Every word the customer got is looked at.
"""

import re
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote

from stories.telling import Story, must, until

SHE, SECOND = "complaints", "director"
TODAY = date.today()  # noqa: DTZ011  (the day on the screen)
WHAT = "上周到的两台双开门冰箱一接通电源就冒烟，现场有焦糊味，店里已经断电停用。请尽快派人来看。"
STEPS = (
    {
        "on": TODAY,
        "who": "我方：质量部李工、客服小周；对方：刘店长",
        "found": "两台压缩机接线盒有水渍，外箱右下角受潮变形。",
    },
    {"cause": "运输途中雨水渗入接线盒，通电后短路。", "proof": "外箱受潮位置与接线盒一致；同批库存六台开箱均干燥。"},
    {"measure": "当天换货两台，旧机封存取回。", "on": TODAY},
    {"measure": "接线盒加装防水胶圈", "where": "二号线五十台", "result": "淋雨试验五十台，无一渗水。"},
    {"where": "二号线六月批次", "result": "三百台出厂抽检三十台，全部合格。"},
    {"standard": "总装作业指导书 3.2 节：接线盒须装防水胶圈并做淋雨抽检", "since": TODAY},
    {"answer": "已换新机并赔付停业损失；接线盒防水已写入作业标准，运输改用防雨篷车。"},
)
WHYS = {
    "happened": ("接线盒短路", "雨水渗入接线盒", "篷布破损，途中遇雨", "装车前没有检查篷布"),
    "missed": ("出厂检验没有发现", "检验项目没有淋雨试验", "标准只规定干燥条件下的绝缘测试"),
}


def tell(story: Story, _home: Path) -> None:
    name, code = whose(story)
    followed = writes(story, name)
    complaint = is_taken_up(story, code)
    goes_through_every_step(story, complaint)
    compensates_and_claims(story, complaint)
    record = fills_the_record(story, complaint)
    is_signed(story, record)
    closes(story, complaint)
    is_judged(story, followed)
    story.picture("everything-said", SHE, complaint)
    what_the_customer_got(story)


def whose(story: Story) -> tuple[str, str]:
    """The account whose shop complains."""
    link = story.page(SHE, "/accounts/").locator("main tbody a[href^='/accounts/']").first
    return link.inner_text().strip(), unquote(str(link.get_attribute("href"))).strip("/").split("/")[1]


def writes(story: Story, company: str) -> str:
    """The address under which the customer follows it."""
    page = story.stranger(390).page
    page.goto(f"{story.house.url}/voice/")
    for name, value in {"text": WHAT, "demand": "换货，并赔偿停业半天的损失。", "company": company}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=named]", "刘店长")
    page.fill("[name=email]", "liu@example.com")
    page.wait_for_timeout(4_000)
    story.picture_of("the-customer-writes", page)
    story.send(page, page.locator("main form .btn-primary"))
    story.picture_of("a-number-at-once", page)
    return story.here(page)


def is_taken_up(story: Story, code: str) -> str:
    """The address of the complaint, with its account found and judged as serious."""
    number = story.stranger(390).page.locator("h1").inner_text().removeprefix("您的投诉")
    page = story.page(SHE, f"/complaints/?q={number}")
    complaint = str(page.locator("main tbody a", has_text=number).first.get_attribute("href"))
    story.picture("it-has-come-in", SHE, complaint)
    page = story.page(SHE, complaint)
    if page.locator(f"form[action='{complaint}match/']").count():
        page.locator(f"form[action='{complaint}match/'] [name=account]").fill(code)
        story.send(page, page.locator(f"form[action='{complaint}match/'] .btn-primary"))
    page.locator("[name=effect]").first.select_option("safety")
    page.locator("[name=grows]").first.check()
    story.send(page, page.locator(f"form[action='{complaint}assess/'] .btn-primary"))
    story.picture("assessed", SHE, complaint)
    return complaint


def goes_through_every_step(story: Story, complaint: str) -> None:
    for given in STEPS:
        page = story.page(SHE, complaint)
        form = page.locator(f"form[action='{complaint}step/']")
        for name, value in given.items():
            form.locator(f"[name={name}]").fill(str(value))
        story.send(page, form.locator(".btn-primary"))
        if "answer" not in given:
            tells(story, complaint)
        rings(story, complaint)
    story.picture("every-step-done", SHE, complaint)


def tells(story: Story, complaint: str) -> None:
    """What is proposed after the step goes out as it stands."""
    page = story.page(SHE, complaint)
    form = page.locator(f"form[action='{complaint}tell/']")
    page.locator("details", has=form).locator("summary").click()
    form.locator("[name=way]").select_option("letter")
    story.send(page, form.locator("button"))


def rings(story: Story, complaint: str) -> None:
    """No mail server is set up: the letter is kept, and she tells it by phone."""
    page = story.page(SHE, complaint)
    while page.locator(f"form[action='{complaint}tick/']").count():
        story.send(page, page.locator(f"form[action='{complaint}tick/'] button").first)
        page = story.page(SHE, complaint)


def compensates_and_claims(story: Story, complaint: str) -> None:
    page = story.page(SHE, f"{complaint}compensate/")
    page.fill("[name=amount]", "1200")
    page.fill("[name=why]", "停业半天的损失，按当日平均销售额。")
    story.send(page, page.locator("main form .btn-primary"))
    page = story.page(SHE, f"{complaint}claim/")
    page.select_option("[name=party]", "carrier")
    wanted = {
        "name": "顺达物流", "what": "篷布破损致货物受潮，两台冰箱报废。", "amount": "7600", "claimed_on": TODAY,
        "due": TODAY + timedelta(days=30),
    }  # fmt: skip
    for name, value in wanted.items():
        page.fill(f"[name={name}]", str(value))
    story.send(page, page.locator("main form .btn-primary"))
    story.picture("given-and-claimed", SHE, complaint)
    settles(story, complaint)


def settles(story: Story, complaint: str) -> None:
    """The carrier pays most of it."""
    page = story.page(SHE, complaint)
    form = page.locator("form[action$='/settle/']")
    page.locator("details", has=form).locator("summary").click()
    form.locator("[name=state]").select_option("settled")
    form.locator("[name=recovered]").fill("7000")
    form.locator("[name=note]").fill("承运方承认篷布破损，赔付 7,000 元。")
    story.send(page, form.locator("button"))
    story.picture("the-carrier-has-paid", SHE, "/complaints/claims/")


PARTS = {
    "d2": {"place": "客户门店两家", "since": "2 台，到货当天", "extent": "同车六台，两台受潮"},
    "d6": {"evidence": "淋雨试验记录 50 台；抽检记录 30 台"},
    "d7": {"prevention": "DFMEA 增加运输受潮一项；装车点检表增加篷布检查", "rolled_out": "一号线、三号线同步更改"},
}


def fills_the_record(story: Story, complaint: str) -> str:
    page = story.page(SHE, complaint)
    begins = page.locator(f"form[action='{complaint}8d/']")
    story.send(page, begins.locator("button"))
    record = story.here(page)
    story.picture("what-the-steps-said-stands-there", SHE, record)
    for part, given in {**PARTS, "d4": chains()}.items():
        page = story.page(SHE, f"{record}{part}/")
        for name, value in given.items():
            page.fill(f"[name={name}]", value)
        story.send(page, page.locator("main form .btn-primary"))
    page = story.page(SHE, record)
    story.send(page, page.locator(f"form[action='{record}offer/'] button"))
    story.picture("handed-in", SHE, record)
    return record


def chains() -> dict[str, str]:
    """Both chains of whys, answer by answer."""
    both = {"occurred": WHYS["happened"], "undetected": WHYS["missed"]}
    return {f"{name}_{n}": answer for name, answers in both.items() for n, answer in enumerate(answers, 1)}


def is_signed(story: Story, record: str) -> None:
    """By a second person; then the customer reads its version."""
    page = story.page(SECOND, record)
    story.send(page, page.locator(f"form[action='{record}sign/'] button"))
    page = story.page(SHE, record)
    story.send(page, page.locator(f"form[action='{record}share/'] button"))
    story.picture("signed-and-given-to-the-customer", SHE, record)


def closes(story: Story, complaint: str) -> None:
    rings(story, complaint)
    form = story.page(SHE, complaint).locator(f"form[action='{complaint}step/']")
    form.locator("[name=outcome]").fill("两台已换新，损失已赔付，防水措施已成为标准。")
    story.send(story.visit(SHE).page, form.locator(".btn-primary"))
    tells(story, complaint)


def is_judged(story: Story, followed: str) -> None:
    """The customer reads what came of it, and says how it finds that."""
    page = story.stranger(390).page
    page.goto(story.house.url + followed)
    story.picture_of("the-customer-reads-it", page)
    page.select_option("[name=satisfied]", "yes")
    for name in ("fair_result", "fair_way", "fair_manner"):
        page.select_option(f"[name={name}]", "5")
    story.send(page, page.locator("button[value=judge]"))
    story.picture_of("and-is-satisfied", page)


def what_the_customer_got(story: Story) -> None:
    """Every letter, as it was read."""
    letters = "/outbox/?q=liu@example.com"
    until(lambda: "liu@example.com" in story.page(SECOND, letters).content(), "no letter was written")
    story.picture("letters", SECOND, letters)
    page = story.page(SECOND, letters)
    found = page.locator("main tbody a[href^='/outbox/']").evaluate_all("each => each.map(a => a.getAttribute('href'))")
    must(len(found) > len(STEPS), f"only {len(found)} letters")
    for number, path in enumerate(sorted(set(found), key=lambda path: int(re.sub(r"\D", "", path))), 1):
        page = story.page(SECOND, path)
        story.picture_of(f"letter-{number}", page)
