"""What the truth says can be found in the facts."""

import pytest

from vitalfew.demobook import Book
from vitalfew.demobook.losses import CAUSES
from vitalfew.terms import Cooperation

from .conftest import Ask


def test_truth_covers_every_account(book: Book) -> None:
    assert book.truth["customer"].to_pylist() == book.tables["customers"]["customer"].to_pylist()
    assert set(book.truth["kind"].to_pylist()) <= {kind.value for kind in Cooperation}


def test_all_seven_causes_occur(ask: Ask) -> None:
    counts = dict(ask("SELECT cause, count(*) FROM truth WHERE cause IS NOT NULL GROUP BY cause"))

    assert set(counts) == set(CAUSES)
    assert min(counts.values()) >= 4


def test_nobody_orders_after_leaving(ask: Ask) -> None:
    assert ask("SELECT * FROM order_lines JOIN truth USING (customer) WHERE ordered_on >= left_on") == []


def test_the_lost_ordered_before(ask: Ask) -> None:
    assert ask("SELECT customer FROM truth ANTI JOIN order_lines USING (customer) WHERE left_on IS NOT NULL") == []


def test_each_loss_shows_before_it_comes(ask: Ask) -> None:
    lost = ask("""SELECT t.customer, e.date < t.left_on FROM truth t
                  LEFT JOIN truth_events e ON e.customer = t.customer AND e.kind = 'first_sign'
                  WHERE t.cause IS NOT NULL""")

    assert lost
    assert all(before for _, before in lost)


EVIDENCE = {
    "staff_departure": """
        SELECT customer FROM order_lines JOIN truth t USING (customer)
        WHERE ordered_on > since - 365 GROUP BY customer, since
        HAVING min(sales_person) <> max(sales_person) OR max(ordered_on) < since""",
    "broken_promise": """
        SELECT customer FROM order_lines JOIN truth USING (customer) WHERE ordered_on >= since
        GROUP BY customer HAVING avg((delivered_on > promised_on + 3)::INT) > 0.5""",
    "neglect_small": """
        SELECT customer FROM complaints JOIN truth USING (customer)
        WHERE category = 'fairness' AND received_on < left_on AND first_reply_on - received_on >= 9""",
    "strategy_change": """
        SELECT now.customer FROM wallet now JOIN truth USING (customer)
        JOIN wallet ago ON ago.customer = now.customer
        AND left(ago.period, 4)::INT + 1 = left(now.period, 4)::INT AND right(ago.period, 2) = right(now.period, 2)
        WHERE DATE '1970-01-01' + left_on - strptime(now.period, '%Y-%m')::DATE < 100
        GROUP BY now.customer HAVING sum(now.total_spend) < 0.8 * sum(ago.total_spend)""",
    "foul_play": """
        SELECT customer FROM complaints JOIN truth USING (customer)
        WHERE category = 'competition' AND received_on < left_on""",
    "stronger_rival": """
        SELECT customer FROM (
            SELECT customer, period >= strftime(DATE '1970-01-01' + since, '%Y-%m') AS late,
                   sum(competitor_spend) / sum(total_spend) AS part
            FROM wallet JOIN truth USING (customer) GROUP BY ALL)
        GROUP BY customer HAVING max(part) FILTER (late) > 1.1 * max(part) FILTER (NOT late)""",
    "unresolved_complaint": """
        SELECT customer FROM complaints JOIN truth USING (customer)
        WHERE closed_on IS NULL AND received_on <= left_on - 60 AND severity >= '3'""",
}


@pytest.mark.parametrize("cause", CAUSES)
def test_evidence_of_the_cause_lies_in_the_facts(ask: Ask, cause: str) -> None:
    lost = {row[0] for row in ask(f"SELECT customer FROM truth WHERE cause = '{cause}'")}  # noqa: S608 - our own words

    shown = {row[0] for row in ask(EVIDENCE[cause])}

    assert lost <= shown


def test_no_visits_reach_the_neglected(ask: Ask) -> None:
    visits = """SELECT * FROM service_costs JOIN truth USING (customer)
                WHERE cause = 'neglect_small' AND activity = 'visit' AND spent_on >= since"""

    assert ask(visits) == []


def test_the_bankrupt_key_account_paid_later_and_later(ask: Ask) -> None:
    late = """SELECT avg(coalesce(paid_on, 30000) - due_on) FROM payments JOIN truth_events e USING (customer)
              WHERE e.kind = 'bankrupt' AND invoiced_on BETWEEN e.date - {} AND e.date - {}"""
    unpaid = """SELECT count(*) FROM payments JOIN truth_events e USING (customer)
                WHERE e.kind = 'bankrupt' AND paid_on IS NULL"""

    before, after = ask(late.format(700, 300))[0][0], ask(late.format(150, 110))[0][0]

    assert after > before + 20
    assert ask(unpaid)[0][0] > 0


