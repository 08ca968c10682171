"""Intelligence and the directory in a browser: sound on a desk and on a phone; undone by a click; a like name warns."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.directory import actions as directory
from vitalfew.directory.models import Organisation
from vitalfew.intelligence import actions as intelligence
from vitalfew.intelligence.models import Intelligence
from vitalfew.people.models import User

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser


def told(value: str, **said: Any) -> dict[str, Any]:
    today = timezone.localdate()
    plain = dict.fromkeys(("region", "category", "detail"), "")
    return {
        **plain, "competitor": "沃岭电器", "kind": "offer", "text": f"报价 {value}", "attribute": "price", "value": value,
        "source_kind": "press", "source": value, "person": None, "day": today, "reliability": "B", "credibility": 3,
        "valid_until": today + timedelta(days=9), **said,
    }  # fmt: skip


@pytest.fixture
def heard(served: Any, administrator: User) -> list[Intelligence]:
    """Two facts at odds of one account."""
    account = Account.objects.get(code=served.mine)
    return [intelligence.write_down(administrator, account, told(value)) for value in ("2150", "2080")]


@pytest.fixture
def carrier(served: Any, administrator: User) -> Organisation:
    flags = {"distributor": False, "agent": False, "supplier": False, "carrier": True}
    made = directory.add(administrator, {"name": "唐山冀通顺达物流有限公司", "phone": "0315-1", **flags})
    directory.serve(administrator, made.pk, Account.objects.get(code=served.mine), {"kind": "carrier", "since": None})
    return made


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_both_rooms_is_sound(
    visit: Visit,
    served: Any,
    administrator: User,
    heard: list[Intelligence],
    carrier: Organisation,
    width: int,
) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    one, code = heard[0].pk, quote(served.mine)
    rival = heard[0].competitor_id
    places = [
        f"/intelligence/{one}/", f"/intelligence/{one}/edit/", f"/intelligence/new/?account={code}", "/intelligence/",
        "/intelligence-contradictions/", f"/competitors/{rival}/", f"/competitors/{rival}/edit/",
        f"/accounts/{code}/?tab=intelligence", f"/accounts/{code}/?tab=supply", "/directory/", "/directory-found/",
        "/directory-import/", f"/directory/{carrier.pk}/", f"/directory/{carrier.pk}/edit/", "/directory/new/",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_settling_is_undone_by_a_click(visit: Visit, administrator: User, heard: list[Intelligence]) -> None:
    visit.sign_in(administrator)
    visit.open(f"/intelligence/{heard[0].pk}/")
    visit.page.get_by_role("button", name="以此为准").first.click()
    visit.page.get_by_text("已有定论").first.wait_for()
    assert Intelligence.objects.exclude(superseded_by=None).count() == 1

    with visit.page.expect_response("**/unsettle/"):
        visit.page.get_by_role("button", name="撤销").first.click()
    assert not Intelligence.objects.exclude(superseded_by=None).exists()
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_a_like_name_warns_while_it_is_typed(visit: Visit, administrator: User, carrier: Organisation) -> None:
    visit.sign_in(administrator)
    visit.open("/directory/new/")
    visit.page.locator("[name=name]").press_sequentially("冀通顺达物流")

    visit.page.get_by_role("link", name=carrier.name).wait_for()
    assert visit.troubles == []
