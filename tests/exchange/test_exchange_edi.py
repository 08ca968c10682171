"""Stock and sales reports as EDIFACT and X12 messages, whole or refused, and what is available as one."""

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from test_exchange_agreed import agreed

from house import signed_in
from vitalfew.accounts.products import product_codes
from vitalfew.exchange import offering, taking
from vitalfew.exchange.edi import edifact, stock, x12
from vitalfew.exchange.models import DataFile, DataGiven, DataRow
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Enough, Format, Measure, Taking, Way
from vitalfew.warehouse.readers import Refused

NOW = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
DAY = "20260308"


def invrpt(*segments, kind="INVRPT"):
    body = [("BGM", "35", "77", "9"), ("DTM", ["137", "20260309", "102"]), ("DTM", ["366", DAY, "102"]), *segments]
    return edifact.written(kind, body, ("THEIRS", "OURS"), "42", NOW)


def report(*segments):
    head = [("XQ", "H", "20260302", DAY), ("N1", "WH", "", "92", "DC-1"), *segments]
    return x12.written(("852", "PD"), head, ("THEIRS", "OURS"), 42, NOW)


def rows(data):
    return {(line.product, line.place, line.day): dict(line.told) for line in stock.read(data).lines}


def why(data):
    with pytest.raises(Refused) as refused:
        stock.read(data)
    assert refused.value.say()
    return refused.value.reason


def test_a_stock_report_tells_stock_place_by_place():
    line = ("LIN", "1", "", ["4006381333931", "EN"])
    data = invrpt(
        line, ("PIA", "1", ["A-1", "SA"]), ("QTY", ["145", "40", "PCE"]), ("LOC", "18", "EAST"),
        ("QTY", ["145", "7,5"]), ("LOC", "18", "WEST"),
        ("LIN", "2", "", ["O'BRIEN+1:?", "SA"]), ("LOC", "18", "EAST"), ("QTY", ["17", "-3"]), ("QTY", ["48", "20"]),
        ("DTM", ["366", "20260307", "102"]), ("LIN", "3", "", ["A-3", "SA"]),
    )  # fmt: skip
    day = date(2026, 3, 8)
    assert rows(data) == {
        ("A-1", "EAST", day): {Measure.STOCK: Decimal(40)},
        ("A-1", "WEST", day): {Measure.STOCK: Decimal("7.5")},
        ("O'BRIEN+1:?", "EAST", date(2026, 3, 7)): {Measure.STOCK: Decimal(-3), Measure.RECEIVED: Decimal(20)},
    }
    read = stock.read(data)
    assert (read.format, [each.reason for each in read.wrong]) == (Format.EDIFACT, ["no-figure"])
    assert read.lines[0].others == ("4006381333931",)


def test_a_sales_report_tells_sales_shop_by_shop():
    data = invrpt(
        ("DTM", ["356", "20260302-20260307", "718"]), ("LOC", "162", "S1"), ("LIN", "1", "", ["A-1", "SA"]),
        ("QTY", ["153", "5"]),
        ("LIN", "2", "", ["A-2", "SA"]), ("QTY", ["153", "6"]), ("LOC", "162", "S2"), ("LIN", "3", "", ["A-1", "SA"]),
        ("QTY", ["153", "9"]),
        kind="SLSRPT",
    )  # fmt: skip
    assert {(product, place): told[Measure.SOLD] for (product, place, _day), told in rows(data).items()} == {
        ("A-1", "S1"): 5, ("A-2", "S1"): 6, ("A-1", "S2"): 9,
    }  # fmt: skip
    assert stock._day("20260302-20260307", "718") == date(2026, 3, 7)


def test_an_activity_report_tells_all_three_and_shops_apart():
    data = report(
        ("LIN", "1", "UP", "4006381333931", "VN", "A-1"),
        ("ZA", "QS", "12", "EA"), ("ZA", "QA", "40", "EA"),
        ("ZA", "QR", "3"), ("ZA", "QO", "99"),
        ("LIN", "2", "VN", "A-2"), ("ZA", "QS", "", "EA"), ("SDQ", "EA", "92", "S1", "5", "S2", "7"),
        ("LIN", "3", "VN", "A-3"), ("ZA", "QA", "many"), ("LIN", "4"), ("ZA", "QA", "4"),
    )  # fmt: skip
    day = date(2026, 3, 8)
    assert rows(data) == {
        ("A-1", "DC-1", day): {Measure.SOLD: 12, Measure.STOCK: 40, Measure.RECEIVED: 3},
        ("A-2", "S1", day): {Measure.SOLD: 5},
        ("A-2", "S2", day): {Measure.SOLD: 7},
    }
    assert [each.reason for each in stock.read(data).wrong] == ["not-a-number", "missing"]


