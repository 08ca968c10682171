"""What somebody of a customer's sees of how it is dealt with: the letter's words, where its tier has a name outside the house."""

from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.reviews.letter import letter
from vitalfew.rooms import PortalPart, Visitor
from vitalfew.terms import gettext_noop as _


def told(_visitor: Visitor, account: Account) -> Mapping[str, Any]:
    """Of any other tier nothing is said, not even that there is one."""
    found = letter(account)
    if found is None or not found.name:
        return {"name": "", "since": None, "rights": [], "contact": account.in_charge}
    return {"name": found.name, "since": found.since, "rights": list(found.rights), "contact": found.contact}


PARTS: Final = (PortalPart("together", _("Working together"), 60, "note", "reviews/portal.html", told),)
