"""Who sees which records of supply."""

from typing import Any, Final

from django.core.validators import MinValueValidator
from django.db import models

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.supply.rights import SupplyRight

CODE: Final = 100
SUM: Final[dict[str, Any]] = {"max_digits": 16, "decimal_places": 2, "default": 0}
QUANTITY: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2, "validators": [MinValueValidator(0)]}


class Visible(models.QuerySet[Any]):
    """What stands at no account is seen by all who see supply."""

    def visible_to(self, user: User) -> "Visible":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "Visible":
        return self if user.is_active and user.may(SupplyRight.SEE) else self.none()


class Pictured(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "Pictured":
        return self if user.is_active and user.may(SupplyRight.SEE) else self.none()


class AtAccounts(models.QuerySet[Any]):
    def visible_to(self, user: User) -> "AtAccounts":
        if not user.is_active or not user.may(SupplyRight.SEE):
            return self.none()
        return self.filter(account__in=Account.objects.visible_to(user))


class Drafts(models.QuerySet[Any]):
    """How goods are shared out is seen by who works on it."""

    def visible_to(self, user: User) -> "Drafts":
        return self.within_reach_of(user).filter(put_away_at=None)

    def within_reach_of(self, user: User) -> "Drafts":
        return self if user.is_active and user.may(SupplyRight.WORK) else self.none()
