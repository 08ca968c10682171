from collections.abc import Iterator

from vitalfew.accounts.excerpts import excerpt
from vitalfew.accounts.models import Account
from vitalfew.documents.indexing import INDEX
from vitalfew.documents.models import DocumentText
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Hit


def found(user: User, text: str, most: int) -> Iterator[Hit]:
    """Documents by name and by what they say, the latest first."""
    ids = INDEX.matching(text)
    if ids is None or not user.may(Right.ACCOUNTS):
        return
    rows = (
        DocumentText.objects.filter(pk__in=ids, file__put_away_at=None)
        .select_related("file__account")
        .order_by("-file__added_at", "-pk")
    )
    if not user.sees_all_accounts:
        rows = rows.filter(file__account__in=Account.objects.visible_to(user))
    for row in rows[:most]:
        account = row.file.account
        detail = f"{account.name} {excerpt(row.text, text)}".strip()
        yield Hit("file", str(row.pk), row.file.name, detail, f"{account.get_absolute_url()}?tab=files")
