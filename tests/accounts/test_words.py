"""The account in words: what everybody may read, and what only those who may see margins."""

import pytest
from django.utils.html import escape

from house import signed_in
from vitalfew.language import say_kept
from vitalfew.warehouse import scorecards

PLACES = ("", "?tab=overview", "?tab=one-to-one")


def page(house, client, role, code):
    browser = signed_in(house, client, role)
    return "".join(browser.get(f"/accounts/{code}/{place}").content.decode() for place in PLACES)


@pytest.fixture
def told(house):
    """An account with a confidential action: its words and its actions."""
    current = scorecards.current()
    actions = scorecards.result(house.home, current, "next-actions").table.to_pylist()
    code = next(row["customer"] for row in actions if row["guarded"])
    words = scorecards.of_account(house.home, current, "one-to-one", code)[0]
    return code, words, [row for row in actions if row["customer"] == code]


def said(kept):
    return escape(say_kept(kept, "zh-hans"))


def test_who_sees_margins_reads_all(house, client, told):
    code, words, actions = told
    text = page(house, client, "director", code)

    assert all(said(words[name]) in text for name in ("summary", "value", "contribution"))
    assert all(said(row["why"]) in text for row in actions)


def test_others_read_what_is_open(house, client, told):
    code, words, actions = told
    text = page(house, client, "complaints", code)

    assert said(words["for_all"]) in text
    assert not [name for name in ("value", "contribution", "cause") if words[name] and said(words[name]) in text]
    assert not [row for row in actions if row["guarded"] and said(row["why"]) in text]
    assert "action-effect" not in text
