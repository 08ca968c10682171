"""What is agreed on about data with an account, by whom, and who sees it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.exchange import actions, personal, questions, taking
from vitalfew.exchange.models import DataContent, DataExchange
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Standing, Way
from vitalfew.outlets.search import hits
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Traces

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def agreed(house, code=None, **fields):
    account = Account.objects.get(code=code or house.mine)
    known = {"sell_out": "daily", "stock": "daily", "since": timezone.localdate() - timedelta(days=30), "offers": []}
    return actions.agree(house.user("director"), account, {**known, **fields})


def test_it_is_agreed_corrected_put_away_and_fetched_back(house, client):
    page = signed_in(house, client, "manager")
    sent = {"since": "2026-01-05", "sell_out": "daily", "due_days": "2", "way": "portal", "offers": ["availability"],
            "owner": house.user("manager").username, "tolerance": "5"}  # fmt: skip
    empty = page.post(
        f"/exchange/new/?account={house.mine}", {**sent, "sell_out": "", "offers": [], "until": "2025-01-01"}
    )
    assert empty.status_code == 422
    assert {"sell_out", "until"} <= set(empty.context["form"].errors)
    made = page.post(f"/exchange/new/?account={house.mine}", sent)
    row = DataExchange.objects.get()

    assert made.url == row.get_absolute_url()
    assert (row.account.code, row.due_days, row.offers) == (house.mine, 2, ["availability"])
    assert (
        row.get_absolute_url()
        in page.get(f"/accounts/{house.mine}/?tab=supply", headers={"HX-Request": "true"}).content.decode()
    )
    again = page.post(f"/exchange/new/?account={house.mine}", sent)
    assert again.status_code == 422
    changed = page.post(f"/exchange/{row.pk}/edit/", {**sent, "version": "1", "offers": ["shipments", "proposal"]})
    assert changed.status_code == 302
    row.refresh_from_db()
    assert [each.value for each in row.offered] == ["shipments", "proposal"]
    told = AuditEntry.objects.get(action="dataexchange-offers")
    assert told.changes == {"offers": [["availability"], ["shipments", "proposal"]]}
    page.post(f"/exchange/{row.pk}/put-away/")
    other = agreed(house)
    with pytest.raises(NotPossible):
        actions.fetch_back(house.user("manager"), row.pk)
    actions.put_away(house.user("director"), other.pk)
    assert actions.fetch_back(house.user("manager"), row.pk).put_away_at is None


def test_only_who_is_near_changes_it_and_nobody_writes_over_another(house, client):
    row = agreed(house, house.foreign, note="机密备注")

    with pytest.raises(DataExchange.DoesNotExist):
        actions.change(house.user("manager"), row.pk, 1, {"due_days": 9})
    with pytest.raises(Forbidden):
        actions.agree(house.user("analyst"), row.account, {})
    actions.change(house.user("director"), row.pk, 1, {"due_days": 9})
    with pytest.raises(Stale):
        actions.change(house.user("director"), row.pk, 1, {"due_days": 4})
    assert signed_in(house, client, "manager").get(row.get_absolute_url()).status_code == 404
    assert row.account.name not in client.get("/exchange/").content.decode()
    assert not [hit for hit in hits(house.user("manager"), "机密备注", 9) if hit.kind == "exchange"]
    assert [hit.url for hit in hits(house.user("director"), "机密备注", 9) if hit.kind == "exchange"] == [
        row.get_absolute_url()
    ]


def test_the_list_says_who_owes_what(house):
    today = timezone.localdate()
    row = agreed(house)
    states = {}
    later, over = {"since": today + timedelta(days=1)}, {"since": date(2020, 1, 1), "until": date(2020, 2, 1)}
    for fields in ({"owes": 2}, {"owes": 0}, later, over):
        DataExchange.objects.filter(pk=row.pk).update(**fields)
        row.refresh_from_db()
        states[row.standing] = [word for word in Standing if DataExchange.objects.standing(word, today).exists()]

    assert states == {word: [word] for word in Standing}


def test_a_person_is_forgotten(house):
    row = agreed(house, note="请找黄小姐")
    data = "日期,产品编码,销量,门店,备注\n2026-11-01,NO,1,黄小姐店,黄小姐报\n2026-11-02,NO,1,东店,\n".encode()
    file = taking.take(house.user("director"), row.pk, Sent("黄小姐.csv", data, Way.UPLOAD))
    traces = Traces(frozenset(), frozenset(), frozenset({"黄小姐"}), frozenset(), frozenset({house.mine}))

    assert len(list(personal.told(traces))) == 4
    personal.forget(traces)
    row.refresh_from_db()
    file.refresh_from_db()
    assert "黄小姐" not in f"{row.note} {file.name} {[each.written for each in file.refusals.all()]}"
    assert not DataContent.objects.filter(file=file).exists()
    assert file.sha256
    assert list(personal.told(traces)) == []
    assert questions.of_account(house.user("director"), row.account) == row
