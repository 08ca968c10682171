"""What an account bought, cost and owes stands in the currency in which it did: amounts of several are never added."""

import re

import pytest

from house import signed_in
from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.imports.actions import Job, receive

pytestmark = [pytest.mark.database, pytest.mark.django_db]
CODE = "TWO-CURRENCIES"
DAY = 20_600
FILES = {
    "order-lines": (
        "order_id,line_no,ordered_on,customer,product,quantity,amount,currency",
        f"T1,1,2024-01-05,{CODE},P,1,100,CNY", f"T1,2,2024-01-05,{CODE},P,2,30,USD", f"T2,1,2024-01-06,{CODE},P,1,50,CNY",
    ),
    "service-costs": (
        "entry_id,customer,spent_on,activity,cost,currency",
        f"S1,{CODE},2024-01-05,visit,10,CNY", f"S2,{CODE},2024-01-06,visit,5,USD",
    ),
    "payments": (
        "invoice_id,customer,invoiced_on,due_on,amount,currency",
        f"I1,{CODE},2024-01-05,2024-01-20,100,CNY", f"I2,{CODE},2024-01-05,2024-01-20,30,USD",
    ),
}  # fmt: skip


@pytest.fixture
def home(own_facts, tmp_path):
    for kind, lines in FILES.items():
        file = tmp_path / f"{kind}.csv"
        file.write_text("\n".join(lines))
        assert receive(Job(kind, file, "test", given_name=file.name), own_facts.home).rows_rejected == 0
    return own_facts.home


def told(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def test_orders_products_service_and_invoices_by_currency(home):
    orders = facts_of.orders(home, [CODE])
    assert told(orders, "order_id", "amount", "currency") == [("T2", 50, "CNY"), ("T1", 100, "CNY"), ("T1", 30, "USD")]
    products = facts_of.products(home, [CODE])
    assert told(products, "product", "amount", "quantity", "currency") == [("P", 150, 2, "CNY"), ("P", 30, 2, "USD")]
    service = facts_of.service(home, [CODE])
    assert told(service, "activity", "cost", "currency") == [("visit", 10, "CNY"), ("visit", 5, "USD")]
    owed = facts_of.overdue(home, [CODE], DAY)
    assert (owed["n"], told(owed["amounts"], "amount", "currency")) == (2, [(100, "CNY"), (30, "USD")])


def test_the_page_writes_each(home, own_facts, client):  # noqa: ARG001  (the facts are brought in)
    Account.objects.create(code=CODE, name="Both", stub=True)
    director = signed_in(own_facts, client, "director")

    page = re.sub(r"<[^>]+>", "", director.get(f"/accounts/{CODE}/").content.decode())
    assert "2 · ¥100 · $30" in page
    assert "$5" in director.get(f"/accounts/{CODE}/?tab=contribution").content.decode()
