from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import questions
from vitalfew.visits.rights import VisitRight


def visited(user: User, account: Account) -> Mapping[str, Any]:
    """Its visits: to come, held, cancelled."""
    rows = questions.of_account(user, account)
    own = {row.pk for row in rows if row.is_open and questions.may_change(user, row)}
    return {"visits": rows, "can_plan": user.may(VisitRight.PLAN), "own": own}


TABS = (Tab("visits", _("Visits"), VisitRight.SEE, 94, "visits/tab.html", (), visited),)
