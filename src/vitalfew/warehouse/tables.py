"""The canonical tables: what a fact is, column by column.

Every source (CSV, spreadsheet, ERP query, survey tool, a room of the department) is brought into these shapes before
anything is computed; `columns` says what they are made of, `open_tables` has those that may bring columns of their own.
A row is found again by its key; the same key with other content is a restatement (see ``store``).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.columns import (
    ARROW,
    CURRENCY,
    CUSTOMER,
    Column,
    Table,
    Type,
    day,
    money,
    number,
    quantity,
    text,
    whole,
)
from vitalfew.warehouse.open_tables import CAMPAIGN, CONTRACTS, KNOWLEDGE_EVENTS, TRANSACTION_FACTS

__all__ = ["ARROW", "KINDS", "TABLES", "Column", "Table", "Type", "is_open"]

CUSTOMERS = Table(
    "customers",
    ("customer",),
    _("Customers: the account master"),
    (
        CUSTOMER,
        text("name", _("Company name"), required=True),
        text("parent", _("Code of the parent company")),
        text("kind", _("Kind: distributor, general agent, regional core customer, industrial company")),
        text("region", _("Region")),
        text("country", _("Country")),
        text("industry", _("Industry")),
        text("uscc", _("Unified social credit code")),
        day("opened_on", _("Customer since")),
        day("founded_on", _("Company founded on")),
        text("manager", _("Key account manager")),
        whole("payment_terms_days", _("Payment terms in days")),
        money("credit_limit", _("Credit limit")),
    ),
)

PRODUCTS = Table(
    "products",
    ("product",),
    _("Products"),
    (
        text("product", _("Product code"), required=True),
        text("name", _("Product name"), required=True),
        text("category", _("Category")),
        text("unit", _("Unit")),
        money("list_price", _("List price")),
        money("standard_cost", _("Standard cost")),
    ),
)

ORDER_LINES = Table(
    "order_lines",
    ("order_id", "line_no"),
    _("Order lines, returns as negative lines"),
    (
        text("order_id", _("Order number"), required=True),
        text("line_no", _("Line number"), required=True),
        CUSTOMER,
        day("ordered_on", _("Order date"), required=True),
        text("product", _("Product code")),
        quantity("quantity", _("Quantity"), required=True),
        money("amount", _("Amount, net of discount; negative for a return"), required=True),
        money("unit_price", _("Unit price")),
        money("cost", _("Cost of the whole line")),
        CURRENCY,
        text("channel", _("Channel")),
        text("sales_person", _("Salesperson")),
        day("promised_on", _("Promised date")),
        day("delivered_on", _("Delivered on")),
        quantity("quantity_delivered", _("Quantity delivered")),
        money("list_amount", _("Amount before discount")),
        text("customer_name", _("Company name as written on the order")),
        text("product_name", _("Product name as written on the order")),
    ),
    day="ordered_on",
)

PAYMENTS = Table(
    "payments",
    ("invoice_id",),
    _("Invoices and their payment"),
    (
        text("invoice_id", _("Invoice number"), required=True),
        CUSTOMER,
        day("invoiced_on", _("Invoiced on"), required=True),
        day("due_on", _("Due on")),
        day("paid_on", _("Paid on")),
        money("amount", _("Invoiced amount"), required=True),
        CURRENCY,
    ),
    day="invoiced_on",
)

SERVICE_COSTS = Table(
    "service_costs",
    ("entry_id",),
    _("What serving the customer cost"),
    (
        text("entry_id", _("Entry number"), required=True),
        CUSTOMER,
        day("spent_on", _("Spent on"), required=True),
        text("activity", _("Activity")),
        number("hours", _("Hours")),
        money("cost", _("Cost"), required=True),
        CURRENCY,
    ),
    day="spent_on",
)

STOCK = Table(
    "stock",
    ("product", "place", "counted_on"),
    _("Stock counts"),
    (
        text("product", _("Product code"), required=True),
        text("place", _("Warehouse"), required=True),
        day("counted_on", _("Counted on"), required=True),
        quantity("quantity", _("Quantity on hand"), required=True),
        quantity("on_order", _("Quantity on order")),
    ),
    day="counted_on",
)

SELL_OUT = Table(
    "sell_out",
    ("customer", "product", "date"),
    _("What the customer sold on, and has left"),
    (
        CUSTOMER,
        text("product", _("Product code"), required=True),
        day("date", _("Date"), required=True),
        quantity("quantity", _("Quantity sold on"), required=True),
        quantity("stock_after", _("Stock left")),
        text("place", _("Shop or warehouse")),
    ),
    day="date",
)

SURVEYS = Table(
    "surveys",
    ("response_id", "item"),
    _("Survey answers, one a row"),
    (
        text("response_id", _("Response number"), required=True),
        text("item", _("Question"), required=True),
        CUSTOMER,
        day("answered_on", _("Answered on"), required=True),
        text("respondent", _("Respondent")),
        number("scale_min", _("Lowest point of the scale")),
        number("scale_max", _("Highest point of the scale")),
        number("score", _("Score"), required=True),
        text("competitor", _("Competitor the answer is about")),
    ),
    day="answered_on",
)

COMPLAINTS = Table(
    "complaints",
    ("complaint_id",),
    _("Complaints"),
    (
        text("complaint_id", _("Complaint number"), required=True),
        CUSTOMER,
        day("received_on", _("Received on"), required=True),
        text("channel", _("Channel")),
        text("product", _("Product code")),
        text("category", _("Category")),
        text("text", _("What the customer said")),
        text("severity", _("Severity")),
        day("first_reply_on", _("First reply on")),
        day("closed_on", _("Closed on")),
        text("outcome", _("Outcome")),
        money("compensation", _("Compensation")),
    ),
    day="received_on",
)

CONTACTS = Table(
    "contacts",
    ("contact_id",),
    _("People at the customer"),
    (
        text("contact_id", _("Contact number"), required=True),
        CUSTOMER,
        text("name", _("Person's name"), required=True),
        text("level", _("Level")),
        text("title", _("Job title")),
        text("department", _("Department")),
        text("email", _("E-mail")),
        text("phone", _("Telephone")),
        text("influence", _("Influence")),
        text("attitude", _("Attitude to us")),
        day("since", _("Since")),
        day("left_on", _("Left on")),
    ),
)

REFERRALS = Table(
    "referrals",
    ("referrer", "referred"),
    _("Who brought whom"),
    (
        text("referrer", _("Code of the customer who recommended us"), required=True),
        text("referred", _("Code of the customer who came"), required=True),
        day("referred_on", _("Recommended on"), required=True),
    ),
    day="referred_on",
)

WALLET = Table(
    "wallet",
    ("customer", "period"),
    _("What the customer spends in total, in our category"),
    (
        CUSTOMER,
        text("period", _("Period, as 2025 or 2025-03"), required=True),
        money("total_spend", _("Total spend in our category"), required=True),
        text("competitor", _("Main competitor")),
        money("competitor_spend", _("Spend with the main competitor")),
        CURRENCY,
    ),
)

TABLES: Final[Mapping[str, Table]] = MappingProxyType(
    {
        table.name: table
        for table in (
            CUSTOMERS, PRODUCTS, ORDER_LINES, PAYMENTS, SERVICE_COSTS, STOCK,
            SELL_OUT, SURVEYS, COMPLAINTS, CONTACTS, REFERRALS, WALLET,
            CONTRACTS, CAMPAIGN, KNOWLEDGE_EVENTS, TRANSACTION_FACTS,
        )
    }
)  # fmt: skip
"""All kinds: the twelve that analyses rest on, then the open ones that some of them also take."""


def is_open(name: str) -> bool:
    """Whether a table of that name is taken as it is where it is handed to an analysis."""
    return name not in TABLES or TABLES[name].open


KINDS: Final[Mapping[str, Table]] = MappingProxyType({table.kind: table for table in TABLES.values()})
