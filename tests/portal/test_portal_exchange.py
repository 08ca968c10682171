"""Somebody of a customer's tells what his firm sold and has left."""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from test_portal_access import PASSWORD, given, link_of

from vitalfew.accounts.models import Account
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import actions as exchange
from vitalfew.exchange import offering, taking
from vitalfew.exchange.models import DataFile, DataGiven, DataRow
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Format, Way

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def mine(house):
    return Account.objects.get(code=house.mine)


def day(back):
    return timezone.localdate() - timedelta(days=back)


def current(row):
    rows = DataRow.objects.filter(account=row.account, current=True)
    return {(each.measure, each.product, each.day): each.quantity for each in rows}


def test_they_tell_by_hand_and_by_file_in_the_portal(house, client, mine):
    a, b = sorted(product_codes())[:2]
    access = given(house.user("director"), mine, parts=["exchange"])
    visitor = client
    visitor.post(link_of(access), {"password": PASSWORD, "again": PASSWORD})
    assert visitor.post("/portal/exchange/fill-in/", {}).status_code == 404
    fields = {"sell_out": "daily", "stock": "daily", "since": day(30), "offers": []}
    row = exchange.agree(house.user("director"), mine, fields)
    data = f"date,product,sold,stock\n{day(5)},{a},7,40\n".encode()
    taking.take(house.user("manager"), row.pk, Sent("内部.csv", data, Way.UPLOAD))
    page = visitor.get("/portal/exchange/").content.decode()

    assert a in page
    assert "内部.csv" not in page
    empty = visitor.post("/portal/exchange/fill-in/", {"day": str(day(0))})
    assert empty.status_code == 422
    told = visitor.post(
        "/portal/exchange/fill-in/", {"day": str(day(0)), "sold-0": "3", "product-1": b, "stock-1": "12"}
    )
    assert told.url == "/portal/exchange/"
    file = DataFile.objects.latest("pk")
    assert (file.by_them, file.way, file.format, file.rows_taken) == (True, Way.PORTAL, Format.FORM, 2)
    assert current(row)["sold", a, day(0)] == 3
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet()
        for number, line in enumerate([("日期", "产品编码", "销量"), (str(day(1)), a, 4), (str(day(1)), "NO", 4)]):
            sheet.write_row(number, 0, line)
    upload = SimpleUploadedFile("销量.xlsx", book.getvalue())
    assert visitor.post("/portal/exchange/file/", {"file": upload, "order": "", "sheet": ""}).url == "/portal/exchange/"
    assert current(row)["sold", a, day(1)] == 4
    assert "NO" in visitor.get("/portal/exchange/").content.decode()
    assert DataFile.objects.latest("pk").format == Format.XLSX


def test_they_are_told_what_is_agreed_on_and_nothing_else(house, client, mine, monkeypatch):
    theirs = [
        {"order_id": "SO-1", "product": "A-1", "quantity": 7.0, "ordered_on": 1, "promised_on": 9, "delivered_on": None}
    ]
    monkeypatch.setattr(offering, "_lines", lambda account, _of, _since: theirs if account == mine else [])
    access = given(house.user("director"), mine, parts=["exchange"])
    client.post(link_of(access), {"password": PASSWORD, "again": PASSWORD})
    fields = {"sell_out": "", "stock": "", "since": day(30), "offers": ["shipments"]}
    row = exchange.agree(house.user("director"), mine, fields)

    page = client.get("/portal/exchange/").content.decode()
    assert "SO-1" in page
    assert "/portal/exchange/gives/proposal/" not in page
    assert "SO-1" in client.get("/portal/exchange/gives/shipments/").content.decode()
    assert DataGiven.objects.get().by_them
    assert client.get("/portal/exchange/gives/availability/").status_code == 404
    assert client.post("/portal/exchange/fill-in/", {"day": str(day(0))}).status_code == 404
    exchange.change(house.user("director"), row.pk, row.version, {"offers": []})
    assert "SO-1" not in client.get("/portal/exchange/").content.decode()
    assert client.get("/portal/exchange/gives/shipments/").status_code == 404
