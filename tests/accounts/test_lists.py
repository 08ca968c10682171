"""The list of accounts: exported as people read it, assigned in bulk, and given back."""

import csv
import io

import pytest

from vitalfew.accounts.columns import FILTERS
from vitalfew.accounts.models import Account
from vitalfew.people.models import AuditEntry

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def director(house, client):
    client.force_login(house.user("director"), backend=BACKEND)
    return client


def test_an_export_says_codes_in_words(director):
    director.cookies["django_language"] = "en"
    body = b"".join(director.get("/accounts-export/?format=csv").streaming_content).decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(body)))

    assert {row["Tier"] for row in rows} & {"Most valuable", "Others", "Growth unknown"}
    assert "mvc" not in body


def test_accounts_assigned_in_bulk_go_back_with_one_click(director):
    before = dict(Account.objects.order_by("code")[:3].values_list("code", "manager__username"))

    answer = director.post("/accounts-assign/", {"code": list(before), "manager": "other"}, follow=True)
    assert "undo:/accounts-assign/undo/" in answer.content.decode()
    assert set(Account.objects.filter(code__in=before).values_list("manager__username", flat=True)) == {"other"}
    director.post("/accounts-assign/undo/")

    assert dict(Account.objects.filter(code__in=before).values_list("code", "manager__username")) == before
    assert AuditEntry.objects.filter(action="account-assign").exists()


def test_only_who_may_assign_takes_back(house, client):
    client.force_login(house.user("manager"), backend=BACKEND)

    assert client.post("/accounts-assign/undo/").status_code == 403


@pytest.mark.parametrize("shown", [False, True])
def test_a_phone_offers_more_only_where_there_is_more(house, client, monkeypatch, shown):
    from vitalfew.outlets import frame

    near = [entry for entry in frame.entries() if shown or entry.icon in {"today", "accounts", "complaints"}]
    monkeypatch.setattr(frame, "entries", lambda: near)
    client.force_login(house.user("director"), backend=BACKEND)
    bar = client.get("/accounts/").content.decode().partition('<nav class="bottombar"')[2]

    assert ("<span>更多</span>" in bar) is shown


def sidebar(client, path):
    return client.get(path).content.decode().partition('<nav class="sidebar"')[2].partition("</nav>")[0]


def test_the_menu_folds_what_belongs_to_another_section(house, client):
    client.force_login(house.user("director"), backend=BACKEND)

    assert 'href="/duplicates/"' not in sidebar(client, "/accounts/")
    for path in ("/data/", "/duplicates/"):
        assert '<li class="part"><a href="/duplicates/"' in sidebar(client, path)


def test_what_is_under_a_section_one_may_not_see_stands_by_itself(house, client):
    client.force_login(house.user("manager"), backend=BACKEND)

    shown = sidebar(client, "/accounts/")
    assert 'href="/data/"' not in shown
    assert '<li><a href="/duplicates/"' in shown


def test_each_filter_offers_its_words_and_shows_the_one_chosen(director):
    page = director.get("/accounts/", {"tier": "mvc", "risk": "high"}).content.decode()

    for each in FILTERS:
        for word in each.words:
            assert f'<option value="{word.value}"' in page, (each.name, word.value)
    assert '<option value="mvc" selected>' in page
    assert '<option value="high" selected>' in page


def test_whoever_looks_after_no_accounts_gets_none(director):
    code = Account.objects.exclude(manager=None).order_by("code").first().code
    before = Account.objects.get(code=code).manager

    for name in ("nobody-of-this-name", "analyst"):
        answer = director.post("/accounts-assign/", {"code": [code], "manager": name}, follow=True)
        assert "undo:" not in answer.content.decode()
        assert Account.objects.get(code=code).manager == before


def test_what_somebody_else_assigned_meanwhile_stays(house, director):
    codes = list(
        Account.objects.filter(manager__username="manager").order_by("code").values_list("code", flat=True)[:2]
    )
    director.post("/accounts-assign/", {"code": codes, "manager": "other"})
    Account.objects.filter(code=codes[0]).update(manager=house.user("director"))

    director.post("/accounts-assign/undo/")

    managers = dict(Account.objects.filter(code__in=codes).values_list("code", "manager__username"))
    assert managers == {codes[0]: "director", codes[1]: "manager"}
