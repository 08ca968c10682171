from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rescues import questions
from vitalfew.rescues.comparing import card_of
from vitalfew.rescues.rights import RescueRight
from vitalfew.rooms import Card
from vitalfew.terms import Risk


def at_risk(user: User, account: Account) -> Mapping[str, Any]:
    """Its plans, and the way to one where an alarm stands."""
    rows, card = questions.of_account(user, account), card_of(account)
    rings = card is not None and card.risk == Risk.HIGH
    if not rows and not rings:
        return {}
    running = rows[0] if rows and rows[0].is_open else None
    return {
        "rescues": rows, "running": running, "steps": questions.steps_of(running) if running else [], "rings": rings,
        "may_lead": user.may(RescueRight.LEAD), "account": account,
    }  # fmt: skip


CARDS = (Card("risk", RescueRight.SEE, "rescues/card.html", at_risk, first=True),)
