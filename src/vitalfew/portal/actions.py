"""Giving and taking access: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account, AccountFile
from vitalfew.contacts.models import Person, Post
from vitalfew.people import audit, records
from vitalfew.people.actions import add_user
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.people.roles import Role
from vitalfew.portal import invitations, letters, questions
from vitalfew.portal.models import Access, Invitation, SharedFile
from vitalfew.portal.rights import PortalRight
from vitalfew.portal.standing import family
from vitalfew.terms import gettext_noop as _

FIELDS: Final = ("subsidiaries", "parts", "until")
THERE: Final = _("This person has access for this account already")
NO_POST: Final = _("This person has no post at the account any more")
OVER: Final = _("It has ended: give access anew")
OWN: Final = Owned(
    Access, PortalRight.GIVE, lambda user, row: questions.may_give(user, row.account), ("account", "person")
)


@transaction.atomic
def give(user: User, post: Post, fields: Mapping[str, Any], *, email: str = "") -> Access:
    """Access for the person of a post, and an invitation where none was taken up before."""
    user.must(PortalRight.GIVE)
    if not Post.objects.visible_to(user).held().filter(pk=post.pk).exists():
        raise NotPossible(NO_POST)
    if not questions.may_give(user, post.account):
        raise Forbidden
    _until(fields.get("until"))
    _sees_them(user, post.account, fields)
    _end_what_ended(user, post)
    if Access.objects.filter(person=post.person, account=post.account, ended_on=None, put_away_at=None).exists():
        raise NotPossible(THERE)
    guest = _guest(user, post.person, email)
    row = Access(user=guest, person=post.person, account=post.account, code=post.account.code, **fields)
    records.make(user, row)
    if not guest.has_usable_password():
        _invite(user, row)
    return row


def _end_what_ended(user: User, post: Post) -> None:
    """An access that opens nothing any more makes room for a new one."""
    today = timezone.localdate()
    old = Access.objects.filter(person=post.person, account=post.account, ended_on=None, put_away_at=None)
    for row in old.exclude(pk__in=old.opening(today)).filter(suspended=False):
        records.change(user, Access.objects.all(), row.pk, row.version, {"ended_on": today})


def _guest(user: User, person: Person, email: str) -> User:
    """The person's one user; a new one cannot sign in before a password is chosen by the link."""
    known = User.objects.filter(accesses__person=person, role=Role.PORTAL).order_by("pk").first()
    if known is not None:
        if not known.is_active:
            known.is_active = True
            known.save(update_fields=["is_active"])
        return known
    if email and User.objects.filter(email__iexact=email).exists():
        raise NotPossible(_("Somebody else signs in with this address"))
    guest = add_user(user, username=_name(), name=_("Visitor"), role=Role.PORTAL, password="", email="")
    guest.set_unusable_password()
    guest.name, guest.email, guest.language = person.name, email, person.language
    guest.save()
    return guest


def _name() -> str:
    """It tells of nobody, since the audit trail keeps it for good."""
    latest = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return f"guest-{latest + 1}"


def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Access:
    """Of what, for whom else and until when, unless somebody saved since ``version``."""
    with transaction.atomic():
        row = _standing(user, pk)
        _until(fields.get("until"))
        _sees_them(user, row.account, fields)
        return records.change(user, Access.objects.visible_to(user), pk, version, fields)


def suspend(user: User, pk: int) -> Access:
    """Shut, until it is opened again."""
    return _set(user, pk, suspended=True)


def resume(user: User, pk: int) -> Access:
    return _set(user, pk, suspended=False)


@transaction.atomic
def end(user: User, pk: int) -> Access:
    """Shut for good; the user goes where it was the last."""
    row = _set(user, pk, ended_on=timezone.localdate())
    if row.user and not Access.objects.filter(user=row.user, ended_on=None, put_away_at=None).exists():
        row.user.is_active = False
        row.user.save(update_fields=["is_active"])
        invitations.revoke(row.user)
    return row


@transaction.atomic
def reopen(user: User, pk: int) -> Access:
    """The end is undone."""
    row = OWN.held(user, pk)
    others = Access.objects.filter(person=row.person, account=row.account, ended_on=None, put_away_at=None)
    if row.ended_on and others.exclude(pk=pk).exists():
        raise NotPossible(THERE)
    if row.user and not row.user.is_active:
        row.user.is_active = True
        row.user.save(update_fields=["is_active"])
    return records.change(user, Access.objects.visible_to(user), pk, row.version, {"ended_on": None})


@transaction.atomic
def invite(user: User, pk: int) -> Access:
    """A new link, by letter and to be copied: for who lost the first, or the password."""
    row = _standing(user, pk)
    _invite(user, row)
    return row


def _invite(user: User, row: Access) -> Invitation:
    if row.user is None:
        raise NotPossible(OVER)
    made = invitations.make(user, row.user)
    row.noted(user, "invite", {"until": [None, made.until.date()]})
    letters.send(user, row, made)
    return made


@transaction.atomic
def share(user: User, pk: int, *, shared: bool) -> AccountFile:
    """A file of an account is shown to its people in the portal, or no longer."""
    user.must(PortalRight.GIVE)
    file = AccountFile.objects.select_related("account").get(pk=pk)
    if not questions.may_give(user, file.account):
        raise AccountFile.DoesNotExist
    rows = SharedFile.objects.filter(file=file)
    if shared and not rows.exists():
        SharedFile.objects.create(file=file, shared_by=user.username)
        audit.record(user, "file-share", f"account:{file.account.code}", {"file": file.pk})
    elif not shared and rows.delete()[0]:
        audit.record(user, "file-unshare", f"account:{file.account.code}", {"file": file.pk})
    return file


def _set(user: User, pk: int, **fields: Any) -> Access:
    with transaction.atomic():
        row = _standing(user, pk)
        return records.change(user, Access.objects.visible_to(user), pk, row.version, fields)


def _standing(user: User, pk: int) -> Access:
    row = OWN.held(user, pk)
    if row.ended_on:
        raise NotPossible(OVER)
    return row


def _sees_them(user: User, account: Account, fields: Mapping[str, Any]) -> None:
    """Nobody shows a customer more than he sees himself."""
    if fields.get("subsidiaries"):
        below = {each.pk for each in family(account)}
        if Account.objects.visible_to(user).filter(pk__in=below).count() != len(below):
            raise NotPossible(_("You don't see all subsidiaries of this account: ask a head to show them"))


def _until(day: date | None) -> None:
    if day and day < timezone.localdate():
        raise NotPossible(_("This day has passed"))
