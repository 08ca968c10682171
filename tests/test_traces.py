"""A person's words are found and taken out however they are capitalised."""

import pytest

from vitalfew.rooms import ERASED, Traces

LI = Traces(
    frozenset(), frozenset(), frozenset({"Li.Na@Firm.com", "139 (1)"}), frozenset({"Li Na", "李娜"}), frozenset()
)


@pytest.mark.parametrize("text", ["write to li.na@firm.com", "LI NA said so", "李娜说", "call 139 (1) today"])
def test_found_and_taken_out(text):
    assert LI.are_in(text)
    assert not LI.are_in(LI.erased_from(text))
    assert ERASED in LI.erased_from(text)


def test_other_texts_stay_and_nothing_is_found_of_nobody():
    nobody = Traces(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())

    assert LI.erased_from("Firm.com, 139 1") == "Firm.com, 139 1"
    assert not nobody.are_in("anything")
    assert nobody.erased_from("anything") == "anything"
