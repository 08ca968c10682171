"""Every page, as it is served: sound for everybody, on a desk and on a phone; the tools of lists and forms work."""

import base64
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import CDPSession

from routes import ours
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import tabs
from vitalfew.catalogue import catalogue
from vitalfew.contacts import actions as contacts
from vitalfew.imports.models import Import, ImportState
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards

from .conftest import PASSWORD, Visit

DRAWN = "[...document.querySelectorAll('figure[data-chart]')].every((each) => each.querySelector('svg, table, p'))"
SAMPLED = ("pareto", "lifetime", "anomalies")
PHONE = {"width": 390, "height": 844}


def places(user: User) -> list[str]:
    """Every whole page whose address names no record, and the pages of one contact."""
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    account = Account.objects.order_by("code")[0]
    person = contacts.add(user, account, {"name": "王建国"}, {"title": "总经理"}, [("mobile", "13800001111")]).person_id
    asked = [path for path, _page in ours() if "<" not in path] + [f"/contacts/{person}/", f"/contacts/{person}/edit/"]
    return [path for path in asked if whole(browser.get(path))]


def whole(answer: Any) -> bool:
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code == 200 and kind.startswith("text/html") and b"</html>" in b"".join(answer)


NARROW = 576
CUT = """[...document.querySelectorAll('.scroll > table:not(.matrix, .rights, .plan-board)')]
    .filter((table) => table.parentElement.scrollWidth > table.parentElement.clientWidth + 2)
    .map((table) => table.closest('section')?.querySelector('h2')?.innerText || table.id)"""


def unsound(visit: Visit, path: str, width: int) -> list[str]:
    visit.open(path)
    visit.page.wait_for_function(DRAWN)
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    faults = visit.serious() + ([f"{wide} px wide"] if wide > width else [])
    faults += [f"the table of {name!r} is cut" for name in visit.page.evaluate(CUT)] if width < NARROW else []
    return [f"{path}: {fault}" for fault in faults]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("visit", "width"), [("zh-hans", 1440), pytest.param("en", 390, marks=pytest.mark.nightly)], indirect=["visit"]
)
def test_every_place_is_sound(visit: Visit, administrator: User, width: int) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})

    assert [fault for path in places(administrator) for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("visit", "width"), [pytest.param("en", 1440, marks=pytest.mark.nightly), ("zh-hans", 390)], indirect=["visit"]
)
def test_every_tab_of_an_account_is_sound(visit: Visit, served: Any, administrator: User, width: int) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    addresses = [f"/accounts/{quote(served.mine)}/?tab={tab.name}" for tab in tabs()]

    assert [fault for path in addresses for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["en"], indirect=True)
@pytest.mark.parametrize("names", [SAMPLED, pytest.param(tuple(catalogue()), marks=pytest.mark.nightly)])
def test_every_analysis_is_sound(visit: Visit, administrator: User, names: tuple[str, ...]) -> None:
    visit.sign_in(administrator)

    pages = [f"/insight/{name}/" for name in names]

    assert [fault for path in pages for fault in unsound(visit, path, 1440)] == []
    assert visit.troubles == []


@pytest.mark.browser
def test_columns_are_hidden_and_widened_and_stay_so(visit: Visit, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open("/accounts/")
    head = visit.page.locator("th[data-col=region], th[data-col=growth]").last
    name = head.get_attribute("data-col")
    before = head.bounding_box()
    assert before is not None

    head.locator(".grip").focus()
    for _ in range(4):
        visit.page.keyboard.press("ArrowRight")
    visit.page.locator("details[data-columns] summary").click()
    visit.page.get_by_role("checkbox", name="流失风险").uncheck()
    visit.page.reload()

    after = visit.page.locator(f"th[data-col={name}]").bounding_box()
    assert after is not None
    assert after["width"] >= before["width"] + 50
    assert visit.page.locator("th[data-col=churn]").is_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["en"], indirect=True)
