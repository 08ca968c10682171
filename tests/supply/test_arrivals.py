"""What is on order comes as far as goods came before."""

from datetime import date, timedelta

import pytest

from vitalfew.imports.actions import Job, receive
from vitalfew.supply import drawing, reading

pytestmark = [pytest.mark.database, pytest.mark.django_db]
AS_OF = date(2026, 6, 9)
COUNTED = date(2026, 6, 5)


@pytest.mark.parametrize(
    ("came", "arrivals"),
    [
        (None, [(COUNTED + timedelta(days=3), 1.0)]),
        ((0.25, 2), [(COUNTED + timedelta(days=3), 1.0)]),
        ((0.25, 14), [(COUNTED + timedelta(days=3), 0.25), (AS_OF + timedelta(days=14), 0.75)]),
    ],
    ids=["counted once", "counted again before it could come", "a quarter came"],
)
def test_the_rest_comes_later_by_the_days_between_counts(came, arrivals):
    read = reading.Read(AS_OF, "CNY", came={} if came is None else {"A": came})
    assert drawing._arrivals(read, "A", COUNTED, drawing.Lead(3.0, 0.0)) == arrivals


def test_what_came_is_told_by_two_counts_and_what_was_delivered_between(own_facts, tmp_path):
    """A: 40 of the 80 on order came (10 more on hand, 30 delivered). B was counted at one place more: unknown."""
    stock = ("product,place,counted_on,quantity,on_order", "NEW-A,one,2026-10-01,100,80", "NEW-A,one,2026-10-15,110,50",
             "NEW-B,one,2026-10-01,5,5", "NEW-B,one,2026-10-15,5,5", "NEW-B,two,2026-10-15,50,5")  # fmt: skip
    head = "order_id,line_no,ordered_on,customer,product,quantity,quantity_delivered,amount,delivered_on"
    line = f"N1,1,2026-10-01,{own_facts.mine},NEW-A,35,30,100"
    lines = (head, f"{line},2026-10-15", f"{line.replace('N1', 'N2')},2026-10-01", f"{line.replace('N1', 'N3')},")
    for kind, told in (("stock", stock), ("order-lines", lines)):
        (tmp_path / f"{kind}.csv").write_text("\n".join(told), encoding="utf-8")
        receive(Job(kind, tmp_path / f"{kind}.csv", "test"), own_facts.home)
    read = reading.Read(date(2026, 10, 31), "CNY")
    reading._came(read)
    assert (read.came["NEW-A"], "NEW-B" in read.came) == ((0.5, 14), False)
