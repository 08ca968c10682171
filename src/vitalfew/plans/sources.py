from vitalfew.accounts.models import Account
from vitalfew.people.fields import number_in
from vitalfew.people.models import User
from vitalfew.plans.models import Step
from vitalfew.rooms import Begun, Source


def _step(user: User, account: Account, key: str) -> Begun | None:
    """An action of one of the account's plans, which the user sees."""
    row = Step.objects.visible_to(user).filter(pk=number_in(key), plan__account=account).first()
    return row and Begun(row.get_absolute_url(), row.text, row.due, row.plan.title)


SOURCES = (Source("step", "plan", _step),)
