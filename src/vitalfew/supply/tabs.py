from collections.abc import Mapping
from typing import Any

from django.conf import settings

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.supply import questions
from vitalfew.supply.rights import SupplyRight
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse import scorecards


def supplied(user: User, account: Account) -> Mapping[str, Any]:
    """What it will miss of ours, and for how long what lies on its own shelves will do."""
    refresh = scorecards.current()
    shelves = scorecards.of_account(settings.HOME, refresh, "safety-stock", account.code) if refresh else []
    return {
        "risks": questions.risks_of(user, account), "drawing": questions.drawing(),
        "shelves": sorted(shelves, key=lambda row: (row["days_of_cover"] is None, row["days_of_cover"] or 0.0)),
    }  # fmt: skip


TABS = (Tab("supply", _("Supply"), SupplyRight.SEE, 97, "supply/tab.html", (), supplied),)
