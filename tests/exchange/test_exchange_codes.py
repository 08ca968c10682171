"""What an account calls our products: matched by hand, file and API, used wherever its data is read, taken again once matched."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.models import Account
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import again, examples, matching, reading, taking
from vitalfew.exchange.models import DataExchange, DataFile, DataRefusal, DataRow, OwnCode
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Taking, Way
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def products(house):  # noqa: ARG001  (its facts are read)
    return sorted(product_codes())[:3]


def day(back):
    return timezone.localdate() - timedelta(days=back)


def send(house, row, *lines, name="week.csv"):
    data = "\n".join(["date,product,sold,stock", *(",".join(map(str, line)) for line in lines)])
    return taking.take(house.user("director"), row.pk, Sent(name, data.encode(), Way.UPLOAD))


def current(row):
    rows = DataRow.objects.filter(account=row.account, current=True)
    return {(each.measure, each.product, each.day): each.quantity for each in rows}


def test_rows_of_an_unknown_code_are_refused_offered_and_taken_once_it_is_matched(house, client, products):
    row, a = agreed(house), products[0]
    first = send(house, row, (day(3), "THEIRS", 4, 40), (day(2), a, 1, 9))
    assert (first.taking, first.rows_refused) == (Taking.PARTLY, 1)
    page = signed_in(house, client, "manager")
    assert "THEIRS" in page.get(row.get_absolute_url()).content.decode()
    here = f"/exchange/{row.pk}/codes/"
    (each,) = page.get(here).context["unmatched"]
    assert (each.code, each.rows, each.like) == ("THEIRS", 1, "")
    wrong = page.post(f"{here}match/", {"code": "THEIRS", "product": "NOT-OURS"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["product"])

    assert page.post(f"{here}match/", {"code": "THEIRS", "product": a}).status_code == 302

    assert current(row)["sold", a, day(3)] == 4
    assert DataRefusal.objects.get().again
    last = DataFile.objects.latest("pk")
    assert (last.rows_taken, b"THEIRS" in last.content.data) == (1, True)
    first.refresh_from_db()
    assert first.rows_refused == 1
    assert page.get(here).context["unmatched"] == []
    send(house, row, (day(1), "THEIRS", 6, 34), name="next.csv")
    assert current(row)["sold", a, day(1)] == 6
    entry = AuditEntry.objects.get(action="owncode-add")
    assert entry.changes["code"] == [None, "THEIRS"]
    assert entry.changes["product"] == [None, a]


def test_an_older_row_never_corrects_what_a_later_file_told(house, products):
    row, (a, *_more) = agreed(house), products
    send(house, row, (day(3), "OLD", 4, 40), (day(2), "OLD", 5, 35))
    send(house, row, (day(3), a, 7, ""), name="later.csv")
    matching.match(house.user("director"), row.account, "OLD", a)

    assert current(row)["sold", a, day(3)] == 7
    assert current(row)["stock", a, day(3)] == 40
    assert current(row)["sold", a, day(2)] == 5
    assert again.take(house.user("director"), row) is None


def test_two_codes_of_one_product_are_never_taken_for_the_same_row(house, products):
    row, a = agreed(house), products[0]
    for code in ("X1", "X2"):
        matching.match(house.user("director"), row.account, code, a)
    file = send(house, row, (day(3), "X1", 4, ""), (day(3), "X2", 5, ""))
    assert (file.rows_taken, [each.reason for each in file.refusals.all()]) == (1, ["duplicate-key"])
    assert file.refusals.get().written["product"] == "X2"


def test_a_code_of_one_account_says_nothing_of_another(house, client, products):
    row, theirs = agreed(house), agreed(house, house.foreign)
    matching.match(house.user("director"), theirs.account, "SECRET", products[0])
    assert send(house, row, (day(3), "SECRET", 4, 40)).rows_taken == 0
    page = signed_in(house, client, "manager")
    code = OwnCode.objects.get()
    assert page.get(code.get_absolute_url()).status_code == 404
    assert page.get(f"/exchange/{theirs.pk}/codes/").status_code == 404
    assert "SECRET" not in page.get("/exchange/codes/").content.decode()
    with pytest.raises(NotPossible):
        matching.match(house.user("manager"), Account.objects.get(code=house.foreign), "M", products[0])
    with pytest.raises(Forbidden):
        matching.put_away(house.user("analyst"), code.pk)


def test_a_file_of_codes_adds_and_corrects_and_says_what_it_could_not_take(house, client, products):
    row, (a, b, _c) = agreed(house), products
    matching.match(house.user("director"), row.account, "K1", a)
    matching.match(house.user("director"), row.account, "K2", a)
    lines = [f"K1,{a}", f"K2,{b}", f"K3,{b}", "K4,NOT-OURS", f"K5,{a}", f"K5,{b}", f"{'L' * 101},{a}", f",{a}"]
    data = "\n".join(["客户料号,我方产品编码", *lines]).encode("gb18030")
    page = signed_in(house, client, "manager")
    shown = page.post(f"/exchange/{row.pk}/codes/file/", {"file": SimpleUploadedFile("codes.csv", data)})

    filled = shown.context["filled"]
    assert (filled.new, filled.changed, filled.same) == (2, 1, 1)
    assert sorted((line, why) for line, _name, _value, why in filled.rejected) == [
        (5, "unknown-product"), (7, "duplicate-key"), (8, "too_long"), (9, "missing"),
    ]  # fmt: skip
    assert dict(OwnCode.objects.values_list("code", "product")) == {"K1": a, "K2": b, "K3": b, "K5": a}
    broken = page.post(f"/exchange/{row.pk}/codes/file/", {"file": SimpleUploadedFile("codes.csv", b"a,b\n1,2\n")})
    assert (broken.status_code, "file" in broken.context["sheet"].errors) == (422, True)


def test_it_is_corrected_put_away_and_fetched_back(house, client, products):
    row, (a, b, _c) = agreed(house), products
    page = signed_in(house, client, "manager")
    code = matching.match(house.user("manager"), row.account, "K1", a)
    with pytest.raises(NotPossible):
        matching.match(house.user("manager"), row.account, "K1", b)
    assert page.post(code.get_absolute_url(), {"version": "1", "product": b}).status_code == 302
    assert page.post(code.get_absolute_url(), {"version": "1", "product": a}).status_code == 409
    page.post(f"{code.get_absolute_url()}put-away/")
    assert send(house, row, (day(3), "K1", 4, 40)).rows_taken == 0
    other = matching.match(house.user("manager"), row.account, "K1", a)
    assert other.rows_again == 1
    with pytest.raises(NotPossible):
        matching.fetch_back(house.user("manager"), code.pk)
    assert client.get("/exchange/codes/?format=csv").status_code in {200, 404}


def test_a_product_that_comes_later_lets_its_rows_be_taken(house, client, monkeypatch):
    row = agreed(house)
    send(house, row, (day(3), "NEW-ONE", 4, 40))
    known = product_codes()
    for module in (reading, again):
        monkeypatch.setattr(module, "product_codes", lambda: known | {"NEW-ONE"})
    page, here = signed_in(house, client, "manager"), f"/exchange/{row.pk}/codes/"
    assert page.get(here).context["waiting"] == 1
    page.post(f"{here}again/")
    assert current(row)["sold", "NEW-ONE", day(3)] == 4
    assert page.post(f"{here}again/").url == here


def test_ours_that_differs_in_its_writing_alone_is_offered():
    assert again.plain("BX-007a") == again.plain("bx 7A") == "bx7a"
    assert again.plain("BX-100") != again.plain("BX-1")


def test_over_the_api(house, products):
    row, a = agreed(house), products[0]
    calls = Client(headers={"Authorization": f"Bearer {house.tokens['director']}"})
    told = {"account": house.mine, "rows": [{"product": "T-1", "date": str(day(3)), "quantity": "4"}]}
    calls.post("/api/v1/exchange/sell-out", told, content_type="application/json")
    (code,) = calls.get(f"/api/v1/exchange/agreements/{row.pk}/unmatched").json()
    assert (code["code"], code["rows"]) == ("T-1", 1)
    new = {"account": house.mine, "code": "T-1", "product": a}
    made = calls.post("/api/v1/exchange/codes", new, content_type="application/json")
    assert (made.status_code, made.json()["product"]) == (201, a)
    assert current(row)["sold", a, day(3)] == 4
    assert calls.post("/api/v1/exchange/codes", new, content_type="application/json").status_code == 409
    assert calls.post(f"/api/v1/exchange/agreements/{row.pk}/again").status_code == 200
    assert calls.get("/api/v1/exchange/codes").json()["items"][0]["code"] == "T-1"
    tag = {"If-Match": made.headers["ETag"]}
    gone = calls.delete(f"/api/v1/exchange/codes/{made.json()['id']}", headers=tag)
    assert gone.status_code == 200


def test_a_code_put_away_leads_back_to_the_codes_of_its_account(house, client, products):
    row = agreed(house)
    made = matching.match(house.user("director"), row.account, "THEIRS", products[0])

    answer = signed_in(house, client, "manager").post(f"/exchange/codes/{made.pk}/put-away/")

    assert (answer.status_code, answer["location"]) == (302, f"/exchange/{row.pk}/codes/")


def test_the_demo_house_shows_a_folder_a_message_and_own_codes(own_facts, monkeypatch):
    facts = current_sql(Store(own_facts.home.facts).ledger(TABLES["sell_out"]).snapshot())
    telling = {row["customer"] for row in rows_of(f"SELECT DISTINCT customer FROM ({facts})", {})}  # noqa: S608  (our own text)
    monkeypatch.setattr(examples, "largest", lambda: Account.objects.filter(code__in=telling).order_by("code"))
    before = set(OwnCode.objects.values_list("pk", flat=True))
    DataExchange.objects.all().delete()

    examples.plant()

    ways = {(each.way, each.format, each.taking) for each in DataFile.objects.all()}
    assert ("api", "x12", "whole") in ways
    assert {taken for way, _format, taken in ways if way == "folder"} >= {"whole"}
    assert AuditEntry.objects.filter(action="data-refuse").exists()
    assert OwnCode.objects.exclude(pk__in=before).count() == examples.MATCHED
    [account] = {each.account for each in OwnCode.objects.exclude(pk__in=before)}
    assert any(each.code.startswith("KH-") for each in again.unmatched(account))
