"""Every analysis on books as bare and odd as real ones can be: a figure, or a plain sentence, never a broken one."""

import json
import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pyarrow as pa
import pytest

from vitalfew.catalogue import Refusal, catalogue
from vitalfew.language import LANGUAGES, Message
from vitalfew.outlets.answers import document
from vitalfew.warehouse.engines.duck import DuckEngine
from vitalfew.warehouse.run import day_number, start
from vitalfew.warehouse.sources import FromTables
from vitalfew.warehouse.tables import TABLES

LAST = day_number(date(2025, 12, 31))
MONTH, MONTHS, ACCOUNTS = 30, 28, 12
ANSWERS = (
    "satisfaction_1", "trust_1", "commitment_1", "recommend", "preference", "value_product", "value_service",
    "value_personnel", "value_image", "cost_money", "cost_time", "cost_energy", "cost_mind",
)  # fmt: skip
BROKEN = re.compile(r"[{}]|\b(nan|inf|None)\b|%\(")
HANZI = re.compile(r"[\u4e00-\u9fff]")

names = list(catalogue())


def code(number):
    return f"C{number:02}"


def monthly(amount, accounts=ACCOUNTS, months=MONTHS):
    """(customer, day, amount): each account once a month, the last of them on the last day."""
    return [
        (code(each), LAST - MONTH * back, amount(each, back))
        for each in range(accounts)
        for back in reversed(range(months))
    ]


def usual(each, back):
    return 100 + 10 * each + back % 7


def lines(orders, currency="CNY", places=2):
    return [
        {
            "order_id": f"O{number}", "line_no": "1", "customer": customer, "ordered_on": day, "product": f"P{number % 3}",
            "quantity": -1 if amount < 0 else 1, "amount": round(amount, places), "cost": round(0.7 * amount, places),
            "currency": currency, "sales_person": "张伟", "promised_on": day + 5, "delivered_on": day + 6,
            "quantity_delivered": -1 if amount < 0 else 1,
        }
        for number, (customer, day, amount) in enumerate(orders)
    ]  # fmt: skip


def beside(customers, day=LAST - 120, currency="CNY"):
    """One row in every other table for each of the customers."""
    return {
        "customers": [{"customer": each, "name": f"公司 {each}", "opened_on": day - 700} for each in customers],
        "products": [{"product": f"P{n}", "name": f"产品 {n}", "category": f"类 {n}", "list_price": 90} for n in range(3)],
        "payments": [
            {"invoice_id": f"I{each}", "customer": each, "invoiced_on": day, "due_on": day + 30, "amount": 50,
             "currency": currency}
            for each in customers
        ],
        "service_costs": [
            {"entry_id": f"S{each}", "customer": each, "spent_on": day, "activity": "visit", "hours": 1, "cost": 3,
             "currency": currency}
            for each in customers
        ],
        "stock": [{"product": f"P{n}", "place": "上海", "counted_on": day, "quantity": 5} for n in range(3)],
        "sell_out": [{"customer": each, "product": "P0", "date": day, "quantity": 1, "stock_after": 2} for each in customers],
        "surveys": [
            {"response_id": f"R{each}", "item": item, "customer": each, "answered_on": day, "respondent": f"{each}-1",
             "scale_min": 1, "scale_max": 10, "score": 7, "competitor": rival}
            for each in customers for item in ANSWERS for rival in (None, "对手")
        ],
        "complaints": [
            {"complaint_id": f"K{each}", "customer": each, "received_on": day, "category": "quality", "severity": "2"}
            for each in customers
        ],
        "contacts": [{"contact_id": f"P{each}", "customer": each, "name": "李娜", "level": "head"} for each in customers],
        "referrals": [{"referrer": a, "referred": b, "referred_on": day} for a, b in pairwise(customers)],
        "wallet": [{"customer": each, "period": "2025", "total_spend": 4000, "currency": currency} for each in customers],
    }  # fmt: skip


def book(orders, others=None, **how):
    customers = sorted({customer for customer, _day, _amount in orders})
    others = beside(customers, currency=how.get("currency", "CNY")) if others is None else others
    return {name: rows(name, found) for name, found in {"order_lines": lines(orders, **how), **others}.items() if found}


def rows(name, found):
    schema = TABLES[name].schema
    exact = [
        {
            field.name: Decimal(str(row[field.name]))
            if pa.types.is_decimal(field.type) and row.get(field.name) is not None
            else row.get(field.name)
            for field in schema
        }
        for row in found
    ]
    return pa.Table.from_pylist(exact, schema)


def outlier(each, back):
    return 1e12 if (each, back) == (3, 5) else 10


def long_names():
    """Names of sixty characters, and codes too."""
    orders = [
        (f"{customer}{'华东区第一大客户事业部' * 5}"[:60], day, amount) for customer, day, amount in monthly(usual)
    ]
    others = beside(sorted({order[0] for order in orders}))
    named = [{**row, "name": ("上海市浦东新区张江高科技园区" * 5)[:60]} for row in others["customers"]]
    return book(orders, {**others, "customers": named})


BOOKS = {
    "no_orders_but_customers": lambda: book([], {"customers": [{"customer": code(n), "name": f"公司 {n}"} for n in range(5)]}),
    "no_orders_and_all_else": lambda: book([], beside([code(n) for n in range(5)])),
    "one_customer": lambda: book(monthly(usual, accounts=1)),
    "one_order": lambda: book([("C00", LAST, 10)]),
    "one_order_each": lambda: book([(code(n), LAST - 40 * n, 100 + n) for n in range(ACCOUNTS)]),
    "all_on_one_day": lambda: book([(code(n), LAST, 100 + n) for n in range(ACCOUNTS)]),
    "all_returns": lambda: book(monthly(lambda each, back: -usual(each, back))),
    "always_the_same": lambda: book(monthly(lambda _each, _back: 10)),
    "all_for_nothing": lambda: book(monthly(lambda _each, _back: 0)),
    "one_huge_outlier": lambda: book(monthly(outlier)),
    "negative_totals": lambda: book(monthly(lambda each, back: -500 if back == 2 + each % 3 else 10)),
    "yen": lambda: book(monthly(usual), currency="JPY", places=0),
    "dinars": lambda: book(monthly(lambda each, back: usual(each, back) + 0.125), currency="KWD", places=3),
    "one_late_month": lambda: book([(c, LAST - (LAST - day) // MONTH, a) for c, day, a in monthly(usual)]),
    "long_chinese_names": long_names,
    "one_row_in_each_other_table": lambda: book(monthly(usual), beside(["C03"])),
    "orders_alone": lambda: book(monthly(usual), {}),
}  # fmt: skip


@pytest.fixture(scope="module", params=BOOKS)
def run(request):
    """One run for all analyses of a book: each result is computed once."""
    engine = DuckEngine()
    return start(FromTables(engine, BOOKS[request.param]()), engine, LAST)


@pytest.mark.parametrize("name", names)
def test_it_gives_a_figure_or_a_plain_sentence(run, name):
    try:
        result = run.result(name)
    except Refusal as refusal:
        assert_said(refusal.message)
        return

    for language in LANGUAGES:
        json.dumps(document(result, language), allow_nan=False)
    for message in (result.findings.headline, *result.warnings):
        if message is not None:
            assert_said(message)
            assert Message.restored(json.loads(json.dumps(message.stored()))).say() == message.say()
    chart = result.chart("en")
    if chart is not None:
        json.dumps(chart.spec, allow_nan=False)


def assert_said(message):
    for language in LANGUAGES:
        said = message.say(language)
        assert said
        assert not BROKEN.search(said), said
        assert language == "en" or HANZI.search(said), said
