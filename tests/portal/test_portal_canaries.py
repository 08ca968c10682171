"""Nothing internal leaves by the portal: every text of every model is planted, and every page is read."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from test_portal_access import PASSWORD, post_at

from portal.planting import Canaries, Planter
from routes import ours
from vitalfew.accounts.models import Account
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.words import Rhythm
from vitalfew.outbox.models import OutgoingMail
from vitalfew.people.permissions import Right
from vitalfew.portal import actions, invitations, letters
from vitalfew.portal.ordered import orders
from vitalfew.portal.parts import parts
from vitalfew.portal.rights import PortalRight
from vitalfew.promises.models import Promise

pytestmark = [pytest.mark.database, pytest.mark.django_db]
SAID_TO_THEM = {
    "promises.Promise.text", "promises.NewDay.why", "promises.Heard.text", "club.Level.name", "club.Level.name_hant",
    "club.Level.name_en", "club.Benefit.text", "club.Event.title", "club.Event.place", "plans.Plan.title",
    "plans.SharedSection.content", "plans.SharedSection.words", "incentives.Scheme.name", "accounts.AccountFile.name",
    "ideas.Idea.number", "ideas.Idea.text", "ideas.Idea.outcome", "ideas.Remark.text",
    "complaints.Complaint.number", "complaints.Complaint.text", "surveys.Wave.name", "surveys.Wave.purpose",
    "exchange.DataRow.product", "exchange.DataRow.place", "exchange.DataFile.name", "exchange.DataRefusal.value",
    "exchange.DataRefusal.reason",
    "supply.Reservation.product", "peaks.Peak.category", "peaks.Peak.commitment", "peaks.Booking.product",
    "campaigns.Campaign.offers",
}  # fmt: skip
"""The texts that the portal shows of the own account: whatever else is found there is a leak."""
NOT_PLANTED = {"alarms.Wish", "department.Capacity", "complaints.ClosedMonth", "complaints.MonthLine"}
"""One a person of ours, or a month of all accounts: planted once, with the own account."""
BY_COLUMNS = {"number", "ordered_on", "lines", "amount", "currency", "promised_on", "delivered_on", "state"}


@pytest.fixture(scope="module")
def planted(house, django_db_blocker):
    """Everything of the visitor's account, and of another one; gives the canaries and the visitor's browser."""
    with django_db_blocker.unblock():
        return sown(house)


def sown(house):
    canaries, director = Canaries(), house.user("director")
    mine, foreign = (Account.objects.get(code=code) for code in (house.mine, house.foreign))
    post, theirs = post_at(mine), post_at(foreign, "李强", "li@other.example")
    missed = Planter(canaries, "own", mine, director, post.person).everything()
    missed |= Planter(canaries, "other", foreign, director, theirs.person).everything()
    assert set(missed) <= NOT_PLANTED, missed
    Promise.objects.filter(account=mine).update(shared=True)
    DataExchange.objects.update(since=timezone.localdate(), sell_out=Rhythm.DAILY, stock=Rhythm.DAILY)
    wished = {"subsidiaries": False, "parts": [each.name for each in parts()], "until": None}
    access = actions.give(director, post, wished, email=post.person.email)
    visitor = Client()
    visitor.post(letters.path(invitations.open_of(access.user)), {"password": PASSWORD, "again": PASSWORD})
    return canaries, visitor, access


def body(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def crawled(browser, start):
    """Every page that links lead to, from the first on."""
    found, waiting = {}, [start]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        answer = browser.get(path)
        found[path] = (answer.status_code, body(answer))
        if "html" in answer.headers["Content-Type"]:
            waiting += [each for each in re.findall(r'href="(/portal/[^"]*)"', found[path][1]) if each not in found]
    return found


def test_no_page_or_file_of_the_portal_holds_what_is_ours_or_anothers(planted):
    canaries, visitor, _access = planted
    pages = crawled(visitor, "/portal/")
    found = {path: canaries.found(text) for path, (_status, text) in pages.items()}
    leaks = {
        path: {each for each in held if each[1] != "own" or each[0] not in SAID_TO_THEM} for path, held in found.items()
    }

    assert {f"/portal/{each.name}/" for each in parts()} <= set(pages)
    assert {path for path, held in leaks.items() if held} == set(), leaks
    assert {"promises.Promise.text", "club.Event.title", "plans.SharedSection.content"} <= {
        name for held in found.values() for name, _whose in held
    }
    assert {status for path, (status, _text) in pages.items() if "/files/" not in path} == {200}


def test_no_address_of_ours_tells_a_visitor_anything(planted, house):
    canaries, visitor, _access = planted
    wrong, seen = {}, set()
    for path, page in ours():
        if page.right in {Right.OPEN, PortalRight.VISIT, Right.SELF} or path == "/":
            continue
        for pk in ("1", "2"):
            parted = {"<path:code>": house.mine, "<int:pk>": pk, "<slug:name>": "rfm", "<slug:key>": "0" * 32}
            address = path
            for part, value in parted.items():
                address = address.replace(part, value)
            answers = [visitor.get(address), visitor.post(address)]
            seen.add(address)
            for answer in answers:
                if answer.status_code != 404 or canaries.found(body(answer)):
                    wrong[address] = answer.status_code

    assert wrong == {}
    assert len(seen) > 300


def test_search_api_and_errors_tell_a_visitor_nothing(planted, house):
    canaries, visitor, _access = planted
    some = [word for word, (_name, whose) in canaries.planted.items() if whose == "other"][:40]
    addresses = [f"/search/?q={word}" for word in some] + [f"/api/v1/search?q={word}" for word in some]
    addresses += [
        "/api/v1/accounts",
        f"/api/v1/accounts/{house.mine}",
        "/api/v1/promises",
        "/portal/nothing/",
        "/portal/orders/x/",
    ]
    for address in addresses:
        answer = visitor.get(address)
        assert answer.status_code == 404, address
        assert not canaries.found(body(answer).replace(address.partition("=")[2] or "-", "")), address
    assert "data-palette-open" not in visitor.get("/sign-in/2fa/").content.decode()
    assert not canaries.found(visitor.get("/sign-in/2fa/").content.decode())


def test_nobody_else_visits_with_anothers_numbers(planted):
    """What another account's people may answer is not there for these."""
    from vitalfew.club.models import Invited
    from vitalfew.plans.models import SharedSection
    from vitalfew.promises.models import NewDay

    _canaries, visitor, access = planted
    other = {"account": Account.objects.exclude(pk=access.account_id).filter(promises__isnull=False).first()}
    for address, row in (
        ("/portal/club/{}/", Invited.objects.filter(**other).first()),
        ("/portal/promises/{}/heard/", Promise.objects.filter(**other).first()),
        ("/portal/promises/days/{}/", NewDay.objects.filter(promise__account=other["account"]).first()),
        ("/portal/plan/{}/", SharedSection.objects.filter(plan__account=other["account"]).first()),
    ):
        assert row is not None, address
        assert visitor.post(address.format(row.pk), {"agreed": "1", "answer": "yes"}).status_code == 404, address


def test_the_letter_holds_no_canary(planted):
    canaries, _visitor, access = planted
    letter = OutgoingMail.objects.get(about=access.subject)

    assert not canaries.found(" ".join((letter.title, letter.button, letter.url, *letter.paragraphs)))


def test_orders_are_told_by_these_columns_alone(house):
    told = orders(Account.objects.get(code=house.mine), {})

    assert told
    assert all(set(each) == BY_COLUMNS for each in told)
    assert all(each["ordered_on"] <= timezone.localdate() for each in told)