def test_the_campaign_lifted_the_treated(book: Book, ask: Ask) -> None:
    arms = book.tables["campaign"].to_pylist()
    start, end = arms[0]["starts_on"], arms[0]["ends_on"]
    change = {}
    for arm in ("treated", "holdout"):
        members = tuple(row["customer"] for row in arms if row["arm"] == arm)
        count = "SELECT count(DISTINCT order_id) FROM order_lines WHERE customer IN {} AND ordered_on BETWEEN {} AND {}"
        during = ask(count.format(members, start, end))[0][0]
        year_before = ask(count.format(members, start - 365, start - 1))[0][0] / 365 * (end - start + 1)
        change[arm] = during / year_before

    assert change["treated"] > 1.2 * change["holdout"]


def test_goods_run_short_for_the_small_before_spring_festival(ask: Ask) -> None:
    first = ask("SELECT date FROM truth_events WHERE kind = 'shortage'")[0][0]
    filled = """SELECT sum(quantity_delivered) / sum(quantity) FROM order_lines
                WHERE quantity > 0 AND quantity_delivered IS NOT NULL AND ordered_on BETWEEN {} AND {}"""

    assert ask(filled.format(first, first + 40))[0][0] < 0.97
    assert ask(filled.format(first - 120, first - 1))[0][0] == 1


def test_one_off_accounts_order_once(ask: Ask) -> None:
    orders = """SELECT count(DISTINCT order_id) FROM order_lines JOIN truth USING (customer)
                WHERE kind = 'one_off' AND quantity > 0 GROUP BY customer"""

    assert set(ask(orders)) == {(1,)}


def test_true_rates_are_those_of_the_last_year_of_steady_accounts(ask: Ask) -> None:
    """Over all steady long-term accounts together; one by one chance is too strong."""
    last = ask("SELECT max(ordered_on) FROM order_lines")[0][0]
    steady = "SELECT customer FROM truth WHERE kind = 'long_term' AND direction = 'steady' AND left_on IS NULL"
    rate = ask(f"SELECT sum(purchase_rate) FROM truth SEMI JOIN ({steady}) USING (customer)")[0][0]  # noqa: S608 - our own words
    orders = ask(f"""SELECT count(DISTINCT order_id) FROM order_lines SEMI JOIN ({steady}) USING (customer)
                     WHERE quantity > 0 AND ordered_on > {last} - 365""")[0][0]  # noqa: S608 - our own words

    assert orders / 12 == pytest.approx(rate, rel=0.08)


def test_true_revenue_is_that_of_the_last_year_of_steady_accounts(ask: Ask) -> None:
    last = ask("SELECT max(ordered_on) FROM order_lines")[0][0]
    steady = "SELECT customer FROM truth WHERE kind = 'long_term' AND direction = 'steady' AND left_on IS NULL"
    expected = ask(f"SELECT sum(revenue_year), sum(margin_year) FROM truth SEMI JOIN ({steady}) USING (customer)")[0]  # noqa: S608 - our own words
    drawn = ask(f"""SELECT sum(amount)::DOUBLE, sum(amount - cost)::DOUBLE FROM order_lines
                    SEMI JOIN ({steady}) USING (customer)
                    WHERE quantity > 0 AND ordered_on > {last} - 365""")[0]  # noqa: S608 - our own words

    assert drawn == pytest.approx(expected, rel=0.12)


def test_a_deep_discount_brought_contracts_that_were_not_renewed(ask: Ask) -> None:
    lost = """SELECT count(*) FILTER (ended_on IS NOT NULL) / sum(round((coalesce(ended_on, 20757) - started_on) / 365.25))
              FROM contracts JOIN truth_contracts USING (contract) WHERE NOT by_leaving AND discount {}"""

    assert ask(lost.format("> .25"))[0][0] > 1.7 * ask(lost.format("< .15"))[0][0]


def test_no_contract_outlives_its_account_by_more_than_a_year(ask: Ask) -> None:
    later = """SELECT contract FROM contracts JOIN truth USING (customer)
               WHERE left_on IS NOT NULL AND coalesce(ended_on, 20757) > left_on + 366"""

    assert ask(later) == []


def test_contracts_lost_with_their_account_ended_after_it_left(ask: Ask) -> None:
    wrong = """SELECT contract FROM contracts JOIN truth USING (customer) JOIN truth_contracts USING (contract)
               WHERE by_leaving AND (left_on IS NULL OR ended_on < left_on)"""

    assert ask(wrong) == []


def test_people_hoped_for_more_than_came(ask: Ask) -> None:
    hoped, true = ask("SELECT sum(probability), sum(chance) FROM knowledge_events JOIN truth_knowledge USING (event)")[
        0
    ]

    assert true == pytest.approx(0.8 * hoped)
