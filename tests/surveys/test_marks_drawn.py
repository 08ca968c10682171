"""The spread of marks is a small picture drawn here, and the same in words for those who don't see it."""

import re

import pytest
from django.template.loader import render_to_string

from vitalfew.surveys import bars

SPREAD = (("1", 0, 0.0), ("2", 1, 0.25), ("3", 3, 0.75))


def test_the_mark_given_most_often_is_as_tall_as_there_is_room():
    none, one, most = bars.drawn(SPREAD).bars

    assert (none.height, most.height) == (0.0, bars.TALLEST)
    assert one.height == pytest.approx(bars.TALLEST / 3, abs=0.1)
    assert one.top + one.height == pytest.approx(most.top + most.height)
    assert none.left < one.left < most.left


@pytest.mark.parametrize("spread", [(), (("1", 0, 0.0),)], ids=["nothing", "nobody"])
def test_where_nobody_gave_a_mark_there_is_no_bar(spread):
    assert not any(each.height for each in bars.drawn(spread).bars)


def test_the_picture_says_how_often_each_mark_was_given():
    shown = render_to_string("surveys/marks.html", {"picture": bars.drawn(SPREAD)})

    assert 'aria-label="1: 0 · 2: 1 · 3: 3"' in shown
    assert re.findall(r"<text[^>]*>([^<]*)</text>", shown) == ["1", "1", "2", "3", "3"]
    assert len(re.findall("<rect", shown)) == 2
