"""What was promised from a record, and the way to promise something more."""

from typing import Any

from django import template

from vitalfew.accounts.models import Account
from vitalfew.promises import questions
from vitalfew.promises.rights import PromiseRight

register = template.Library()


@register.inclusion_tag("promises/from.html", takes_context=True)
def promises_from(context: dict[str, Any], named: str, account: Account) -> dict[str, Any]:
    """Named by kind and key, as in ``came_from``."""
    user = context["request"].user
    made = questions.promises(user).filter(account=account, source=named)
    return {"named": named, "account": account, "may_promise": user.may(PromiseRight.MAKE), "made": made}


@register.simple_tag(takes_context=True)
def may_promise(context: dict[str, Any]) -> bool:
    """Whether the reader may write down promises."""
    allowed: bool = context["request"].user.may(PromiseRight.MAKE)
    return allowed