def test_what_is_told_twice_differently_or_lies_ahead_is_refused_row_by_row():
    ahead = (timezone.localdate() + timedelta(days=2)).strftime("%Y%m%d")
    data = invrpt(("LIN", "1", "", ["A", "SA"]), ("QTY", ["145", "4"]), ("QTY", ["145", "4"]), ("QTY", ["17", "5"]),
                  ("LIN", "2", "", ["B", "SA"]), ("QTY", ["145", "4"]), ("DTM", ["366", ahead, "102"]))  # fmt: skip
    assert [each.reason for each in stock.read(data).wrong] == ["duplicate-key", "out-of-range"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("UNT+7", "UNT+8", "edi_count"), ("UNZ+1", "UNZ+2", "edi_count"), ("UNZ+1+42", "UNZ+1+43", "edi_number"),
        ("UNT+7+1", "UNT+7+2", "edi_number"), ("UNOW", "UNOZ", "edi_characters"), ("UNOW", "UNOA", "edi_characters"),
        ("UNZ+1+42'", "", "edi_envelope"), ("UNZ+1+42'", "UNZ+1+42", "edi_envelope"), ("UNT+7+1'", "", "edi_envelope"),
        ("BGM+35", "UNG+35", "edi_envelope"), ("LIN+1", "L-N+1", "edi_syntax"), ("LIN+1", "LNN+1", "edi_envelope"),
        ("INVRPT", "ORDERS", "edi_kind"),
        ("BGM+35+77+9'", "BGM+35+77+9'\nUNA:+.? '", "edi_count"), ("UNT+7", "UNT+x", "edi_count"),
        ("UNT+7", "UNT+" + "7" * 5000, "edi_count"),
    ],
)  # fmt: skip
def test_a_message_that_is_not_whole_is_refused_with_its_reason(old, new, reason):
    data = invrpt(("LIN", "1", "", ["电-1", "SA"]), ("QTY", ["145", "4"])).decode()
    assert old in data
    assert why(data.replace(old, new).encode()) == reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("SE*6", "SE*7", "edi_count"), ("GE*1", "GE*2", "edi_count"), ("IEA*1", "IEA*0", "edi_count"),
        ("SE*6*0001", "SE*6*0002", "edi_number"),
        ("GE*1*42", "GE*1*43", "edi_number"), ("IEA*1*000000042~", "IEA*1*000000041~", "edi_number"),
        ("IEA*1*000000042~\n", "", "edi_envelope"),
        ("SE*6*0001~\n", "", "edi_envelope"), ("LIN*1", "L-N*1", "edi_syntax"), ("ST*852", "ST*850", "edi_kind"),
        ("ISA*00*", "ISA*00", "edi_envelope"),
    ],
)  # fmt: skip
def test_a_transaction_set_that_is_not_whole_is_refused_with_its_reason(old, new, reason):
    data = report(("LIN", "1", "VN", "A-1"), ("ZA", "QA", "4")).decode()
    assert old in data
    assert why(data.replace(old, new, 1).encode()) == reason


def test_whatever_is_damaged_is_refused_and_crashes_nothing():
    chance = random.Random(8)  # noqa: S311  (no secret)
    whole = (
        invrpt(("LIN", "1", "", ["A?'1", "SA"]), ("QTY", ["145", "4"])),
        report(("LIN", "1", "VN", "A-1"), ("ZA", "QA", "4")),
    )
    for number in range(400):
        data = bytearray(whole[number % 2])
        for _each in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        del data[chance.randrange(40, len(data)) :: chance.choice((1, 5000))]
        if stock.is_edi(bytes(data)):
            with suppress(Refused):
                stock.read(bytes(data))


@pytest.mark.database
@pytest.mark.django_db
def test_messages_are_taken_like_any_file(house, client):
    row, codes = agreed(house), sorted(product_codes())
    data = invrpt(("LIN", "1", "", ["THEIRS-1", "IN"]), ("PIA", "1", [codes[0], "EN"]), ("QTY", ["145", "40"]),
                  ("LIN", "2", "", ["NO", "SA"]), ("QTY", ["145", "4"]))  # fmt: skip
    file = taking.take(house.user("director"), row.pk, Sent("a.edi", data, Way.UPLOAD))

    assert (file.format, file.rows_taken, file.rows_refused) == (Format.EDIFACT, 1, 1)
    assert DataRow.objects.get(current=True).product == codes[0]
    broken = report(("LIN", "1", "VN", codes[0]), ("ZA", "QA", "4")).replace(b"SE*6", b"SE*9")
    page = signed_in(house, client, "manager").post(
        f"/exchange/{row.pk}/take/",
        {"file": SimpleUploadedFile("b.x12", broken), "order": "", "sheet": ""},
        follow=True,
    )
    refused = DataFile.objects.get(name="b.x12")
    assert (refused.taking, refused.format, refused.refusal.reason) == (Taking.REFUSED, Format.X12, "edi_count")
    assert "SE 0001" in page.content.decode()


@pytest.mark.database
@pytest.mark.django_db
def test_what_is_available_leaves_as_a_message_to_who_may_have_it(house, client, monkeypatch):
    row = agreed(house, offers=["availability"])
    told = [{"product": "A*1", "state": Enough.SHORT}, {"product": "A'2", "state": Enough.ENOUGH}]
    monkeypatch.setitem(offering.TABLES_OF, "availability", lambda _row: told)
    page = signed_in(house, client, "manager")

    (given,) = x12.messages(page.get(f"/exchange/{row.pk}/message/x12/").content)
    assert given.kind == "846"
    assert [each.at(3) for each in given.segments if each.tag == "LIN"] == ["A 1", "A'2"]
    (report_,) = edifact.messages(page.get(f"/exchange/{row.pk}/message/edifact/").content)
    assert [each.at(3) for each in report_.segments if each.tag == "LIN"] == ["A*1", "A'2"]
    assert [each.at(3, 3) for each in report_.segments if each.tag == "IMD"] == ["SHORT SUPPLY", "AVAILABLE"]
    assert DataGiven.objects.count() == 2
    assert page.get(f"/exchange/{row.pk}/message/other/").status_code == 404
    assert signed_in(house, client, "supply").get(f"/exchange/{row.pk}/message/x12/").status_code == 403
    bare = agreed(house, house.foreign, offers=[])
    assert signed_in(house, client, "director").get(f"/exchange/{bare.pk}/message/x12/").status_code == 404
