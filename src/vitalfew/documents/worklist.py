"""Documents that name a person whose data were erased: somebody has to decide what becomes of them."""

from collections.abc import Iterator
from typing import Final

from vitalfew.accounts.models import Account
from vitalfew.documents.models import DocumentText
from vitalfew.documents.words import Reading
from vitalfew.language import Message
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Task
from vitalfew.terms import gettext_noop as _

MOST: Final = 20
_NAMES: Final = _("{account}: {file} names a person whose data were erased")
_MAY_NAME: Final = _("{account}: {file} can't be read here: look whether it names a person whose data were erased")


def waiting(user: User) -> Iterator[Task]:
    if not user.may(Right.EDIT_ACCOUNTS):
        return
    rows = (
        DocumentText.objects.filter(names_erased=True, file__put_away_at=None)
        .select_related("file__account")
        .order_by("pk")
    )
    if not user.sees_all_accounts:
        rows = rows.filter(file__account__in=Account.objects.visible_to(user))
    for row in rows[:MOST]:
        account = row.file.account
        said = _NAMES if row.reading == Reading.READ else _MAY_NAME
        why = Message(said, {"account": account.name, "file": row.file.name})
        url = f"{account.get_absolute_url()}?tab=files"
        yield Task(_("Remove the document or keep it"), why, _("See the files"), url, account.code, soon=True)
