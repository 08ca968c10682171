from collections.abc import Iterator
from typing import Final

from django.db.models import Sum

from vitalfew.accounts.models import Account
from vitalfew.language import Count, Message
from vitalfew.people.models import User
from vitalfew.rooms import Touch
from vitalfew.supply import questions
from vitalfew.supply.rights import SupplyRight
from vitalfew.terms import gettext_noop as _

MOST: Final = 100
SAID: Final = _("{n} of {product} were reserved for it: {name}")


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What was reserved for it, by product."""
    if not user.may(SupplyRight.SEE):
        return
    rows = questions.reservations(user).filter(account=account).order_by("-allotment__reserved_on", "product")
    sums = rows.values_list("allotment__reserved_on", "allotment__name", "product").annotate(sum=Sum("quantity"))
    for day, name, product, quantity in sums[:MOST]:
        said = Message(SAID, {"n": Count(float(quantity)), "product": product, "name": name})
        yield Touch(day, "supply", said, url=f"{account.get_absolute_url()}?tab=supply")
