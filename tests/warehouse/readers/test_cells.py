"""Numbers, dates, text and codes, cell by cell, through the front door."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitalfew.warehouse.tables import CUSTOMERS, PAYMENTS, SURVEYS

from .made import HEADINGS, TODAY, cell, line, lines, refused, take


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7", "7"),
        ("-7.5", "-7.5"),
        ("+7", "7"),
        (".5", "0.5"),
        ("7.", "7"),
        ("007", "7"),
        ("１２３．５", "123.5"),
        ('"1,234.50"', "1234.50"),
        ('"1,234,567.89"', "1234567.89"),
        ("1 234.5", "1234.5"),
        ("1\u00a0234", "1234"),
        ('"￥1,234.50"', "1234.50"),
        ("¥5", "5"),
        ("$5.25", "5.25"),
        ("€ 5", "5"),
        ("5 CNY", "5"),
        ("RMB 5", "5"),
        ("5元", "5"),
        ("(12.50)", "-12.5"),
        ('"(1,234.50)"', "-1234.50"),
        ("（12）", "-12"),
        ("12.50-", "-12.5"),
        ("-￥5", "-5"),
        ("￥-5", "-5"),
        ("−5", "-5"),
        ("1.5万", "15000"),
        ("2亿", "200000000"),
        ("1.23456万", "12345.6"),
        ("1.20000", "1.2"),
        ("'1'234", None),
        ("9999999999999999.9999", "9999999999999999.9999"),
    ],
)
def test_a_number_is_what_is_written(written: str, value: str | None) -> None:
    taken = cell(amount=written)

    assert taken.column("amount") == ([] if value is None else [Decimal(value)])


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("N/A", "not-a-number"),
        ("NaN", "not-a-number"),
        ("inf", "not-a-number"),
        ("-", "not-a-number"),
        ("abc", "not-a-number"),
        ('"1.234,56"', "not-a-number"),
        ('"12,5"', "not-a-number"),
        ('"1,2345"', "not-a-number"),
        ('"1,23,456"', "not-a-number"),
        ("1.65E+06", "not-a-number"),
        ("--5", "not-a-number"),
        ("-(5)", "not-a-number"),
        ("1.2.3", "not-a-number"),
        ("0x10", "not-a-number"),
        ("5%", "not-a-number"),
        ("1 23", "not-a-number"),
        ("￥", "not-a-number"),
        ("#DIV/0!", "not-a-number"),
        ("五", "not-a-number"),
        ("10000000000000000", "out-of-range"),
        ("1e", "not-a-number"),
        ("7.00001", "currency_precision"),
        ("1" * 400, "out-of-range"),
        ("0." + "1" * 400, "currency_precision"),
        ("", "missing"),
    ],
)
def test_what_is_no_number_is_rejected(written: str, reason: str) -> None:
    taken = take(lines(line(amount=written, unit_price="")))

    assert taken.reasons == [(2, "amount", reason)]


def test_a_decimal_comma_by_choice() -> None:
    text = HEADINGS.replace(",", ";") + "\n" + line(amount="1.234,56", quantity="2,5", unit_price="").replace(",", ";")
    text = text.replace("1.234;56", "1.234,56").replace("2;5", "2,5")

    taken = take(text)
    assert taken.reasons[0][2] == "not-a-number"
    assert taken.reading.warnings == {"decimal_comma": 1}
    assert take(text, decimal_comma=True).amount == Decimal("1234.56")


def test_amount_is_quantity_times_price_exactly() -> None:
    taken = cell(quantity="-3", unit_price="5.95", amount="")

    assert taken.amount == Decimal("-17.85")


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("0.3333", "0.3333", None),
        ("1234567.5", "98765432.1233", None),
        ("1234567.5", "98765432.12", "121932592618808.1"),
        ("99999999", "99999999", "9999999800000001"),
        ("99999999999", "99999999", None),
        ("2", "-3.50", "-7"),
        ("0.5", "0.0002", "0.0001"),
        ("0.5", "0.0001", None),
    ],
)
def test_a_product_is_never_rounded(quantity: str, price: str, amount: str | None) -> None:
    taken = cell(quantity=quantity, unit_price=price, amount="")

    assert taken.column("amount") == ([] if amount is None else [Decimal(amount)])


def test_an_unequal_amount_rules_and_is_told() -> None:
    taken = take(lines(line(amount="6.99"), line(line_no=2)))

    assert taken.amount == Decimal("13.99")
    assert taken.reading.warnings == {"amount_mismatch": 1}


def test_zero_price_and_returns_are_told() -> None:
    taken = take(
        lines(line(unit_price=0, amount=0), line(line_no=2, quantity=-2, amount=-7), line(line_no=3, quantity=-2))
    )

    assert len(taken.rows) == 3
    assert taken.reading.warnings == {"zero_price": 1, "sign_mismatch": 1, "amount_mismatch": 1}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.decimals(-(10**15), 10**15, places=4), min_size=1, max_size=40))
def test_every_decimal_comes_back(amounts: list[Decimal]) -> None:
    forms = [f"{amount:f}" if i % 2 else f'"{amount:,f}"' for i, amount in enumerate(amounts)]

    taken = take(lines(*[line(line_no=i, amount=form) for i, form in enumerate(forms)]))

    assert taken.column("amount") == amounts


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-05",
        "2024/1/5",
        "2024/01/05",
        "20240105",
        "2024年1月5日",
        "2024.1.5",
        "2024-1-5",
        "２０２４-０１-０５",
        "2024-01-05 08:26",
        "2024-01-05T08:26:33.123+08:00",
        "2024-01-05T23:59:59Z",
        "2024年1月5日 8时26分",
        "20240105082633",
        "5-Jan-2024",
        "Jan 5 2024",
        "05 January 2024",
        "13/1/2024x",
    ],
)
def test_a_day_is_what_is_written(written: str) -> None:
    expected = [] if written.endswith("x") else [(date(2024, 1, 5) - date(1970, 1, 1)).days]

    assert cell(ordered_on=written).column("ordered_on") == expected


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2023-02-30", "not-a-date"),
        ("2023-13-01", "not-a-date"),
        ("yesterday", "not-a-date"),
        ("45000", "not-a-date"),
        ("24/1/5", "not-a-date"),
        ("113/05/01", "not-a-date"),
        ("2024-01/05", "not-a-date"),
        ("2024年1-5", "not-a-date"),
        ("0000-00-00", "not-a-date"),
        ("2024-01", "not-a-date"),
        ("1899-12-31", "out-of-range"),
        ("2101-01-01", "out-of-range"),
        ("2024-06-27", "out-of-range"),
        ("9999-12-31", "out-of-range"),
        ("", "missing"),
    ],
)
def test_what_is_no_day_is_rejected(written: str, reason: str) -> None:
    assert cell(ordered_on=written).reasons == [(2, "ordered_on", reason)]


def test_today_is_no_future() -> None:
    assert cell(ordered_on=date(1970, 1, 1) + timedelta(TODAY)).column("ordered_on") == [TODAY]


def test_a_due_day_may_be_in_the_future() -> None:
    text = "invoice_id,customer,invoiced_on,due_on,paid_on,amount\n"
    text += "I1,C1,2024-06-01,2024-09-01,,5\nI2,C1,2024-06-01,,2024-09-01,5\n"

    taken = take(text, PAYMENTS)

    assert taken.reasons == [(3, "paid_on", "out-of-range")]


@pytest.mark.parametrize(("telling", "day"), [("1/13/2024", (2024, 1, 5)), ("13/1/2024", (2024, 5, 1))])
def test_one_date_tells_the_order_of_all(telling: str, day: tuple[int, int, int]) -> None:
    taken = take(lines(line(ordered_on="1/5/2024"), line(line_no=2, ordered_on=telling)))

    assert taken.rows[0]["ordered_on"] == (date(*day) - date(1970, 1, 1)).days
    assert len(taken.rows) == 2


def test_an_order_that_nothing_tells_is_asked() -> None:
    text = lines(line(ordered_on="1/5/2024 8:26"), line(line_no=2, ordered_on="2/5/2024 8:26"))

    assert refused(text).reason == "not-a-date"
    assert take(text, day_first=True).rows[0]["ordered_on"] == (date(2024, 5, 1) - date(1970, 1, 1)).days
    assert take(text, day_first=False).rows[0]["ordered_on"] == (date(2024, 1, 5) - date(1970, 1, 1)).days


def test_dates_that_tell_two_orders_are_asked() -> None:
    text = lines(line(ordered_on="1/13/2024"), line(line_no=2, ordered_on="14/1/2024"))

    assert refused(text).params["example"] == "1/13/2024, 14/1/2024"
    assert take(text, day_first=False).reasons == [(3, "ordered_on", "not-a-date")]


def test_a_day_that_no_calendar_has_tells_no_order() -> None:
    text = lines(
        line(ordered_on="25/1/2024"), line(line_no=2, ordered_on="2/30/2024"), line(line_no=3, ordered_on="5/6/2024")
    )

    taken = take(text)

    assert taken.reasons == [(3, "ordered_on", "not-a-date")]
    assert taken.rows[1]["ordered_on"] == (date(2024, 6, 5) - date(1970, 1, 1)).days


def test_codes_that_look_alike_stay_apart_and_are_counted() -> None:
    codes = ("C001", "c001", "\uff23001", "\u0421001", "C002", "0C001", "C001")
    taken = take(lines(*(line(line_no=i, customer=code) for i, code in enumerate(codes, start=1))))

    assert [row["customer"] for row in taken.rows] == list(codes)
    assert taken.reading.warnings == {"lookalike_key": 3}


def test_a_code_under_two_names_is_counted_once() -> None:
    names = ("甲公司", "乙公司", "甲公司", "丙公司")
    taken = take(lines(*(line(line_no=i, customer_name=name) for i, name in enumerate(names, start=1))))

    assert len(taken.rows) == len(names)
    assert taken.reading.warnings == {"name_conflict": 1}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.dates(date(1900, 1, 1), date(2024, 6, 26)), min_size=1, max_size=30))
def test_every_day_comes_back(days: list[date]) -> None:
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%dT%H:%M:%S")
    rows = [line(line_no=i, ordered_on=day.strftime(forms[i % 5]).zfill(8)) for i, day in enumerate(days)]

    taken = take(lines(*rows))

    assert taken.column("ordered_on") == [(day - date(1970, 1, 1)).days for day in days]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("KH\u200b-01", "invisible_characters"),
        ("\u202eKH-01", "invisible_characters"),
        ("KH\ufeff01", "invisible_characters"),
        ("KH\x0001", "control_characters"),
        ('"KH\n01"', "control_characters"),
        ("6.90123E+12", "damaged_code"),
        ("???", "damaged_code"),
        ("K" * 101, "too_long"),
        ("  ", "missing"),
        ("NULL", "missing"),
        ("#N/A", "missing"),
    ],
)
def test_a_code_hides_nothing(code: str, reason: str) -> None:
    assert cell(customer=code).reasons == [(2, "customer", reason)]


def test_codes_keep_their_zeros_and_lose_their_edges() -> None:
    assert cell(customer="  00123 ").column("customer") == ["00123"]
    assert cell(customer="\u3000ＫＨ-01\u00a0").column("customer") == ["ＫＨ-01"]


def test_text_is_stored_in_nfc_and_not_cut() -> None:
    assert cell(customer_name="So\u0308hne").column("customer_name") == ["S\u00f6hne"]
    assert cell(customer_name="面" * 300).column("customer_name") == ["面" * 300]
    assert cell(customer_name="面" * 301).reasons == [(2, "customer_name", "too_long")]
    assert cell(customer_name="a\x07b").reasons == [(2, "customer_name", "control_characters")]


@pytest.mark.parametrize(
    ("written", "code"),
    [("cny", "CNY"), ("人民币", "CNY"), ("RMB", "CNY"), ("US$", "USD"), ("", None), ("ＥＵＲ", "EUR")],
)
def test_currencies(written: str, code: str | None) -> None:
    assert cell(currency=written).column("currency") == [code]


def test_currencies_that_are_none() -> None:
    assert cell(currency="XXX").reasons == [(2, "currency", "unknown_currency")]
    assert cell(currency="$").reasons == [(2, "currency", "ambiguous_currency")]


def test_the_default_currency_fills_a_file_without_one() -> None:
    text = "order_id,line_no,customer,ordered_on,quantity,amount\nD1,1,C1,2024-01-05,1,5\n"

    assert take(text, currency="EUR").column("currency") == ["EUR"]
    assert take(text).column("currency") == [None]


def test_whole_numbers_and_scores() -> None:
    customers = take("customer,name,payment_terms_days\nC1,A,30\nC2,B,30.0\nC3,C,30.5\n", CUSTOMERS)
    answers = "response_id,item,customer,answered_on,score\nR1,A,C1,2024-01-05,7.5\nR1,B,C1,2024-01-05,1e3\n"
    surveys = take(answers, SURVEYS)

    assert customers.column("payment_terms_days") == [30, 30]
    assert customers.reasons == [(4, "payment_terms_days", "not-a-number")]
    assert surveys.column("score") == [7.5]


def test_a_reject_tells_everything_that_is_wrong() -> None:
    taken = cell(customer="", amount="x", ordered_on="2024-13-01")

    reject = taken.rejects[0]
    assert (reject.field, reject.reason) == ("customer", "missing")
    assert reject.more == (("ordered_on", "not-a-date"), ("amount", "not-a-number"))
    assert reject.values["金额"] == "x"


def test_a_long_value_is_shortened_where_it_is_shown() -> None:
    reject = cell(amount="x" * 1000).rejects[0]

    assert (len(reject.value or ""), len(reject.values["金额"])) == (200, 1000)


def test_clean_and_dirty_cells_side_by_side() -> None:
    forms = ["7.00", "￥7.00", '"1,007.00"', "(7.00)", "x", "", "7", "7.00001"]
    rows = [line(line_no=i, amount=forms[i % 8], unit_price="") for i in range(4_000)]

    taken = take(lines(*rows))

    assert len(taken.rows) == 4_000 * 5 // 8
    assert {reject.reason for reject in taken.rejects} == {"not-a-number", "missing", "currency_precision"}
    assert taken.amount == 500 * (7 + 7 + 1007 - 7 + 7)


@pytest.mark.parametrize(
    ("field", "most"), [("uscc", 18), ("region", 100), ("kind", 100), ("name", 300), ("customer", 100)]
)
def test_a_customer_is_as_long_as_its_record_has_room_for(field: str, most: int) -> None:
    for length, reasons in ((most, []), (most + 1, [(2, field, "too_long")])):
        cells = {"customer": "C1", "name": "甲", field: "9" * length}
        assert take(",".join(cells) + "\n" + ",".join(cells.values()) + "\n", CUSTOMERS).reasons == reasons
