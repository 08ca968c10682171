"""Figures have as many places as they mean, and say what they are of."""

import pytest

from vitalfew.language import Percent, plain
from vitalfew.outlets.templatetags.names import item_name
from vitalfew.outlets.templatetags.pen import Pen
from vitalfew.terms import Unit


@pytest.mark.parametrize(
    ("value", "written"),
    [(156.0, "156"), (0.76, "0.76"), (155.29, "155.3"), (94.444, "94.44"), (0.0345, "0.035"), (-2.5, "−2.5"), (0, "0"),
     (1234.0, "1,234"), (-0.0001, "0.000"), (0.0001, "<0.001"), (0.0007, "0.001"), (99.999, "100")],
)  # fmt: skip
def test_a_figure_has_no_places_that_say_nothing(value, written):
    assert plain(value).say("en") == Pen("en").cell(value, Unit.NUMBER) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.0, "100 %"),
        (0.0, "0 %"),
        (0.9996, ">99.9 %"),
        (0.0004, "<0.1 %"),
        (-0.0001, "0.0 %"),
        (0.783, "78.3 %"),
        (-1.0, "−100 %"),
    ],
)
def test_all_and_none_are_whole(value, written):
    assert Percent(value).say("en") == written


@pytest.mark.parametrize(
    ("code", "name"),
    [("satisfaction_1", "Satisfaction, question 1"), ("trust_12", "Trust, question 12"),
     ("value_product", "Value of the product"), ("delivery_3", "delivery_3"), ("nps", "Would recommend us")],
)  # fmt: skip
def test_one_of_several_questions_says_which_it_is(code, name, monkeypatch):
    monkeypatch.setattr("vitalfew.outlets.templatetags.names.language", lambda: "en")

    assert item_name(code) == name
