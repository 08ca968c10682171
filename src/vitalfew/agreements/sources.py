from vitalfew.accounts.models import Account
from vitalfew.agreements.models import Obligation
from vitalfew.agreements.words import Side
from vitalfew.people.fields import number_in
from vitalfew.people.models import User
from vitalfew.rooms import Begun, Source


def _obligation(user: User, account: Account, key: str) -> Begun | None:
    """Something that we owe the account by an agreement, which the user sees."""
    rows = Obligation.objects.visible_to(user).filter(agreement__account=account, side=Side.OURS)
    row = rows.filter(pk=number_in(key)).first()
    return row and Begun(row.get_absolute_url(), row.text, row.due, row.agreement.number or row.agreement.title)


SOURCES = (Source("obligation", "agreement", _obligation),)
