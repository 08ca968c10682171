from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.contacts import questions
from vitalfew.contacts.rights import ContactRight
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import Group
from vitalfew.terms import gettext_noop as _


def people(user: User, account: Account) -> Mapping[str, Any]:
    return {"people": questions.at(account), "can_edit_contacts": user.may(ContactRight.EDIT)}


TABS = (Tab("contacts", _("Contacts"), ContactRight.SEE, 110, "contacts/tab.html", (Group.RELATIONSHIP,), people),)
