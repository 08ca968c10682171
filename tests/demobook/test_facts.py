"""The tables are canonical, their keys unique, their sums agree."""

import subprocess
import sys
from datetime import date

import pytest
from stdnum.cn import uscc

from vitalfew.demobook import Book, generate
from vitalfew.demobook.names import FAMOUS
from vitalfew.warehouse.tables import TABLES

from .conftest import Ask


@pytest.mark.parametrize("name", TABLES)
def test_table_is_canonical(book: Book, name: str) -> None:
    table = book.tables[name]

    assert table.schema.equals(TABLES[name].schema)
    assert table.num_rows > 0
    table.validate(full=True)
    for column in TABLES[name].required:
        assert table[column].null_count == 0, column


@pytest.mark.parametrize("name", TABLES)
def test_key_is_unique(ask: Ask, name: str) -> None:
    key = ", ".join(TABLES[name].key)

    assert ask(f"SELECT {key} FROM {name} GROUP BY ALL HAVING count(*) > 1") == []  # noqa: S608 - our own names


@pytest.mark.parametrize(
    "name", [name for name in TABLES if "customer" in TABLES[name].by_name and name != "customers"]
)
def test_customers_are_known(ask: Ask, name: str) -> None:
    assert ask(f"SELECT customer FROM {name} ANTI JOIN customers USING (customer)") == []  # noqa: S608 - our own names


@pytest.mark.parametrize("name", [name for name in TABLES if "product" in TABLES[name].by_name and name != "products"])
def test_products_are_known(ask: Ask, name: str) -> None:
    assert ask(f"SELECT product FROM {name} ANTI JOIN products USING (product)") == []  # noqa: S608 - our own names


@pytest.mark.parametrize("name", [name for name in TABLES if TABLES[name].day])
def test_facts_lie_within_the_book(ask: Ask, name: str) -> None:
    first, last = (date(2023, 11, 1) - date(1970, 1, 1)).days, (date(2026, 10, 31) - date(1970, 1, 1)).days
    day = TABLES[name].day

    found = ask(f"SELECT min({day}), max({day}) FROM {name}")[0]  # noqa: S608 - our own names

    assert found[1] <= last
    assert name == "referrals" or found[0] >= first


def test_same_seed_gives_the_same_book(book: Book) -> None:
    again = generate()

    assert all(book.tables[name].equals(again.tables[name]) for name in TABLES)
    assert book.truth.equals(again.truth)
    assert book.truth_events.equals(again.truth_events)
    assert book.truth_contracts.equals(again.truth_contracts)
    assert book.truth_knowledge.equals(again.truth_knowledge)


def test_another_seed_gives_another_book(book: Book) -> None:
    other = generate(seed=2, accounts=80, months=24)

    assert not book.tables["customers"].slice(0, 80).equals(other.tables["customers"])


@pytest.mark.parametrize(("accounts", "months"), [(59, 36), (300, 23)])
def test_a_book_too_small_is_refused(accounts: int, months: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        generate(accounts=accounts, months=months)


def test_credit_codes_are_valid_and_distinct(book: Book) -> None:
    codes = book.tables["customers"]["uscc"].to_pylist()

    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_names_are_distinct_and_not_famous(book: Book) -> None:
    names = book.tables["customers"]["name"].to_pylist()

    assert len(set(names)) == len(names)
    assert [name for name in names if any(word in name for word in FAMOUS)] == []


def test_hierarchy_ends_at_a_group(book: Book) -> None:
    rows = book.tables["customers"].select(["customer", "parent"]).to_pylist()
    parent = {row["customer"]: row["parent"] for row in rows}

    depths = {_depth(parent, customer) for customer in parent}

    assert depths == {0, 1, 2}


def _depth(parent: dict[str, str | None], customer: str) -> int:
    above = parent[customer]
    return 0 if above is None else 1 + _depth(parent, above)


def test_amounts_are_exact(ask: Ask) -> None:
    assert ask("SELECT * FROM order_lines WHERE amount <> quantity * unit_price") == []
    assert (
        ask("SELECT * FROM order_lines WHERE abs(amount) > abs(list_amount) OR sign(amount) <> sign(list_amount)") == []
    )


def test_returns_are_negative_throughout(ask: Ask) -> None:
    assert ask("SELECT * FROM order_lines WHERE starts_with(order_id, 'TH') <> (quantity < 0)") == []
    assert ask("SELECT * FROM order_lines WHERE sign(quantity) <> sign(amount) OR sign(cost) <> sign(amount)") == []
    assert 0.005 < ask("SELECT avg((amount < 0)::INT) FROM order_lines")[0][0] < 0.03


def test_every_document_is_invoiced_at_its_sum(ask: Ask) -> None:
    orders = "SELECT 'INV-' || order_id AS invoice_id, customer, min(ordered_on) AS invoiced_on, sum(amount) AS amount"
    lines = f"{orders} FROM order_lines GROUP BY ALL"
    invoices = "SELECT invoice_id, customer, invoiced_on, amount FROM payments"

    assert ask(f"({lines}) EXCEPT ({invoices})") == []
    assert ask(f"({invoices}) EXCEPT ({lines})") == []


def test_nothing_is_delivered_or_paid_before_it_was_ordered(ask: Ask) -> None:
    assert ask("SELECT * FROM order_lines WHERE delivered_on <= ordered_on") == []
    assert ask("SELECT * FROM payments WHERE paid_on < invoiced_on") == []


def test_accounts_are_opened_before_they_order(ask: Ask) -> None:
    early = "SELECT * FROM order_lines JOIN customers USING (customer) WHERE ordered_on < opened_on"

    assert ask(early) == []
    assert ask("SELECT * FROM customers WHERE founded_on > opened_on") == []


def test_referrals_point_from_older_to_younger(ask: Ask) -> None:
    younger = """SELECT * FROM referrals
                 JOIN customers a ON a.customer = referrer JOIN customers b ON b.customer = referred
                 WHERE a.opened_on >= referred_on OR referred_on >= b.opened_on"""

    assert ask(younger) == []


def test_scores_lie_on_their_scale(ask: Ask) -> None:
    assert ask("SELECT * FROM surveys WHERE NOT score BETWEEN scale_min AND scale_max") == []


def test_a_distributors_stock_is_what_came_less_what_went(ask: Ask) -> None:
    assert ask("SELECT * FROM sell_out WHERE stock_after < 0 OR quantity < 0") == []


def test_wallet_holds_at_least_what_was_bought_here_in_a_month(ask: Ask) -> None:
    month = "strftime(DATE '1970-01-01' + ordered_on, '%Y-%m')"
    sums = f"SELECT customer, {month} AS period, sum(amount) AS ours"
    bought = f"{sums} FROM order_lines GROUP BY ALL"

    both = f"SELECT * FROM wallet JOIN ({bought}) USING (customer, period)"  # noqa: S608 - our own words
    assert ask(f"{both} WHERE ours > total_spend + 0.01") == []
    assert ask("SELECT * FROM wallet WHERE competitor_spend > total_spend") == []


def test_import_is_quick() -> None:
    code = "import sys, vitalfew.demobook; assert 'numpy' not in sys.modules and 'pyarrow' not in sys.modules"

    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own interpreter


def test_people_answer_only_while_they_are_at_the_account(book):
    stay = {row["contact_id"]: (row["since"], row["left_on"]) for row in book.tables["contacts"].to_pylist()}
    answers = book.tables["surveys"].select(["respondent", "answered_on"]).to_pylist()

    assert answers
    for answer in answers:
        since, left_on = stay[answer["respondent"]]
        assert since <= answer["answered_on"] <= (left_on or answer["answered_on"])
