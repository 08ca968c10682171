from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.people.models import User
from vitalfew.portal import questions
from vitalfew.portal.rights import PortalRight
from vitalfew.rooms import OF_A_PERSON, Card


def of_account(user: User, account: Account) -> Mapping[str, Any]:
    """Who of it may visit the portal."""
    rows, may = questions.of_account(user, account), questions.may_give(user, account)
    return {"rows": rows, "account": account, "may": may} if rows or may else {}


def of_person(user: User, person: Person) -> Mapping[str, Any]:
    """For which accounts a contact may."""
    rows = questions.of_person(user, person)
    return {"rows": rows, "person": person} if rows else {}


def files(user: User, account: Account) -> Mapping[str, Any]:
    """Which files are shown there."""
    rows = questions.files(user, account)
    if not rows or not user.may(PortalRight.GIVE):
        return {}
    shown = [{"pk": row.pk, "name": row.name, "shared": hasattr(row, "shared")} for row in rows]
    return {"files": shown, "may": questions.may_give(user, account)}


CARDS = (
    Card("contacts", PortalRight.SEE, "portal/card.html", of_account),
    Card(OF_A_PERSON, PortalRight.SEE, "portal/card.html", of_person),
    Card("files", PortalRight.GIVE, "portal/files_card.html", files),
)
