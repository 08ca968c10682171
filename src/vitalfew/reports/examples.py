"""The demo house's regular reports: the board's every month, the largest account's every week."""

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.roles import Role
from vitalfew.reports import actions
from vitalfew.reports.models import Schedule
from vitalfew.reports.words import Form, Rhythm
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard


def plant() -> None:
    """Once; the reports themselves come on their days."""
    director = User.objects.filter(role=Role.DIRECTOR).first()
    largest = Scorecard.objects.filter(refresh=scorecards.current()).order_by("-revenue_12m").first()
    account = Account.objects.filter(code=largest.customer).first() if largest else None
    if director is None or account is None or Schedule.objects.exists():
        return
    board = {"kind": "board", "account": None, "form": Form.PDF.value, "rhythm": Rhythm.MONTHLY.value, "weekday": "0"}
    weekly = {
        "kind": "account",
        "account": account,
        "form": Form.XLSX.value,
        "rhythm": Rhythm.WEEKLY.value,
        "weekday": "0",
    }
    executives = User.objects.filter(role=Role.EXECUTIVE, is_active=True)
    actions.plan(director, [director, *executives], {**board, "mailed": True})
    actions.plan(director, [director, *([account.manager] if account.manager else [])], {**weekly, "mailed": False})
