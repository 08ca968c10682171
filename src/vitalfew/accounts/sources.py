from django.conf import settings
from django.utils.translation import gettext as _

from vitalfew.accounts import facts_of
from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Begun, Source
from vitalfew.warehouse.run import day_of


def _order(user: User, account: Account, number: str) -> Begun | None:
    """One of the account's orders; what is not delivered yet was to come by its promised day."""
    lines = facts_of.behind(settings.HOME, "order_lines", account.codes, "order_id = $value", number)
    if not lines or not user.may(Right.ACCOUNTS):
        return None
    waits = [line for line in lines if line["delivered_on"] is None]
    asked = [line["promised_on"] for line in waits if line["promised_on"] is not None]
    text = _("Deliver order %(number)s") % {"number": number} if waits else ""
    url = f"{account.get_absolute_url()}?tab=orders"
    return Begun(url, text, day_of(max(asked)) if asked else None, number)


SOURCES = (Source("order", "order", _order),)