def test_what_was_not_saved_comes_back(visit: Visit, served: Any, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open(f"/accounts/{quote(served.mine)}/")
    visit.page.locator(".page-actions .menu summary").click()
    visit.page.get_by_role("link", name="Edit").click()
    visit.page.fill("[name=region]", "Far north")
    visit.page.reload()
    assert visit.page.input_value("[name=region]") == "Far north"

    visit.page.get_by_role("button", name="Throw it away").click()

    assert visit.page.input_value("[name=region]") != "Far north"


@pytest.mark.browser
def test_filters_fold_on_a_phone(visit: Visit, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size(PHONE)
    visit.open("/accounts/")
    assert visit.page.locator("select[name=tier]").is_hidden()

    visit.page.locator("[data-unfold]").click()

    assert visit.page.locator("select[name=tier]").is_visible()


DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  const form = document.querySelector("[data-dropzone]");
  for (const kind of ["dragenter", "dragover", "drop"])
    form.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


def drop(visit: Visit, name: str, content: bytes) -> None:
    """Drag a file over the page, once it has heard that nothing runs any more, and let it fall."""
    visit.open("/data/")
    visit.page.wait_for_load_state("networkidle")
    visit.page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def bring(visit: Visit) -> Import:
    """Send what lies in the drop zone, and let the background work."""
    with visit.page.expect_navigation(timeout=120_000):
        visit.page.locator("[data-dropzone] button.btn-primary").click()
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    return Import.objects.latest("pk")


@pytest.mark.browser
def test_a_dropped_file_is_imported(visit: Visit, administrator: User, home: Any) -> None:  # noqa: ARG001  (a home of its own)
    visit.sign_in(administrator)
    text = "订单号,订单日期,客户编码,数量,金额\nA1,2026-01-05,K1,2,20\nA2,2026-01-06,K2,1,9.5\n"

    drop(visit, "订单.csv", text.encode())
    row = bring(visit)

    assert (row.state, row.report["rows_accepted"], row.file) == (ImportState.DONE, 2, "订单.csv")
    visit.open("/accounts/")
    visit.page.get_by_role("link", name="K1").wait_for()


BOOKS = {
    "online_retail_ii_half_a": (("year_2009_2010.parquet", "year_2010_2011.parquet"), 0.783),
    "adventureworks_reseller": (("sales.parquet",), 0.67447),
}


@pytest.mark.browser
@pytest.mark.nightly
@pytest.mark.parametrize("book", BOOKS)
def test_a_real_book_is_dropped(visit: Visit, administrator: User, home: Any, shared: Path, book: str) -> None:  # noqa: ARG001
    """Its share of the top fifth is the one that is known of it; two files that overlap count once."""
    visit.sign_in(administrator)
    files, share = BOOKS[book]

    for name in files:
        drop(visit, name, (shared / "data" / book / name).read_bytes())
        assert bring(visit).state == ImportState.DONE

    refresh = scorecards.current()
    assert refresh is not None
    assert refresh.summaries["pareto"]["figures"]["top20_share"] == pytest.approx(share, abs=0.0005)
    visit.open("/portfolio/")
    assert f"{share:.1%}" in visit.page.locator("main").inner_text()


@pytest.fixture
def authenticator(visit: Visit) -> CDPSession:
    """A passkey of the platform, as Chromium plays it."""
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["en"], indirect=True)
def test_a_passkey_is_made_and_opens_the_house(
    visit: Visit,
    administrator: User,
    authenticator: CDPSession,  # noqa: ARG001  (the browser asks it)
) -> None:
    visit.sign_in_by_password(administrator)
    visit.open("/sign-in/2fa/webauthn/add/")
    visit.page.fill("[name=password]", PASSWORD)
    visit.page.press("[name=password]", "Enter")
    visit.page.fill("[name=name]", "Laptop")
    visit.page.locator("[name=passwordless]").check()
    visit.page.locator("#mfa_webauthn_add").click()
    visit.page.wait_for_url("**/recovery-codes/**")
    visit.open("/sign-in/logout/")
    visit.page.locator("main form button").first.click()

    visit.open("/sign-in/login/")
    visit.page.get_by_role("button", name="passkey").click()
    visit.page.wait_for_url(f"{visit.address}/")

    assert visit.page.locator(".sidebar").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["en"], indirect=True)
