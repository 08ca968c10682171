from collections.abc import Iterator

from vitalfew.accounts.models import Account
from vitalfew.language import Message
from vitalfew.losses import questions
from vitalfew.losses.rights import LossRight
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _


def touches(user: User, account: Account) -> Iterator[Touch]:
    """When it was lost, and when it told why."""
    if not user.may(LossRight.SEE):
        return
    for row in questions.of_account(user, account):
        address, about = row.get_absolute_url(), {"id": row.pk}
        yield Touch(row.lost_on, TouchKind.LOSS.value, Message(_("The account counts as lost"), {}), about, url=address)
        if row.talked_on and row.cause:
            yield Touch(row.talked_on, TouchKind.LOSS.value, Message(_("It told why it left"), {}), about, url=address)
