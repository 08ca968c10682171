import pytest

from vitalfew.people.permissions import SEES_ALL_ACCOUNTS, Right, may, sees_all, table
from vitalfew.people.roles import Role
from vitalfew.portal.rights import PortalRight

WIDEST = {Right.SELF, Right.OPEN, PortalRight.VISIT}


@pytest.mark.parametrize("right", [right for right in table() if right not in WIDEST])
def test_customers_on_the_portal_have_no_right_of_the_house(right):
    assert not may(Role.PORTAL, right)


def test_visiting_is_the_customers_alone():
    assert PortalRight.VISIT.roles == {Role.PORTAL}


def test_open_is_everybodys():
    assert all(may(role, Right.OPEN) for role in Role)


def test_the_administrator_has_every_right():
    assert {right for right in table() if Role.ADMINISTRATOR not in right.roles} == {PortalRight.VISIT}


def test_managers_and_customers_see_their_own_accounts_only():
    assert {role for role in Role if not sees_all(role)} == {Role.MANAGER, Role.PORTAL}
    assert Role.PORTAL not in SEES_ALL_ACCOUNTS


def test_an_unknown_role_may_nothing():
    assert not any(may("visitor", right) for right in table() if right is not Right.OPEN)
    assert not sees_all("visitor")


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [(Right.ASSIGN, Right.EDIT_ACCOUNTS), (Right.IMPORT, Right.DATA), (Right.INSIGHT, Right.ACCOUNTS)],
)
def test_who_changes_also_sees(narrow, wide):
    assert narrow.roles <= wide.roles


def test_names_of_rights_are_told_apart():
    names = [right.value for right in table()]

    assert len(names) == len(set(names))
