from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.promises import questions
from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Card
from vitalfew.terms import gettext_noop as _

FEW: Final = 5


def still_open(user: User, account: Account) -> Mapping[str, Any]:
    """What it waits for."""
    rows = questions.open_of(user, account)
    return {"promises": rows[:FEW], "more": len(rows) - FEW, "account": account} if rows else {}


def from_complaints(user: User, account: Account) -> Mapping[str, Any]:
    """What was promised about its complaints."""
    return _from(user, account, "complaint", _("Promises made about complaints"))


def from_orders(user: User, account: Account) -> Mapping[str, Any]:
    """What was promised about its orders."""
    return _from(user, account, "order", _("Promises made about orders"))


def _from(user: User, account: Account, kind: str, title: str) -> Mapping[str, Any]:
    made = [row for rows in questions.from_records(user, account, kind).values() for row in rows]
    return {"promises": made, "title": title} if made else {}


CARDS = (
    Card("overview", PromiseRight.SEE, "promises/open.html", still_open),
    Card("complaints", PromiseRight.SEE, "promises/about.html", from_complaints),
    Card("orders", PromiseRight.SEE, "promises/about.html", from_orders),
)
