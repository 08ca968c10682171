"""Training in a browser: sound on a desk and on a phone, and a visitor's way from the QR code to the certificate."""

from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.training import actions, attending, certifying, door
from vitalfew.training.marking import Question
from vitalfew.training.models import Certificate, Programme, Session

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def session(served: Any, administrator: User) -> Session:
    """Of today, with a test and an open door; one came and is certified, one is expected."""
    account = Account.objects.get(code=served.mine)
    programme = actions.make(
        administrator, Programme(title="滚筒洗衣机安装与交付规范", aim="一次到位", valid_months=12)
    )
    made = actions.make(
        administrator, Session(programme=programme, day=timezone.localdate(), place="杭州", trainer=administrator)
    )
    came = attending.came(administrator, actions.expect_name(administrator, made, account, "陈静").pk)
    certifying.issue(administrator, came, made.day)
    actions.expect_name(administrator, made, account, "王丽")
    asked = [Question(text="先拆什么？", choices=["运输螺栓", "面板"], right=[0])]
    actions.set_test(administrator, programme.pk, programme.version, asked, 80, 3)
    door.open_door(administrator, made.pk)
    return made


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_training_is_sound(
    visit: Visit, served: Any, administrator: User, session: Session, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code, held = quote(served.mine), Certificate.objects.get()
    at, of = session.get_absolute_url(), session.programme.get_absolute_url()
    places = [
        "/training/", "/training/new/", at, f"{at}edit/", f"{at}sheet/", "/training/programmes/", of, f"{of}edit/", f"{of}test/",
        "/training/attendees/", "/training/coverage/", "/training/certificates/", held.get_absolute_url(),
        f"/accounts/{code}/?tab=training", f"/join/{door.key_of(session.doors.get())}/", f"/certified/{held.code}/",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=True)
def test_from_the_qr_code_to_the_certificate(visit: Visit, session: Session) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    visit.open(f"/join/{door.key_of(session.doors.get())}/")
    page.fill("[name=name]", "王丽")
    page.check("[name=agreed]")
    page.click("text=签到 >> nth=-1")
    page.click("text=开始考试")
    page.check("[name=choice] >> nth=0")
    page.click("button[value=next]")
    page.click("text=交卷")
    page.wait_for_selector("text=合格，得分100%")
    assert Certificate.objects.filter(name="王丽").count() == 1
    assert visit.troubles == []
