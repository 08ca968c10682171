"""What stands under a record that can be commented on: its comments, and the form for one more."""

import contextlib
from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError, transaction

from vitalfew.accounts.models import Account
from vitalfew.comments import actions, questions
from vitalfew.comments.forms import CommentForm
from vitalfew.comments.rights import CommentRight
from vitalfew.people.models import User


def thread(user: User, account: Account, kind: str, number: int) -> Mapping[str, Any]:
    """For the template ``comments/thread.html``; whoever opens it has seen where he is mentioned."""
    if not user.may(CommentRight.SEE):
        return {}
    rows = questions.of_spot(user, kind, number)
    with contextlib.suppress(DatabaseError), transaction.atomic():  # reading goes on where nothing can be written
        actions.seen(user, kind, number)
    lines = [(row, questions.may_change(user, row), questions.may_put_away(user, row)) for row in rows]
    form = CommentForm(account=account.code) if user.may(CommentRight.WRITE) else None
    return {"lines": lines, "form": form, "account": account, "kind": kind, "number": number}
