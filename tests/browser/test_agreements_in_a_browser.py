"""Agreements in a browser: sound on a desk and on a phone; a price rule is added and taken back by a click."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.agreements import actions, breaching, composing
from vitalfew.agreements.models import Agreement, Breach
from vitalfew.approvals import actions as approvals
from vitalfew.people.models import User

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


@pytest.fixture
def agreed(served: Any, administrator: User) -> Agreement:
    """One in force, and the next one begun from it."""
    today = timezone.localdate()
    row = actions.write(administrator, Account.objects.get(code=served.mine), {
        "number": "HZ-2026-001", "title": "年度合作协议", "kind": "annual", "since": today - timedelta(days=300),
        "until": today + timedelta(days=64), "renewal": "automatic", "notice_days": 30, "value": Decimal("12345678.90"),
        "currency": "CNY", "owner": administrator, "note": "以签字盖章的文本为准。",
    })  # fmt: skip
    for side, measure, target in (("theirs", "sales", 9_000_000), ("ours", "delivery", 95), ("theirs", "none", None)):
        composing.put_in(administrator, row.pk, "obligation", {
            "side": side, "text": "按约定履行", "rhythm": "year", "measure": measure, "target": target,
        })  # fmt: skip
    span = {"since": row.since, "until": row.until}
    composing.put_in(administrator, row.pk, "rule", {**span, "kind": "discount", "value": Decimal(15)})
    asked = actions.ask(administrator, row.pk).approval
    assert asked is not None
    approvals.approve(served.user("director"), asked.pk, asked.version)
    return actions.renew(administrator, row.pk)


@pytest.fixture
def broken(administrator: User, agreed: Agreement) -> Breach:
    assert agreed.before is not None
    return breaching.record(administrator, agreed.before.pk, {
        "side": "ours", "broken_on": timezone.localdate(), "text": "返利晚结了三周。", "evidence": "到账日期。",
    })  # fmt: skip


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_agreements_is_sound(
    visit: Visit, served: Any, administrator: User, agreed: Agreement, broken: Breach, width: int
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    code, draft, now = quote(served.mine), f"/agreements/{agreed.pk}/", f"/agreements/{agreed.before_id}/"
    places = [
        "/agreements/", f"/agreements/new/?account={code}", draft, f"{draft}edit/", f"{draft}compare/",
        f"{draft}add/obligation/", f"{draft}add/rule/", now, f"{now}edit/", f"{now}prices/", f"{now}breach/",
        "/agreements/breaches/", f"/agreements/breaches/{broken.pk}/", f"/accounts/{code}/?tab=agreements",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_a_price_rule_is_added_and_taken_back_by_a_click(visit: Visit, administrator: User, agreed: Agreement) -> None:
    visit.sign_in(administrator)
    visit.open(agreed.get_absolute_url())
    visit.page.get_by_role("link", name="新增价格条款").click()
    visit.page.locator("#id_from_quantity").fill("100")
    visit.page.locator("#id_value").fill("18")
    visit.page.get_by_role("button", name="保存").click()
    visit.page.get_by_text("18%").first.wait_for()
    visit.page.get_by_role("button", name="撤销").click()
    visit.page.get_by_text("18%").first.wait_for(state="detached")

    assert agreed.pricerules.filter(put_away_at=None).count() == 1
