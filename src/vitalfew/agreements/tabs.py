from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.agreements import contracts, questions
from vitalfew.agreements.rights import AgreementRight
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _


def agreed(user: User, account: Account) -> Mapping[str, Any]:
    """Its agreements, what is broken of them, and what an import tells of contracts."""
    return {
        "agreements": questions.of_account(user, account), "breaches": questions.open_breaches(user, account),
        "contracts": contracts.of_account(user, account), "can_write": user.may(AgreementRight.WRITE),
    }  # fmt: skip


TABS = (Tab("agreements", _("Agreements"), AgreementRight.SEE, 93, "agreements/tab.html", (), agreed),)
