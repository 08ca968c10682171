from collections.abc import Mapping
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.comments.commented import KIND
from vitalfew.comments.rights import CommentRight
from vitalfew.comments.thread import thread
from vitalfew.people.models import User
from vitalfew.rooms import Tab
from vitalfew.terms import gettext_noop as _


def talked(user: User, account: Account) -> Mapping[str, Any]:
    """What we say to each other about the account itself."""
    return {"thread": thread(user, account, KIND, account.pk)}


TABS = (Tab("comments", _("Comments"), CommentRight.SEE, 145, "comments/tab.html", (), talked),)
