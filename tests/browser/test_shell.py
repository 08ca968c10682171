import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from vitalfew.people.models import User

from .conftest import Visit

PACKAGE = Path(__file__).parents[2] / "src" / "vitalfew"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
PAGES = [path for path in TEMPLATES if not path.name.endswith(("paper.html", "letter_mail.html"))]
"""Those a browser shows; what becomes paper or a mail carries its own style."""
STATIC = PACKAGE / "static"
LANGUAGES = ["zh-hans", "zh-hant", "en"]
COLD_PAGE = 350 * 1024
REQUESTS = 12


@pytest.mark.browser
@pytest.mark.parametrize("visit", LANGUAGES, indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_sign_in_page_is_sound(visit: Visit, scheme: str, width: int) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": width, "height": 844})

    visit.open("/sign-in/login/")

    assert visit.page.locator("button[type=submit]").first.is_visible()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.serious() == []
    assert visit.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("visit", LANGUAGES, indirect=True)
def test_shell_is_sound(visit: Visit, director: User) -> None:
    visit.sign_in(director)

    assert visit.page.locator(".sidebar a").count() > 1
    assert visit.serious() == []
    visit.page.set_viewport_size({"width": 390, "height": 844})
    assert visit.page.locator(".bottombar").is_visible()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visit.serious() == []
    assert visit.troubles == []


@pytest.mark.browser
def test_palette_by_keyboard_alone(visit: Visit, director: User) -> None:
    visit.sign_in(director)
    button = visit.page.locator("[data-palette-open]")
    button.focus()

    visit.page.keyboard.press("Control+k")
    visit.page.wait_for_selector("#palette-input:focus")
    visit.page.keyboard.type("zzzz")
    visit.page.wait_for_selector("#palette-results li")

    assert visit.serious() == []
    visit.page.keyboard.press("Escape")
    assert not visit.page.locator("#palette").is_visible()
    assert button.evaluate("element => element === document.activeElement")
    assert visit.troubles == []


@pytest.mark.browser
def test_single_keys_can_be_switched_off(visit: Visit, director: User) -> None:
    visit.sign_in(director)
    visit.page.keyboard.press("?")
    visit.page.locator("[data-keys-on]").uncheck()
    visit.page.keyboard.press("Escape")

    visit.page.keyboard.press("?")

    assert not visit.page.locator("#keys").is_visible()


@pytest.mark.browser
def test_language_is_chosen_in_its_own_script(visit: Visit) -> None:
    visit.open("/sign-in/login/")
    visit.page.locator("details.menu summary").click()

    visit.page.get_by_role("button", name="English").click()

    visit.page.wait_for_selector("html[lang=en]")
    assert visit.page.url.endswith("/sign-in/login/")


@pytest.mark.browser
def test_a_cold_page_is_light(visit: Visit, director: User, chromium: Browser) -> None:
    visit.sign_in(director)
    session = visit.page.context.storage_state()
    cold = chromium.new_context(storage_state=session)
    sizes: dict[str, int] = {}
    page = cold.new_page()
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))

    page.goto(visit.address + "/sign-in/2fa/", wait_until="networkidle")
    cold.close()

    assert len(sizes) <= REQUESTS
    assert sum(sizes.values()) <= COLD_PAGE


@pytest.mark.parametrize("template", PAGES, ids=lambda path: path.name)
def test_nothing_is_inline(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=|javascript:|hx-on", text) == []
    assert re.findall(r"<script(?![^>]*(?:\ssrc=|application/json))[^>]*>", text) == []
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//""", text) == []


@pytest.mark.parametrize("template", PAGES, ids=lambda path: path.name)
def test_every_class_is_styled(template: Path) -> None:
    styled = set()
    for sheet in (STATIC / "vendored" / "tabler.css", STATIC / "app.css"):
        styled |= set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", sheet.read_text(encoding="utf-8")))

    text = re.sub(r"{%.*?%}", " ", template.read_text(encoding="utf-8"))
    used = {
        name for found in re.findall(r'\sclass="([^"]*)"', re.sub(r"{{.*?}}", "\0", text)) for name in found.split()
    }

    assert {name for name in used if "\0" not in name} - styled == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_is_drawn(template: Path) -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "vendored" / "icons.svg").read_text(encoding="utf-8")))

    assert set(re.findall(r'{% icon "([^"]+)"', template.read_text(encoding="utf-8"))) <= drawn
