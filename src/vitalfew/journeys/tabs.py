from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.journeys import questions
from vitalfew.journeys.dating import in_order
from vitalfew.journeys.line import stages
from vitalfew.journeys.models import Check
from vitalfew.journeys.rights import JourneyRight
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _


def accompanied(user: User, account: Account) -> Mapping[str, Any]:
    """Its journeys, each with the line of its stages."""
    rows = questions.of_account(user, account)
    checks: dict[int, list[Check]] = {row.pk: [] for row in rows}
    for check in in_order(Check.objects.filter(journey__in=rows, put_away_at=None)):
        checks[check.journey_id].append(check)
    waiting = questions.waiting_suggestions(user).filter(account=account)[: questions.SHOWN]
    return {
        "journeys": [(row, stages(row, checks[row.pk])) for row in rows], "suggested": list(waiting),
        "may_open": user.may(JourneyRight.OPEN),
    }  # fmt: skip


TABS = (Tab("journeys", _("Service journeys"), JourneyRight.SEE, 96, "journeys/tab.html", (), accompanied),)
