"""Who decides is told by the part in buying where it is said, else by the influence."""

import pyarrow as pa
import pytest
from known_people import contacts

import vitalfew
from vitalfew.catalogue import Refusal

PEOPLE = contacts(
    ("A", "a1", "manager", "", "low"),
    ("A", "a2", "manager", "", "high"),
    ("B", "b1", "manager", "", "high"),
    ("C", "c1", "manager", "", "medium"),
    ("C", "c2", "manager", "", "高"),
)


def parts(*rows):
    return pa.table({"contact": [row[0] for row in rows], "part": [row[1] for row in rows]})


SAID = parts(("a1", "decider"), ("b1", "user"), ("c1", "influencer"), ("c2", ""), ("gone", "decider"))


def told(name, column, said):
    given = {} if said is None else {"buying_parts": said}
    table = vitalfew.analyse(name, contacts=PEOPLE, as_of="2026-10-31", **given).table
    return dict(zip(table["customer"].to_pylist(), table[column].to_pylist(), strict=True))


@pytest.mark.parametrize("name", ["coverage", "single-thread"])
def test_the_part_goes_before_the_influence(name):
    assert told(name, "deciders", None) == {"A": 1, "B": 1, "C": 1}
    assert told(name, "deciders", SAID) == {"A": 2, "B": 0, "C": 1}


def test_influencers_are_told_by_it_too():
    assert told("coverage", "influencers", parts(("b1", "influencer"), ("c1", "buyer"))) == {"A": 0, "B": 1, "C": 0}


def test_an_account_without_decider_says_so():
    said = parts(("a1", "user"), ("a2", "gatekeeper"))

    assert told("single-thread", "dependence", said)["A"] == "no_decider"


def test_a_table_without_its_columns_is_refused_in_words():
    with pytest.raises(Refusal):
        told("coverage", "deciders", pa.table({"contact": ["a1"]}))
