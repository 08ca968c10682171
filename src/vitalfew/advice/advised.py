"""What was declined is not proposed again before its day; where a proposal is answered."""

from collections.abc import Collection
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from vitalfew.advice.models import Advice
from vitalfew.advice.rights import AdviceRight
from vitalfew.people.models import User


def refused(codes: Collection[str], day: date) -> set[tuple[str, str]]:
    """Accounts and actions that nobody wants to hear of on that day."""
    rows = Advice.objects.declined_on(day).filter(account__code__in=codes)
    return set(rows.values_list("account__code", "action"))


def answer_at(user: User, code: str, action: str) -> str:
    """The page on which the user answers it; empty where he may not."""
    return (
        f"{reverse('advice-new')}?{urlencode({'account': code, 'action': action})}"
        if user.may(AdviceRight.ANSWER)
        else ""
    )
