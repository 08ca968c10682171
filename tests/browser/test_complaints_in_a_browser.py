"""Complaints in a browser: sound on a desk and on a phone, taken in on a phone, told from outside."""

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.complaints import actions, address, claiming, compensating, eight_d_acting, intake, proceeding, voice
from vitalfew.complaints.models import Complaint, EffectCheck, Inquiry
from vitalfew.people.models import User

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def complaint(served: Any, administrator: User) -> Complaint:
    """Assessed, with money given and claimed, and one like it."""
    account, today = Account.objects.get(code=served.mine), timezone.localdate()
    told = {
        "account": account,
        "text": "冰箱压缩机异响，师傅说要换",
        "effect": "loss",
        "batch": "B-77",
        "product": "P-1",
    }
    intake.write_down(administrator, told)
    row = intake.write_down(administrator, told)
    row = proceeding.assess(administrator, row.pk, row.version, effect="loss", grows=False)
    compensating.compensate(administrator, row.pk, row.version, amount=Decimal(500), why="运费")
    claiming.claim(administrator, row.pk, {
        "party": "carrier", "name": "顺达物流", "what": "破损", "amount": Decimal(800), "claimed_on": today, "due": today,
    })  # fmt: skip
    actions.take_in(administrator, {"text": "无名", "company": "某门店"})
    return Complaint.objects.get(pk=row.pk)


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_complaints_is_sound(
    visit: Visit, served: Any, administrator: User, complaint: Complaint, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    at, report = complaint.get_absolute_url(), eight_d_acting.begin(administrator, complaint.pk).get_absolute_url()
    check = EffectCheck.objects.create(
        complaint=complaint, measure="更换焊枪", since=timezone.localdate(), due=timezone.localdate()
    ).get_absolute_url()
    asked = Inquiry.objects.create(
        account=complaint.account, kind="drop", since=timezone.localdate(), seen=2.0, usual=9.0, question="?"
    ).get_absolute_url()
    places = [
        "/complaints/", "/complaints/new/", at, f"{at}edit/", f"{at}compensate/", f"{at}silent/", f"{at}claim/",
        "/complaints/wall/", "/complaints/claims/", "/complaints/figures/", "/complaints/times/",
        "/complaints/checks/", check, "/complaints/questions/", asked, "/complaints/8d/", report, f"{report}d4/",
        f"/accounts/{quote(served.mine)}/?tab=complaints", "/voice/", address.of(complaint),
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=True)
def test_from_the_open_form_to_the_link(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice, "SOONEST", 0)
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    visit.open("/voice/")
    page.get_by_label("发生了什么？").fill("送来的柜机少了一箱配件")
    page.get_by_role("button", name="提交").click()
    page.get_by_text("您的投诉C-").first.wait_for()

    assert Complaint.objects.filter(text="送来的柜机少了一箱配件", channel="web").exists()
