from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.promises import integrity, questions
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _

YEAR: Final = timedelta(days=365)


def promised(user: User, account: Account) -> Mapping[str, Any]:
    """What was promised to it, and how far that was kept."""
    today = timezone.localdate()
    rows = Promise.objects.visible_to(user).filter(account=account)
    return {
        "promises": questions.of_account(user, account), "can_make": user.may(PromiseRight.MAKE),
        "kept": integrity.whole(integrity.judged(rows, today - YEAR, today)),
    }  # fmt: skip


TABS = (Tab("promises", _("Promises"), PromiseRight.SEE, 95, "promises/tab.html", (), promised),)
