"""A round as its page and the API tell it: what was answered, by whom, and who has not."""

from collections.abc import Mapping
from typing import Any, Final

from vitalfew.feedback import counting, questions
from vitalfew.feedback.models import Round
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import Tier, label_of
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

SHOWN: Final = 100


def told_of(user: User, one: Round) -> Mapping[str, Any]:
    """Counted over the accounts that the user may see."""
    rows = [(code, who or "", answered is not None) for code, who, _state, answered in questions.accounts_in(user, one)]
    waiting = questions.asked(user).filter(round=one, state__in=questions.OPEN).order_by("asks_name", "account__name")
    return {
        "results": counting.results(questions.questions_of(one), questions.answers_in(user, one)),
        "by_who": counting.by_who(rows),
        "by_tier": counting.by_group(rows, _tiers(user, {code for code, _who, _done in rows})),
        "waiting": waiting[:SHOWN],
        "reach": _reach(sum(done for _code, _who, done in rows), len(rows)),
    }


def _reach(answered: int, asked: int) -> tuple[float, float, float] | None:
    """The share that answered, and between which values it lies among accounts like these."""
    from vitalfew.maths.intervals import wilson

    if not asked:
        return None
    low, high = wilson(answered, asked)
    return answered / asked, low, high


def _tiers(user: User, codes: set[str]) -> dict[str, str]:
    """The tier's name of each account, for who may see it."""
    refresh = scorecards.current()
    if refresh is None or not user.may(Right.MONEY):
        return {}
    cards = Scorecard.objects.filter(refresh=refresh, customer__in=codes).values_list("customer", "tier")
    return {code: label_of(Tier, tier) for code, tier in cards if tier}
