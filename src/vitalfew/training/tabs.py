from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _
from vitalfew.training import covering, questions
from vitalfew.training.rights import TrainingRight


def trained(user: User, account: Account) -> Mapping[str, Any]:
    """How far its people are trained, who was at what, which certificates they hold."""
    return {
        "programmes": covering.by_programme(user, account), "people": questions.of_account(user, account),
        "certificates": questions.certificates_of(user, account=account), "may_run": questions.may_run(user),
    }  # fmt: skip


TABS = (Tab("training", _("Training"), TrainingRight.SEE, 98, "training/tab.html", (), trained),)
