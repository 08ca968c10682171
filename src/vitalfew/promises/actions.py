"""Changes to promises: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.actions import keep_file
from vitalfew.accounts.models import Account
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.promises import questions
from vitalfew.promises.models import Moved, Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.promises.words import FROM_THEM, PromiseState
from vitalfew.terms import gettext_noop as _

FIELDS: Final = ("text", "person", "origin", "reference", "department", "owner", "made_on")
OF_MOVE: Final = ("due", "agreed_on", "consent", "why")
UNSETTLED: Final = {"state": PromiseState.OPEN.value, "settled_on": None, "evidence": "", "consent": ""}
Upload = tuple[str, bytes]
OWN: Final = Owned(Promise, PromiseRight.MAKE, questions.may_change)
put_away, fetch_back = OWN.put_away, OWN.fetch_back


@transaction.atomic
def promise(user: User, account: Account, fields: Mapping[str, Any]) -> Promise:
    """Write down what was promised, and by when."""
    user.must(PromiseRight.MAKE)
    known = {"shared": fields.get("origin") in FROM_THEM, **fields}
    return records.make(user, Promise(account=account, **known))


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Promise:
    """Correct it, unless somebody saved since ``version``; its day is moved by consent alone."""
    OWN.held(user, pk)
    return records.change(user, Promise.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def keep(user: User, pk: int, version: int, *, on: date, evidence: str, file: Upload | None = None) -> Promise:
    """It was done on a day; in time or too late, and by what one sees it."""
    row = _open(user, pk)
    _since(row.made_on, on)
    state = PromiseState.KEPT if on <= row.due else PromiseState.LATE
    fields = {"state": state.value, "settled_on": on, "evidence": evidence}
    done = records.change(user, Promise.objects.visible_to(user), pk, version, fields)
    if file:
        done.files.add(keep_file(user, done.account, settings.HOME, *file))
    return done


@transaction.atomic
def move(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Promise:
    """Another day, to which the customer agreed before the old one had passed."""
    row = _open(user, pk)
    _since(row.made_on, fields["agreed_on"])
    if fields["agreed_on"] > row.due:
        raise NotPossible(
            _(
                "Its day had passed when the customer agreed: it counts as not kept. Settle it, and write down a new promise"
            )
        )
    if fields["due"] <= fields["agreed_on"]:
        raise NotPossible(_("The new day must lie after the day on which the customer agreed"))
    Moved.objects.create(promise=row, was_due=row.due, who=user.username, **fields)
    return records.change(user, Promise.objects.visible_to(user), pk, version, {"due": fields["due"]})


@transaction.atomic
def release(user: User, pk: int, version: int, *, on: date, consent: str, why: str) -> Promise:
    """The customer wants it no more, or lets us off: it counts neither way."""
    row = _open(user, pk)
    _since(row.made_on, on)
    if on > row.due:
        raise NotPossible(_("Its day had passed when the customer released us: it counts as not kept"))
    fields = {"state": PromiseState.RELEASED.value, "settled_on": on, "consent": consent, "evidence": why}
    return records.change(user, Promise.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def give_up(user: User, pk: int, version: int, why: str) -> Promise:
    """We don't keep it, and the customer has not released us."""
    _open(user, pk)
    fields = {"state": PromiseState.BROKEN.value, "settled_on": timezone.localdate(), "evidence": why}
    return records.change(user, Promise.objects.visible_to(user), pk, version, fields)


@transaction.atomic
def reopen(user: User, pk: int) -> Promise:
    """As if it had not been settled."""
    row = OWN.held(user, pk)
    return records.change(user, Promise.objects.visible_to(user), pk, row.version, UNSETTLED)


def share(user: User, pk: int) -> Promise:
    """The customer's people see it in the portal: what was promised, its day, what became of it."""
    return _shared(user, pk, shared=True)


def unshare(user: User, pk: int) -> Promise:
    return _shared(user, pk, shared=False)


@transaction.atomic
def _shared(user: User, pk: int, *, shared: bool) -> Promise:
    row = OWN.held(user, pk)
    return records.change(user, Promise.objects.visible_to(user), pk, row.version, {"shared": shared})


def _open(user: User, pk: int) -> Promise:
    row = OWN.held(user, pk)
    if not row.is_open:
        raise NotPossible(_("It is settled already: open it again first"))
    return row


def _since(made_on: date, day: date) -> None:
    if day < made_on:
        raise NotPossible(_("This day lies before the promise"))
    if day > timezone.localdate():
        raise NotPossible(_("This day lies ahead: settle it when it has come"))
