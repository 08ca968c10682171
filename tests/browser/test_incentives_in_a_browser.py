"""Incentives in a browser: sound on a desk and on a phone, simulated with its progress shown."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from vitalfew.approvals import actions as approvals
from vitalfew.incentives import accruing, actions, booking, questions
from vitalfew.incentives.models import SchemeVersion, Standing
from vitalfew.incentives.periods import Period
from vitalfew.incentives.simulating import simulate
from vitalfew.people.models import User
from vitalfew.warehouse import scorecards

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser
LISTS: dict[str, Any] = {name: [] for name in ("tiers", "regions", "cooperations", "accounts")}
VOLUME = ("volume", {"steps": [["1000", "1"], ["50000", "2"]], "base": "all"})


def drafted(user: User) -> SchemeVersion:
    shown = scorecards.current()
    assert shown
    year = shown.as_of.year - 1
    span = {"since": date(year, 1, 1), "until": date(year, 12, 31), "every": "year"}
    row = actions.draft(user, {"name": "年度返利", "about": ""}, {**span, **LISTS})
    return actions.put_rules(user, row.pk, row.version, [VOLUME])


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_incentives_is_sound(visit: Visit, served: Any, administrator: User, width: int) -> None:
    row = drafted(administrator)
    asked = actions.ask_simulation(administrator, row.pk)
    assert simulate(asked.pk, asked.run)
    asked.refresh_from_db()
    handed = actions.hand_in(administrator, asked.pk, asked.version)
    assert handed.approval
    approvals.approve(served.user("director"), handed.approval.pk, handed.approval.version)
    accruing.accrue_all(timezone.localdate())
    period = Period(row.since, row.until)
    book = f"/incentives/{row.scheme_id}/book/?since={row.since}&until={row.until}"
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    assert unsound(visit, book, width) == []
    made = booking.book(
        administrator, row.scheme_id, period, sum(questions.open_amounts(row.scheme, period).values()), "k"
    )
    later = actions.next_version(administrator, row.scheme_id)
    standing = Standing.objects.exclude(units=0).select_related("account").order_by("pk")[0]
    places = [
        "/incentives/", "/incentives/new/", f"/incentives/{row.scheme_id}/", f"/incentives/versions/{row.pk}/",
        f"/incentives/versions/{later.pk}/", f"/incentives/versions/{later.pk}/edit/",
        f"/incentives/versions/{later.pk}/rules/growth/", "/incentive-standings/", standing.get_absolute_url(),
        "/incentive-bookings/", made.get_absolute_url(), "/incentive-cases/", "/incentive-cases/new/",
        f"{standing.account.get_absolute_url()}?tab=incentives",
    ]  # fmt: skip

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    assert visit.troubles == []


@pytest.mark.parametrize("visit", ["zh-hans"], indirect=["visit"])
def test_a_version_is_simulated_from_its_page(visit: Visit, administrator: User) -> None:
    row = drafted(administrator)
    visit.sign_in(administrator)
    visit.open(row.get_absolute_url())
    visit.page.get_by_role("button", name="测算", exact=True).click()
    visit.page.locator("progress").wait_for()

    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)

    visit.page.get_by_text("费用为").wait_for()
    assert visit.page.get_by_role("button", name="提交审批").is_visible()
    assert visit.troubles == []
