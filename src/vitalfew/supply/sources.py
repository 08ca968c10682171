from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from vitalfew.accounts.models import Account
from vitalfew.people.fields import number_in
from vitalfew.people.models import User
from vitalfew.rooms import Begun, Source
from vitalfew.supply import questions

LAST_DAY: Final = timedelta(days=6)


def _reservation(user: User, account: Account, key: str) -> Begun | None:
    """Goods that are kept for the account: delivered by the end of their week."""
    row = questions.reservations(user).filter(account=account, ended_on=None, pk=number_in(key)).first()
    if row is None:
        return None
    said = _("Deliver %(n)s of %(product)s") % {"n": f"{row.left.normalize():f}", "product": row.product}
    return Begun(row.get_absolute_url(), said, row.week + LAST_DAY, row.allotment.name)


SOURCES = (Source("reservation", "order", _reservation),)
