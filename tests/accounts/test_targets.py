"""Accounts chosen together: by code, by tier, by a saved view; once each, and only those one sees."""

import pytest

from vitalfew.accounts import actions, targets
from vitalfew.accounts.targets import TargetsForm

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def chosen(user, **given):
    form = TargetsForm(user, {"codes": "", "tier": "", **given})
    return form.is_valid() and {each.code for each in form.accounts}, form.errors


def view_of(user, query):
    actions.save_view(user, "我的", query)
    return user.views.get(name="我的").pk


def test_a_view_is_taken_as_its_list_shows_it_and_nothing_twice(house):
    manager = house.user("manager")
    view = view_of(manager, "order=name")

    found, _errors = chosen(manager, view=view, codes=house.mine)
    assert house.mine in found
    assert house.foreign not in found
    assert found == chosen(manager, view=view)[0]


def test_the_view_of_somebody_else_is_not_there_and_a_field_without_views_neither(house):
    view = view_of(house.user("director"), "order=name")

    assert "view" not in TargetsForm(house.user("manager")).fields
    view_of(house.user("manager"), "order=name")
    assert "view" in chosen(house.user("manager"), view=view)[1]


def test_a_view_that_is_too_wide_is_refused(house, monkeypatch):
    monkeypatch.setattr(targets, "MOST", 1)
    director = house.user("director")

    assert "view" in chosen(director, view=view_of(director, ""))[1]
