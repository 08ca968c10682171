"""Changes to accounts: permission asked, version checked, audit written, in one transaction."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.accounts import responsible, search
from vitalfew.accounts.models import Account, AccountFile, SavedView, TeamMember
from vitalfew.home import Home
from vitalfew.people import audit
from vitalfew.people.models import User
from vitalfew.people.permissions import Right

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

EDITABLE: Final = ("name", "kind", "region", "country", "industry", "uscc", "manager_id")
LARGEST_FILE: Final = 25 * 1024 * 1024
FETCHED_BACK: Final = timedelta(days=30)
BY_ITSELF: Final = "system"
"""So long a removed document can be fetched back."""
SIGNATURES: Final[Mapping[str, bytes]] = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
    ".pptx": b"PK\x03\x04",
    ".txt": b"",
    ".csv": b"",
}


class Stale(RuntimeError):
    """Somebody else saved the record meanwhile."""

    def __init__(self, current: Account) -> None:
        super().__init__(current.code)
        self.current = current


class NotAccepted(ValueError):
    """A file of a kind that is not kept."""


@transaction.atomic
def change(user: User, account: Account, version: int, fields: Mapping[str, Any]) -> Account:
    """Save what was edited, unless somebody saved since ``version``."""
    user.must(Right.EDIT_ACCOUNTS)
    current: Account = Account.objects.visible_to(user).select_for_update().get(pk=account.pk)
    if current.version != version:
        raise Stale(current)
    before = {name: getattr(current, name) for name in EDITABLE}
    after = {name: value for name, value in fields.items() if name in EDITABLE}
    if not user.may(Right.ASSIGN):
        after.pop("manager_id", None)
    changes = audit.changed(before, after)
    if changes:
        if "manager_id" in changes:
            responsible.note({current: after["manager_id"]})
        for name, value in after.items():
            setattr(current, name, value)
        current.version += 1
        current.stub = False
        current.by_hand = sorted({*current.by_hand, *changes})
        current.save()
        search.index([current])
        audit.record(user, "account-change", f"account:{current.code}", changes)
    return current


@transaction.atomic
def assign(user: User, accounts: Iterable[Account], manager: User | None) -> int:
    """Give accounts to a manager, as they are now; each change stands in the audit trail. Gives how many changed."""
    user.must(Right.ASSIGN)
    return give(user, Account.objects.visible_to(user).filter(pk__in=[each.pk for each in accounts]), manager)


def give(user: User, held: QuerySet[Account], manager: User | None) -> int:
    """Accounts get a manager, for whoever was allowed to decide it; who had them until now is noted."""
    goes_to = manager.pk if manager else None
    current = held.select_for_update(of=("self",)).select_related("manager")
    changed = [account for account in current if account.manager_id != goes_to]
    responsible.note(dict.fromkeys(changed, goes_to))
    for account in changed:
        before = account.manager.username if account.manager else None
        account.manager, account.version = manager, account.version + 1
        account.by_hand = sorted({*account.by_hand, "manager_id"})
        after = manager.username if manager else None
        audit.record(user, "account-assign", f"account:{account.code}", {"manager": [before, after]})
    Account.objects.bulk_update(changed, ["manager", "version", "by_hand"])
    return len(changed)


@transaction.atomic
def assign_back(user: User, moved: Mapping[str, Sequence[int | None]]) -> int:
    """Give accounts back, by code who had and who got each, where nobody decided otherwise since; gives how many changed."""
    user.must(Right.ASSIGN)
    accounts = Account.objects.visible_to(user).filter(code__in=moved).select_related("manager")
    managers = User.objects.in_bulk([pk for pk, _got in moved.values() if pk])
    groups: dict[int | None, list[Account]] = {}
    for account in accounts:
        had, got = moved[account.code]
        if account.manager_id == got:
            groups.setdefault(had, []).append(account)
    return sum(assign(user, some, managers.get(pk) if pk else None) for pk, some in groups.items())


@transaction.atomic
def add_member(user: User, account: Account, member: User, role: str) -> TeamMember:
    user.must(Right.EDIT_ACCOUNTS)
    row, made = TeamMember.objects.get_or_create(account=account, user=member, role=role, until=None)
    if made:
        audit.record(user, "team-add", f"account:{account.code}", {"member": member.username, "role": role})
    return row


@transaction.atomic
def remove_member(user: User, row: TeamMember) -> None:
    """From today on no longer in the group; that somebody was stays known."""
    user.must(Right.EDIT_ACCOUNTS)
    audit.record(user, "team-remove", f"account:{row.account.code}", {"member": row.user.username, "role": row.role})
    row.until = timezone.localdate()
    row.save(update_fields=["until"])


@transaction.atomic
def rejoin(user: User, row: TeamMember) -> None:
    """In the group again, as if the removal had not been."""
    user.must(Right.EDIT_ACCOUNTS)
    if not TeamMember.objects.filter(account=row.account, user=row.user, role=row.role, until=None).exists():
        audit.record(user, "team-add", f"account:{row.account.code}", {"member": row.user.username, "role": row.role})
        row.until = None
        row.save(update_fields=["until"])


def add_file(user: User, account: Account, home: Home, upload: "UploadedFile[Any] | None") -> AccountFile:
    """Keep a document of the account."""
    user.must(Right.EDIT_ACCOUNTS)
    return keep_file(user, account, home, *contents_of(upload))


def contents_of(upload: "UploadedFile[Any] | None") -> tuple[str, bytes]:
    """An uploaded file's name and bytes, no further than is kept."""
    return (upload.name or "", upload.read(LARGEST_FILE + 1)) if upload else ("", b"")


