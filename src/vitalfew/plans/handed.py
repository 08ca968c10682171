from typing import Any

from vitalfew.plans.models import Plan, Step
from vitalfew.plans.words import PlanState
from vitalfew.rooms import Handed
from vitalfew.terms import gettext_noop as _


def _plans(account: Any, giver: Any) -> Any:
    rows = Plan.objects.filter(account=account, owner=giver, put_away_at=None)
    return rows.exclude(state=PlanState.CLOSED)


def _steps(account: Any, giver: Any) -> Any:
    rows = Step.objects.filter(plan__account=account, owner=giver, done_on=None, put_away_at=None)
    return rows.filter(plan__put_away_at=None).exclude(plan__state=PlanState.CLOSED)


HANDED = (Handed(_("Account plans"), "owner", _plans), Handed(_("Planned actions"), "owner", _steps))
