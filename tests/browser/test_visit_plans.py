"""A plan of visits in a browser: sound on a desk and on a phone; a proposal moved by mouse or keyboard, accepted, given back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.visit_plans import actions
from vitalfew.visit_plans.models import Proposal, VisitPlan
from vitalfew.visit_plans.words import PlanState

from .conftest import Visit
from .test_pages import unsound

pytestmark = pytest.mark.browser
WEEK = timedelta(days=7)


@pytest.fixture
def plan(served: Any, administrator: User) -> VisitPlan:
    """Three weeks of a manager with one proposal, worked out."""
    manager, today = served.user("manager"), timezone.localdate()
    monday = today - timedelta(days=today.weekday()) + WEEK
    fields = {"since": monday, "weeks": 3, "most_a_day": 2, "most_a_week": 4}
    made = actions.ask(administrator, fields, [manager])
    VisitPlan.objects.filter(pk=made.pk).update(state=PlanState.DONE)
    account = Account.objects.get(code=served.mine)
    Proposal.objects.create(plan=made, account=account, person=manager, day=monday + 2 * WEEK)
    return made


@pytest.mark.parametrize(("visit", "width"), [("zh-hans", 1440), ("en", 390)], indirect=["visit"])
def test_every_page_of_plans_is_sound(visit: Visit, administrator: User, plan: VisitPlan, width: int) -> None:
    visit.sign_in(administrator)
    visit.page.set_viewport_size({"width": width, "height": 900})
    places = ["/visits/plan/", "/visits/plan/new/", f"/visits/plan/{plan.pk}/", "/workdays/", "/workdays/new/"]

    assert [fault for path in places for fault in unsound(visit, path, width)] == []
    visit.open(f"/visits/plan/{plan.pk}/")
    visit.page.locator(".plan-visit summary").click()
    assert visit.serious() == []
    assert visit.troubles == []


def test_a_proposal_is_dragged_to_another_week(visit: Visit, administrator: User, plan: VisitPlan) -> None:
    visit.sign_in(administrator)
    visit.open(f"/visits/plan/{plan.pk}/")
    with visit.page.expect_navigation():
        visit.page.locator("[data-proposal]").drag_to(visit.page.locator("[data-week]").nth(1))

    row = plan.proposals.get()
    assert (row.by_hand, row.monday) == (True, plan.since + WEEK)
    assert visit.troubles == []


def test_a_week_that_does_not_fit_is_said_and_nothing_moves(visit: Visit, administrator: User, plan: VisitPlan) -> None:
    row = plan.proposals.get()
    Proposal.objects.create(plan=plan, account=row.account, person=row.person, day=plan.since)
    visit.sign_in(administrator)
    visit.open(f"/visits/plan/{plan.pk}/")
    with visit.page.expect_navigation():
        visit.page.locator(f"[data-proposal='{row.pk}']").drag_to(visit.page.locator("[data-week]").nth(0))

    assert visit.page.get_by_text("这一周已有对该客户的其他拜访").is_visible()
    assert plan.proposals.get(pk=row.pk).monday == row.monday
    assert visit.troubles == []


def test_the_keyboard_alone_moves_accepts_and_gives_back(visit: Visit, administrator: User, plan: VisitPlan) -> None:
    visit.sign_in(administrator)
    visit.open(f"/visits/plan/{plan.pk}/")
    visit.page.locator(".plan-visit summary").focus()
    visit.page.keyboard.press("Enter")
    visit.page.locator(".plan-visit select[name=week]").select_option((plan.since + WEEK).isoformat())
    with visit.page.expect_navigation():
        visit.page.locator(".plan-visit select[name=week]").evaluate("each => each.form.requestSubmit()")
    assert plan.proposals.get().monday == plan.since + WEEK

    with visit.page.expect_navigation():
        visit.page.locator(".page-actions .btn-primary").press("Enter")
    assert plan.proposals.get().state == "accepted"
    with visit.page.expect_navigation():
        visit.page.locator(".toast-line button", has_text="撤销").click()
    assert plan.proposals.get().state == "open"
    assert visit.troubles == []