def check_file(name: str, data: bytes) -> None:
    """A known kind by its name and its first bytes, and not too large."""
    suffix = "." + name.rpartition(".")[2].lower()
    if suffix not in SIGNATURES or not data.startswith(SIGNATURES[suffix]) or len(data) > LARGEST_FILE:
        raise NotAccepted(name)


def keep_file(who: User | str, account: Account, home: Home, name: str, data: bytes) -> AccountFile:
    """Among the account's documents; it is never opened here."""
    with in_store(home, name, data) as place, transaction.atomic():
        user = who if isinstance(who, User) else None
        row = AccountFile.objects.create(account=account, name=name[:200], place=place, size=len(data), who=user)
        audit.record(who, "file-add", f"account:{account.code}", {"file": name})
    return row


@contextmanager
def in_store(home: Home, name: str, data: bytes) -> Iterator[str]:
    """A document, once checked, under a random name outside any served folder; it goes again where its record can't be made."""
    check_file(name, data)
    place = home.files / secrets.token_hex(16)
    home.files.mkdir(parents=True, exist_ok=True)
    try:
        place.write_bytes(data)
        yield place.name
    except BaseException:
        place.unlink(missing_ok=True)
        raise


@transaction.atomic
def remove_file(user: User, row: AccountFile, home: Home) -> None:
    """Nobody sees it any more; for a while it can be fetched back."""
    user.must(Right.EDIT_ACCOUNTS)
    audit.record(user, "file-remove", f"account:{row.account.code}", {"file": row.name})
    AccountFile.objects.filter(pk=row.pk).update(put_away_at=timezone.now())
    drop_old_files(home)


@transaction.atomic
def fetch_back_file(user: User, row: AccountFile) -> None:
    user.must(Right.EDIT_ACCOUNTS)
    if AccountFile.everything.filter(pk=row.pk).exclude(put_away_at=None).update(put_away_at=None):
        audit.record(user, "file-fetch-back", f"account:{row.account.code}", {"file": row.name})


def drop_old_files(home: Home) -> None:
    """Those that were removed so long ago that nobody fetches them back."""
    for row in AccountFile.everything.filter(put_away_at__lt=timezone.now() - FETCHED_BACK):
        drop_file(BY_ITSELF, row, home)


@transaction.atomic
def drop_file(who: User | str, row: AccountFile, home: Home) -> None:
    """It goes for good."""
    audit.record(who, "file-drop", f"account:{row.account.code}", {"file": row.name})
    row.delete()
    transaction.on_commit(lambda: (home.files / row.place).unlink(missing_ok=True))


def save_view(user: User, name: str, query: str, listing: str = "accounts") -> SavedView:
    """Keep a list's filters and order under a name; the same name again replaces it."""
    kept = {"query": query[:1000]}
    view, _made = SavedView.objects.update_or_create(user=user, listing=listing, name=name[:60], defaults=kept)
    return view


def drop_view(user: User, pk: int) -> None:
    SavedView.objects.filter(user=user, pk=pk).delete()


def exported(user: User, what: str, form: str, query: str) -> None:
    """An export leaves the house: what, and with which filters."""
    audit.record(user, "export", what, {"format": form, "query": query})
