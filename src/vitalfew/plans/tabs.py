from collections.abc import Mapping
from typing import Any, Final

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.plans import questions, reading
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _

FEW: Final = 5


def planned(user: User, account: Account) -> Mapping[str, Any]:
    """Its plans, and how the goals of the present one stand."""
    now = questions.present(user, account)
    steps = questions.parts(user, now, "step").filter(done_on=None)[:FEW] if now else []
    return {
        "plans": questions.of_account(user, account), "can_plan": user.may(AccountPlanRight.WRITE), "now": now,
        "goals": reading.standings(user, now) if now else [], "steps": steps,
    }  # fmt: skip


TABS = (Tab("plans", _("Plans"), AccountPlanRight.SEE, 92, "plans/tab.html", (), planned),)
