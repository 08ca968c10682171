"""Surveys in a browser: sound on a desk and on a phone, and a customer's way from the link to the thanks."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.surveys import actions, link, writing
from vitalfew.surveys.models import Respondent, Wave
from vitalfew.surveys.words import Reached

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def person(served: Any, administrator: User) -> Respondent:
    """Asked in a survey that runs, which has a question of every kind."""
    day = timezone.localdate()
    form = writing.make(administrator, "年度客户关系调查", ["trust", "nps", "overall", "wallet", "words"])
    made = actions.make(administrator, Wave(
        name="上半年客户关系调查", questionnaire=form, opens=day, closes=day + timedelta(days=20), rivals=["海川电器"],
        keep_until=day + timedelta(days=300), period="2025", sender="大客户部", purpose="把下一季的合作做得更好",
    ))  # fmt: skip
    actions.ask_name(administrator, made, Account.objects.get(code=served.mine), "王丽娟", email="wang@example.com")
    actions.begin(administrator, made.pk)
    return Respondent.objects.select_related("wave").get()


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_surveys_is_sound(
    visit: Visit, served: Any, administrator: User, person: Respondent, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    wave, form = person.wave.get_absolute_url(), person.wave.questionnaire.get_absolute_url()
    answering = link.address_of(person)
    places = [
        "/surveys/", "/surveys/new/", wave, f"{wave}edit/", f"{wave}links/", f"{wave}at/{quote(served.mine)}/",
        "/surveys/people/", person.get_absolute_url(), "/surveys/questionnaires/", "/surveys/questionnaires/new/", form,
        f"{form}preview/", f"{form}questions/new/", f"{form}questions/trust_1/",
        f"/accounts/{quote(served.mine)}/?tab=satisfaction", answering,
        f"{answering}?p=0", f"{answering}?p=3", f"{answering}?p=4",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=True)
def test_from_the_link_to_the_thanks(visit: Visit, person: Respondent) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 800})
    visit.open(link.address_of(person))
    page.locator("a.btn-primary").click()
    page.locator("input[name=trust_1][value='6']").check()
    page.locator("form.form-one button[value=next]").click()
    page.locator("input[name=nps][value='9']").check()
    for _each in range(4):
        page.locator("form.form-one button[value=next]").click()
    page.get_by_text("谢谢您的回答").wait_for()

    person.refresh_from_db()
    assert (person.reached, person.answers) == (Reached.ANSWERED, {"trust_1": 6, "nps": 9})
