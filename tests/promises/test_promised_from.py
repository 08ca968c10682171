"""A promise is made in one step from a complaint, an order, a plan's action and an obligation, and both sides show it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.agreements.models import Agreement, Obligation
from vitalfew.complaints.models import Complaint
from vitalfew.plans.models import Plan, Step
from vitalfew.promises import came_from
from vitalfew.promises.models import Promise

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = timedelta(days=1)
KINDS = ("complaint", "order", "step", "obligation")


def today():
    return timezone.localdate()


def _complaint(account, _user):
    [brought, *_others] = facts_of.complaints(HOME[0], account.codes)
    row, _new = Complaint.objects.get_or_create(
        number=brought["complaint_id"], defaults={"account": account, "received_on": today()}
    )
    return f"complaint:{row.number}", f"/why/facts/complaint/?account={account.code}&of={row.number}"


def _order(account, _user):
    [row] = facts_of.orders(HOME[0], account.codes, 1)
    return f"order:{row['order_id']}", f"/why/facts/order/?account={account.code}&of={row['order_id']}"


def _step(account, user):
    plan = Plan.objects.create(
        account=account,
        title="一户一策",
        since=today(),
        until=today() + 90 * DAY,
        review_on=today() + 30 * DAY,
        owner=user,
    )
    row = Step.objects.create(plan=plan, text="样品送到", owner=user, due=today() + 9 * DAY)
    return f"step:{row.pk}", plan.get_absolute_url()


def _obligation(account, user):
    agreement = Agreement.objects.create(
        account=account, title="年度协议", kind="annual", since=today(), renewal="none", owner=user, state="in-force"
    )
    row = Obligation.objects.create(
        agreement=agreement, side="ours", text="免费培训", rhythm="once", due=today() + 20 * DAY, measure="none"
    )
    return f"obligation:{row.pk}", agreement.get_absolute_url()


HOME = []
MAKE = {"complaint": _complaint, "order": _order, "step": _step, "obligation": _obligation}


@pytest.fixture
def mine(house):
    """An account of the manager's that complained once."""
    HOME[:] = [house.home]
    rows = Account.objects.visible_to(house.user("manager"))
    return next(row for row in rows if facts_of.complaints(house.home, row.codes, 1))


@pytest.fixture
def record(request, house, mine):
    """What one promises from, and the page that shows it."""
    return MAKE[request.param](mine, house.user("manager"))


def way(browser, page):
    """Where the button on a page leads."""
    [address, *_others] = re.findall(
        r'href="(/promises/new/\?account=[^"]+from=[^"]+)"', browser.get(page).content.decode()
    )
    return unescape(address)


@pytest.mark.parametrize("record", KINDS, indirect=True)
def test_one_step_leads_there_and_both_sides_show_it(house, client, mine, record):
    named, page = record
    browser = signed_in(house, client, "manager")
    address = way(browser, page)
    form = browser.get(address).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said |= {"text": said["text"] or "答应的事", "due": said["due"] or (today() + 5 * DAY).isoformat()}

    made = browser.post(address, said)

    row = Promise.objects.get()
    assert made.url == row.get_absolute_url()
    assert (row.source, row.account) == (named, mine)
    assert f'href="{came_from.found(house.user("manager"), mine, named).url}"' in browser.get(made.url).content.decode()
    assert row.get_absolute_url() in browser.get(page).content.decode()


@pytest.mark.parametrize("record", ["step", "obligation"], indirect=True)
def test_what_is_known_is_not_typed_again(house, client, record):
    named, page = record
    browser = signed_in(house, client, "manager")

    form = browser.get(way(browser, page)).context["form"]

    row = (Step if named.startswith("step") else Obligation).objects.get()
    assert (form["text"].value(), form["due"].value()) == (row.text, row.due)
    assert form["origin"].value() == {"step": "plan", "obligation": "agreement"}[named.partition(":")[0]]


@pytest.mark.parametrize("named", ["step:", "step:x", "step:999999999999999999999999", "nothing:1", "order:none"])
def test_a_record_that_is_not_there_is_not_found(house, client, mine, named):
    browser = signed_in(house, client, "manager")

    assert browser.get("/promises/new/", {"account": mine.code, "from": named}).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_another_account_s_record_is_not_found(house, client, mine, kind):
    theirs = Account.objects.get(code=house.foreign)
    named, _page = MAKE[kind](theirs, house.user("director"))
    browser = signed_in(house, client, "manager")

    assert browser.get("/promises/new/", {"account": mine.code, "from": named}).status_code == 404
    assert browser.get("/promises/new/", {"account": theirs.code, "from": named}).status_code == 404


@pytest.mark.parametrize("record", ["step"], indirect=True)
def test_over_the_api_it_says_where_it_came_from(house, client, mine, record):
    named, _page = record
    sent = {"account": mine.code, "text": "样品", "due": (today() + DAY).isoformat(), "origin": "plan"}
    browser = signed_in(house, client, "manager")

    def add(key, **more):
        return browser.post(
            "/api/v1/promises", {**sent, **more}, "application/json",
            headers={"Authorization": f"Bearer {house.tokens['manager']}", "Idempotency-Key": key},
        )  # fmt: skip

    assert add("a", source=named).json()["source"] == named
    assert add("b", source="step:0").status_code == 409
