"""The tabs of the account's page that are no room's."""

from typing import Final

from vitalfew.people.permissions import Right
from vitalfew.rooms import Permission, Tab
from vitalfew.terms import Group
from vitalfew.terms import gettext_noop as _


def _ours(name: str, label: str, place: int, right: Permission = Right.ACCOUNTS, groups: tuple[Group, ...] = ()) -> Tab:
    return Tab(name, label, right, place, f"accounts/tabs/{name}.html", groups)


TABS: Final = (
    Tab("overview", _("Overview"), Right.ACCOUNTS, 10, "accounts/tabs/overview.html", cards_later=True),
    _ours("development", _("Development"), 20, groups=(Group.DEVELOPMENT,)),
    _ours("value", _("Value"), 30, Right.MONEY, (Group.VALUE, Group.IDENTIFY, Group.EQUITY, Group.GROWTH)),
    _ours("behaviour", _("Behaviour"), 40, groups=(Group.BEHAVIOUR,)),
    _ours("contribution", _("Contribution"), 50, Right.MONEY, (Group.CONTRIBUTION,)),
    _ours("satisfaction", _("Satisfaction"), 60, groups=(Group.SATISFACTION,)),
    _ours("one-to-one", _("One-to-one"), 70, Right.MONEY, (Group.ONE_TO_ONE,)),
    _ours("risk", _("Risk"), 80, groups=(Group.RISK,)),
    _ours("orders", _("Orders"), 90),
    _ours("supply", _("Supply"), 100, groups=(Group.SUPPLY,)),
    _ours("complaints", _("Complaints"), 120),
    _ours("team", _("Team"), 130),
    _ours("timeline", _("Timeline"), 140),
    _ours("history", _("History"), 150),
    _ours("files", _("Files"), 160),
)
