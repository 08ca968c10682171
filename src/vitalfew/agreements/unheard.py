"""Price rules for a product or category of which the facts do not know yet: taken, but said."""

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings

from vitalfew.accounts.between import categories
from vitalfew.accounts.facts_of import named_products
from vitalfew.accounts.models import Account
from vitalfew.agreements.models import PriceRule
from vitalfew.terms import gettext_noop as _

NO_PRODUCT: Final = _(
    "Neither the product list nor an order of this account has this code: until then it holds for nothing"
)
NO_CATEGORY: Final = _("No product of the list is of this category: until then it holds for nothing")


def unheard(account: Account, rules: Sequence[PriceRule]) -> dict[int, str]:
    """By the number of a rule, what is said about it."""
    products = sorted({rule.product for rule in rules if rule.product})
    known = named_products(settings.HOME, account.codes, products)
    listed: set[Any] = set(categories()) if any(rule.category for rule in rules) else set()
    said = {rule.pk or 0: _of(rule, known, listed) for rule in rules}
    return {number: text for number, text in said.items() if text}


def _of(rule: PriceRule, products: set[str], listed: set[str]) -> str:
    if rule.product and rule.product not in products:
        return NO_PRODUCT
    return NO_CATEGORY if rule.category and rule.category not in listed else ""
