"""A choice by keys counts once it stands; a role is given by its button alone."""

from typing import Any

import pytest

from vitalfew.people.models import User

from .conftest import Visit

MANAGER = "select[name=manager]"


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["en"], indirect=True)
def test_filters_wait_for_enter_or_for_leaving(visit: Visit, administrator: User) -> None:
    visit.sign_in(administrator)
    visit.open("/accounts/")
    page = visit.page

    page.focus(MANAGER)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.input_value(MANAGER)
    still = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(f"**manager={chosen}**")
    page.wait_for_selector(f"{MANAGER}:focus")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.wait_for_url("**manager=none**")
    page.wait_for_selector("select[name=stub]:focus")

    assert "manager" not in still
    assert visit.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("visit", ["en"], indirect=True)
def test_a_role_is_given_by_its_button(visit: Visit, served: Any, administrator: User) -> None:
    executive = served.user("executive")
    visit.sign_in(administrator)
    visit.open("/admin/")
    page = visit.page
    role = page.get_by_label(f"Role of {executive}", exact=True)
    row = page.locator("tr", has=role)

    role.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    unchanged = User.objects.get(pk=executive.pk).role
    row.get_by_role("button", name="Save").click()
    page.wait_for_selector(".toast-line.success")
    given = User.objects.get(pk=executive.pk).role
    page.click(".toast-line >> text=Undo")
    page.wait_for_selector(".toast-line >> text=is now Executive")

    assert unchanged == "executive"
    assert given == "analyst"
    assert not row.get_by_role("button", name="Save").is_visible()
    assert visit.troubles == []