def test_on_a_phone_the_list_of_accounts_needs_no_scrolling_sideways(visit: Visit, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size(PHONE)
    visit.open("/accounts/")

    hidden = "(sheet) => sheet.scrollWidth - sheet.clientWidth"

    assert visit.page.locator(".sheet").evaluate(hidden) <= 0
    assert visit.page.locator("th[data-col=churn]").is_visible()


@pytest.mark.browser
def test_a_printed_account_says_of_which_day_its_figures_are(visit: Visit, served: Any, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open(f"/accounts/{quote(served.mine)}/?tab=one-to-one")
    day = visit.page.locator(".print-only")
    assert day.is_hidden()

    visit.page.emulate_media(media="print")

    assert day.is_visible()
    assert "数据截至" in day.inner_text()


@pytest.mark.browser
def test_pictures_fit_the_paper_and_come_back(visit: Visit, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.page.emulate_media(color_scheme="dark")
    visit.open("/portfolio/")
    visit.page.wait_for_function(DRAWN)
    before = visit.page.locator(".chart-canvas svg").first.bounding_box()

    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visit.page.emulate_media(media="print", color_scheme="dark")
    visit.page.set_viewport_size({"width": 700, "height": 1000})
    visit.page.wait_for_selector(".chart-canvas svg[viewBox]")
    fit = "[...document.querySelectorAll('.chart-canvas svg')].every((each) => each.getBoundingClientRect().right <= innerWidth)"
    assert visit.page.evaluate(fit)
    assert visit.page.locator(".chart-canvas svg").first.bounding_box() != before

    visit.page.emulate_media(media="screen", color_scheme="dark")
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    visit.page.wait_for_selector(".chart-canvas svg[viewBox]", state="detached")
    assert visit.troubles == []


@pytest.mark.browser
def test_after_the_drawer_the_keyboard_is_where_it_was(visit: Visit, served: Any, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open(f"/accounts/{quote(served.mine)}/")
    figure = visit.page.locator("button.opens").first
    figure.focus()

    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#drawer-frame:focus")
    for _each in range(30):
        visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.querySelector('#drawer-frame').contains(document.activeElement)")
    visit.page.keyboard.press("Escape")

    assert visit.page.evaluate("document.activeElement.matches('button.opens')")
    assert visit.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["zh-hans"], indirect=True)
def test_back_closes_the_drawer_and_stays_on_the_page(visit: Visit, served: Any, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.open("/accounts/")
    visit.open(f"/accounts/{quote(served.mine)}/")
    here, drawer = visit.page.url, visit.page.locator("#drawer-frame")
    for close in (lambda: visit.page.evaluate("history.back()"), lambda: visit.page.keyboard.press("Escape")):
        visit.page.locator("button.opens").first.click()
        drawer.wait_for()
        close()
        drawer.wait_for(state="hidden")
        assert visit.page.url == here

    visit.page.go_back()
    assert visit.page.url.endswith("/accounts/")
    assert visit.troubles == []


PROBE = """(specs) => specs.map((spec, place) => {
  const data = Object.assign(document.createElement('script'), { type: 'application/json', id: `probe-${place}` });
  data.textContent = JSON.stringify(spec);
  const figure = document.createElement('figure');
  figure.dataset.chart = data.id;
  document.querySelector('main').append(data, figure);
  window.vitalfewCharts.draw();
  return [...figure.querySelectorAll('svg text')].map((text) => text.textContent);
})"""


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["en"], indirect=True)
def test_no_axis_writes_a_label_twice(visit: Visit, served: Any, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open(f"/accounts/{quote(served.mine)}/?tab=history")
    days = [f"2026-0{month}-01" for month in range(1, 6)]
    small = {
        "share": [0.001, 0.013, 0.004, 0.002, 0.001], "days": [0, 1, 0, 1, 1], "money": [1, 2, 1, 2, 0],
    }  # fmt: skip
    specs = [
        {"kind": "line", "title": "", "names": days, "points": points, "unit": unit, "currency": "", "x": "", "y": ""}
        for unit, points in small.items()
    ]

    for labels in visit.page.evaluate(PROBE, specs):
        ticks = [label for label in labels if re.fullmatch(r"[\d.,]+( %)?", label)][:-1]
        assert len(ticks) > 1, labels
        assert len(set(ticks)) == len(ticks), labels
