"""The canonical tables: what a fact is, column by column.

Every source (CSV, spreadsheet, ERP query, survey tool, a room of the department) is brought into these shapes before
anything is computed. Types are few, so that every engine agrees on them:

    text      NFC, edge spaces trimmed
    day       int32, days since 1970-01-01
    money     decimal(20, 4), in the row's currency
    quantity  decimal(18, 4)
    number    float64
    whole     int64

A row is found again by its key; the same key with other content is a restatement (see ``store``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal

import pyarrow as pa

from vitalfew.terms import gettext_noop as _

Type = Literal["text", "day", "money", "quantity", "number", "whole"]

ARROW: Final[Mapping[Type, pa.DataType]] = MappingProxyType(
    {
        "text": pa.string(),
        "day": pa.int32(),
        "money": pa.decimal128(20, 4),
        "quantity": pa.decimal128(18, 4),
        "number": pa.float64(),
        "whole": pa.int64(),
    }
)


@dataclass(frozen=True)
class Column:
    """One column: its name, type, meaning, and whether a row without it is refused."""

    name: str
    type: Type
    meaning: str
    required: bool = False

    @property
    def arrow(self) -> pa.DataType:
        return ARROW[self.type]


@dataclass(frozen=True)
class Table:
    """One kind of fact. ``day`` is the column that says when it happened (None: it has no date of its own)."""

    name: str
    key: tuple[str, ...]
    meaning: str
    columns: tuple[Column, ...]
    day: str | None = None

    @property
    def kind(self) -> str:
        """The name on the command line: ``order_lines`` is imported as ``order-lines``."""
        return self.name.replace("_", "-")

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def schema(self) -> pa.Schema:
        return pa.schema([pa.field(column.name, column.arrow) for column in self.columns])

    def dated(self, rows: pa.Table) -> pa.Table:
        """The rows with their days as calendar dates, as others write them."""
        days = {column.name for column in self.columns if column.type == "day"}
        fields = [pa.field(f.name, pa.date32() if f.name in days else f.type) for f in rows.schema]
        return rows.cast(pa.schema(fields))

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)


def _text(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "text", meaning, required)


def _day(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "day", meaning, required)


def _money(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "money", meaning, required)


def _quantity(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "quantity", meaning, required)


def _number(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "number", meaning, required)


def _whole(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "whole", meaning, required)


CUSTOMER = _text("customer", _("Customer code"), required=True)
CURRENCY = _text("currency", _("Currency (ISO 4217)"))

CUSTOMERS = Table(
    "customers",
    ("customer",),
    _("Customers: the account master"),
    (
        CUSTOMER,
        _text("name", _("Company name"), required=True),
        _text("parent", _("Code of the parent company")),
        _text("kind", _("Kind: distributor, general agent, regional core customer, industrial company")),
        _text("region", _("Region")),
        _text("country", _("Country")),
        _text("industry", _("Industry")),
        _text("uscc", _("Unified social credit code")),
        _day("opened_on", _("Customer since")),
        _day("founded_on", _("Company founded on")),
        _text("manager", _("Key account manager")),
        _whole("payment_terms_days", _("Payment terms in days")),
        _money("credit_limit", _("Credit limit")),
    ),
)

PRODUCTS = Table(
    "products",
    ("product",),
    _("Products"),
    (
        _text("product", _("Product code"), required=True),
        _text("name", _("Product name"), required=True),
        _text("category", _("Category")),
        _text("unit", _("Unit")),
        _money("list_price", _("List price")),
        _money("standard_cost", _("Standard cost")),
    ),
)

ORDER_LINES = Table(
    "order_lines",
    ("order_id", "line_no"),
    _("Order lines, returns as negative lines"),
    (
        _text("order_id", _("Order number"), required=True),
        _text("line_no", _("Line number"), required=True),
        CUSTOMER,
        _day("ordered_on", _("Order date"), required=True),
        _text("product", _("Product code")),
        _quantity("quantity", _("Quantity"), required=True),
        _money("amount", _("Amount, net of discount; negative for a return"), required=True),
        _money("unit_price", _("Unit price")),
        _money("cost", _("Cost of the whole line")),
        CURRENCY,
        _text("channel", _("Channel")),
        _text("sales_person", _("Sales person")),
        _day("promised_on", _("Promised date")),
        _day("delivered_on", _("Delivered on")),
        _quantity("quantity_delivered", _("Quantity delivered")),
        _money("list_amount", _("Amount before discount")),
        _text("customer_name", _("Company name as written on the order")),
        _text("product_name", _("Product name as written on the order")),
    ),
    day="ordered_on",
)

PAYMENTS = Table(
    "payments",
    ("invoice_id",),
    _("Invoices and their payment"),
    (
        _text("invoice_id", _("Invoice number"), required=True),
        CUSTOMER,
        _day("invoiced_on", _("Invoiced on"), required=True),
        _day("due_on", _("Due on")),
        _day("paid_on", _("Paid on")),
        _money("amount", _("Invoiced amount"), required=True),
        CURRENCY,
    ),
    day="invoiced_on",
)

SERVICE_COSTS = Table(
    "service_costs",
    ("entry_id",),
    _("What serving the customer cost"),
    (
        _text("entry_id", _("Entry number"), required=True),
        CUSTOMER,
        _day("spent_on", _("Spent on"), required=True),
        _text("activity", _("Activity")),
        _number("hours", _("Hours")),
        _money("cost", _("Cost"), required=True),
        CURRENCY,
    ),
    day="spent_on",
)

STOCK = Table(
    "stock",
    ("product", "place", "counted_on"),
    _("Stock counts"),
    (
        _text("product", _("Product code"), required=True),
        _text("place", _("Warehouse"), required=True),
        _day("counted_on", _("Counted on"), required=True),
        _quantity("quantity", _("Quantity on hand"), required=True),
        _quantity("on_order", _("Quantity on order")),
    ),
    day="counted_on",
)

SELL_OUT = Table(
    "sell_out",
    ("customer", "product", "date"),
    _("What the customer sold on, and has left"),
    (
        CUSTOMER,
        _text("product", _("Product code"), required=True),
        _day("date", _("Date"), required=True),
        _quantity("quantity", _("Quantity sold on"), required=True),
        _quantity("stock_after", _("Stock left")),
        _text("place", _("Shop or warehouse")),
    ),
    day="date",
)

SURVEYS = Table(
    "surveys",
    ("response_id", "item"),
    _("Survey answers, one a row"),
    (
        _text("response_id", _("Response number"), required=True),
        _text("item", _("Question"), required=True),
        CUSTOMER,
        _day("answered_on", _("Answered on"), required=True),
        _text("respondent", _("Respondent")),
        _number("scale_min", _("Lowest point of the scale")),
        _number("scale_max", _("Highest point of the scale")),
        _number("score", _("Score"), required=True),
        _text("competitor", _("Competitor the answer is about")),
    ),
    day="answered_on",
)

COMPLAINTS = Table(
    "complaints",
    ("complaint_id",),
    _("Complaints"),
    (
        _text("complaint_id", _("Complaint number"), required=True),
        CUSTOMER,
        _day("received_on", _("Received on"), required=True),
        _text("channel", _("Channel")),
        _text("product", _("Product code")),
        _text("category", _("Category")),
        _text("text", _("What the customer said")),
        _text("severity", _("Severity")),
        _day("first_reply_on", _("First reply on")),
        _day("closed_on", _("Closed on")),
        _text("outcome", _("Outcome")),
        _money("compensation", _("Compensation")),
    ),
    day="received_on",
)

CONTACTS = Table(
    "contacts",
    ("contact_id",),
    _("People at the customer"),
    (
        _text("contact_id", _("Contact number"), required=True),
        CUSTOMER,
        _text("name", _("Person's name"), required=True),
        _text("level", _("Level")),
        _text("title", _("Job title")),
        _text("department", _("Department")),
        _text("email", _("E-mail")),
        _text("phone", _("Telephone")),
        _text("influence", _("Influence")),
        _text("attitude", _("Attitude to us")),
        _day("since", _("Since")),
        _day("left_on", _("Left on")),
    ),
)

REFERRALS = Table(
    "referrals",
    ("referrer", "referred"),
    _("Who brought whom"),
    (
        _text("referrer", _("Code of the customer who recommended us"), required=True),
        _text("referred", _("Code of the customer who came"), required=True),
        _day("referred_on", _("Recommended on"), required=True),
    ),
    day="referred_on",
)

WALLET = Table(
    "wallet",
    ("customer", "period"),
    _("What the customer spends in all, in our category"),
    (
        CUSTOMER,
        _text("period", _("Period, as 2025 or 2025-03"), required=True),
        _money("total_spend", _("Total spend in our category"), required=True),
        _text("competitor", _("Main competitor")),
        _money("competitor_spend", _("Spend with the main competitor")),
        CURRENCY,
    ),
)

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        table.name: table
        for table in (
            CUSTOMERS, PRODUCTS, ORDER_LINES, PAYMENTS, SERVICE_COSTS, STOCK,
            SELL_OUT, SURVEYS, COMPLAINTS, CONTACTS, REFERRALS, WALLET,
        )
    }
)  # fmt: skip

KINDS: Final[Mapping[str, Table]] = MappingProxyType({table.kind: table for table in TABLES.values()})
