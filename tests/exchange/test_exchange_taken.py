"""What accounts tell: by file, form and API; what is refused, corrected, recognised, kept and given to the facts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import facts, owed, taking
from vitalfew.exchange.background import looked
from vitalfew.exchange.models import DataExchange, DataFile, DataRow
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Format, Measure, Standing, Taking, Way
from vitalfew.imports.work import give_facts
from vitalfew.people.models import AuditEntry
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.warehouse.engines.duck import current_sql, rows_of
from vitalfew.warehouse.run import day_number
from vitalfew.warehouse.store import Store
from vitalfew.warehouse.tables import TABLES

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def products(house):  # noqa: ARG001  (its facts are read)
    return sorted(product_codes())[:3]


def day(back):
    return timezone.localdate() - timedelta(days=back)


def csv(*lines, head="日期,产品编码,销量,库存"):
    return "\r\n".join([head, *(",".join(map(str, line)) for line in lines)]).encode("gb18030")


def sent(data, name="周报.csv", way=Way.UPLOAD):
    return Sent(name, data, way)


def current(row):
    return {
        (each.measure, each.product, each.day): each.quantity
        for each in DataRow.objects.filter(account=row.account, current=True)
    }


def test_what_is_right_is_stored_and_what_is_wrong_is_kept_with_its_reason(house, client, products):
    row, a = agreed(house), products[0]
    wrong = [(day(3), "NO-SUCH", 1, 2), (day(3), products[1], "many", 2), (day(-3), a, 1, 2), (day(4), a, "", "")]
    data = csv((day(3), a, "1,234", 40), (day(2), a, 5, 35), *wrong).replace(b"1,234", b'"1,234"')
    page = signed_in(house, client, "manager").post(
        f"/exchange/{row.pk}/take/", {"file": SimpleUploadedFile("周报.csv", data), "order": "", "sheet": ""}
    )
    file = DataFile.objects.get()

    assert page.url == file.get_absolute_url()
    assert (file.taking, file.rows_read, file.rows_taken, file.rows_refused) == (Taking.PARTLY, 6, 2, 4)
    assert {each.reason for each in file.refusals.all()} == {
        "unknown-product",
        "not-a-number",
        "out-of-range",
        "no-figure",
    }
    assert current(row) == {
        ("sold", a, day(3)): 1234, ("stock", a, day(3)): 40, ("sold", a, day(2)): 5, ("stock", a, day(2)): 35,
    }  # fmt: skip
    assert AuditEntry.objects.get(action="data-take").changes["sha256"] == file.sha256
    shown = client.get(file.get_absolute_url()).content.decode()
    assert file.get_absolute_url() in client.get("/exchange/told/").content.decode()
    assert "NO-SUCH" in shown
    assert house.user("manager").name in client.get("/exchange/files/").content.decode()
    assert file.sha256 in shown
    assert client.get(f"/exchange/files/{file.pk}/content/").content == data
    mended = client.get(f"/exchange/files/{file.pk}/refused/").content.decode()
    assert "NO-SUCH" in mended
    assert mended.count("\n") == 5


def test_a_file_that_cannot_be_read_stores_nothing_and_says_why(house, client):
    row = agreed(house)
    page = signed_in(house, client, "manager").post(
        f"/exchange/{row.pk}/take/", {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}, follow=True
    )
    file = DataFile.objects.get()

    assert (file.taking, DataRow.objects.count()) == (Taking.REFUSED, 0)
    assert file.refusal.reason == "missing_column"
    assert "a, b" in page.content.decode().replace("、", ", ")
    assert client.post(f"/exchange/{row.pk}/take/", {"file": SimpleUploadedFile("x.pdf", b"%PDF-")}).status_code == 422


def test_the_same_file_is_recognised_and_a_later_one_corrects(house, products):
    row, a = agreed(house), products[0]
    manager = house.user("manager")
    first, second = csv((day(3), a, 7, 40), (day(2), a, 5, 35)), csv((day(3), a, 9, 40))
    taking.take(manager, row.pk, sent(first))
    with pytest.raises(NotPossible):
        taking.take(manager, row.pk, sent(first, "other name.csv"))
    corrected = taking.take(manager, row.pk, sent(second))

    assert (corrected.rows_taken, corrected.rows_corrected, corrected.rows_unchanged) == (1, 1, 0)
    assert current(row)["sold", a, day(3)] == 9
    old = DataRow.objects.get(account=row.account, current=False)
    assert (old.quantity, old.file.sha256 != corrected.sha256) == (7, True)
    again = taking.take(manager, row.pk, sent(first))
    assert (again.rows_corrected, current(row)["sold", a, day(3)]) == (1, 7)


def test_a_row_of_another_customer_or_there_twice_is_refused(house, products):
    row, a = agreed(house), products[0]
    head = "客户编码,日期,产品编码,销量,门店"
    data = csv((house.mine, day(2), a, 1, "东店"), (house.foreign, day(2), a, 1, "东店"), (house.mine, day(2), a, 2, "东店"),
               (house.mine, day(2), a, 1, "西店"), head=head)  # fmt: skip
    file = taking.take(house.user("manager"), row.pk, sent(data))

    assert {each.line: each.reason for each in file.refusals.all()} == {3: "other-account", 4: "duplicate-key"}
    assert file.rows_taken == 2


def test_who_may_not_takes_nothing_and_sees_no_foreign_file(house, client, products):
    row, a = agreed(house, house.foreign), products[0]
    file = taking.take(house.user("director"), row.pk, sent(csv((day(1), a, 1, 1)), "机密.csv"))

    with pytest.raises(DataExchange.DoesNotExist):
        taking.take(house.user("manager"), row.pk, sent(csv((day(1), a, 2, 1))))
    with pytest.raises(Forbidden):
        taking.take(house.user("analyst"), row.pk, sent(csv((day(1), a, 2, 1))))
    page = signed_in(house, client, "manager")
    for path in ("", "content/", "refused/"):
        assert page.get(f"{file.get_absolute_url()}{path}").status_code == 404
    assert "机密" not in page.get("/exchange/files/").content.decode()
    assert row.account.name not in page.get("/exchange/told/").content.decode()
    DataExchange.objects.filter(pk=row.pk).update(until=day(1))
    with pytest.raises(NotPossible):
        taking.take(house.user("director"), row.pk, sent(csv((day(1), a, 2, 1))))


def test_the_list_says_who_owes_which_days_data(house, products):
    row, a = agreed(house, since=day(6), due_days=2), products[0]
    taking.take(house.user("manager"), row.pk, sent(csv((day(6), a, 1, 9), (day(4), a, 1, 8), (day(2), a, 1, ""))))
    row.refresh_from_db()

    assert list(owed.missing(row, day(0))) == [
        (Measure.SOLD, day(5)), (Measure.SOLD, day(3)), (Measure.STOCK, day(5)), (Measure.STOCK, day(3)), (Measure.STOCK, day(2)),
    ]  # fmt: skip
    assert (row.owes, row.owes_since, row.told_until, row.standing) == (3, day(5), day(2), Standing.OWING)
    DataExchange.objects.filter(pk=row.pk).update(owes=0)
    looked.call()
    row.refresh_from_db()
    assert row.owes == 3


def test_the_facts_are_told_once_and_again_when_corrected(own_facts, house, products):
    home = own_facts.home
    row, a = agreed(house), products[0]
    manager, head = house.user("manager"), "日期,产品编码,销量,库存,门店"
    taking.take(
        manager,
        row.pk,
        sent(csv((day(3), a, 7, 40, "东店"), (day(3), a, 3, 10, "西店"), (day(2), a, "", 9, "东店"), head=head)),
    )
    give_facts(home)

    def known():
        source = current_sql(Store(home.facts).ledger(TABLES["sell_out"]).snapshot())
        query = f"SELECT quantity, stock_after FROM ({source}) WHERE customer = $c AND product = $p AND date >= $d"  # noqa: S608
        since = day_number(day(30))
        return rows_of(query, {"c": house.mine, "p": a, "d": since})

    assert known() == [{"quantity": Decimal(10), "stock_after": Decimal(50)}]
    assert list(facts.facts()) == []
    taking.take(manager, row.pk, sent(csv((day(3), a, 8, "", "东店"), head=head)))
    give_facts(home)
    assert known() == [{"quantity": Decimal(11), "stock_after": Decimal(50)}]


def test_rows_are_told_over_the_api(house, products):
    agreed(house)
    calls, a = Client(headers={"Authorization": f"Bearer {house.tokens['manager']}"}), products[0]
    body = {
        "account": house.mine,
        "rows": [
            {"product": a, "date": str(day(1)), "quantity": "4.5"},
            {"product": "NO", "date": str(day(1)), "quantity": 1},
        ],
    }
    made = calls.post("/api/v1/exchange/sell-out", body, content_type="application/json")

    assert made.status_code == 201, made.content
    assert (made.json()["rows_taken"], made.json()["refusals"][0]["reason"]) == (1, "unknown-product")
    assert (made.json()["way"], made.json()["format"]) == (Way.API, Format.JSON)
    assert calls.post("/api/v1/exchange/stock", body, content_type="application/json").status_code == 201
    listed = calls.get("/api/v1/exchange/sell-out").json()["items"]
    assert [(each["product"], each["quantity"]) for each in listed] == [(a, 4.5)]
    foreign = calls.post("/api/v1/exchange/stock", {**body, "account": house.foreign}, content_type="application/json")
    assert foreign.status_code == 404
