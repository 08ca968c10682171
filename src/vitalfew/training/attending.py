"""Who came to a session: noted by hand, or by oneself at the door."""

import secrets
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _
from vitalfew.training.actions import OVER
from vitalfew.training.models import Attendee, Door, Session
from vitalfew.training.rights import TrainingRight
from vitalfew.training.words import How

AT_THE_DOOR: Final[Any] = SimpleNamespace(username="qr-code")
"""Who writes where people write themselves down."""
MOST: Final = 500
"""People of one session."""


@transaction.atomic
def came(user: User, pk: int) -> Attendee:
    """Noted by hand; it counts once."""
    user.must(TrainingRight.RUN)
    row = _held(user, pk)
    if not row.session.has_come:
        raise NotPossible(_("The session lies ahead: nobody has come yet"))
    if row.came_at is not None:
        return row
    fields = {"came_at": timezone.now(), "how": How.HAND.value}
    changed: Attendee = records.change(user, Attendee.objects.visible_to(user), pk, row.version, fields)
    return changed


@transaction.atomic
def did_not_come(user: User, pk: int) -> Attendee:
    """The attendance is taken back; who holds a certificate for it has come."""
    user.must(TrainingRight.RUN)
    row = _held(user, pk)
    if row.certificates.filter(revoked_on=None, put_away_at=None).exists():
        raise NotPossible(_("A certificate was issued for this: revoke it first"))
    fields = {"came_at": None, "how": "", "agreed_at": None, "seal": ""}
    changed: Attendee = records.change(user, Attendee.objects.visible_to(user), pk, row.version, fields)
    return changed


def _held(user: User, pk: int) -> Attendee:
    row: Attendee = Attendee.objects.visible_to(user).select_related("session__programme").get(pk=pk)
    if not row.session.is_open:
        raise NotPossible(OVER)
    return row


@dataclass(frozen=True)
class Said:
    """What somebody says of himself at the door; ``which`` of several of that name."""

    name: str
    company: str = ""
    which: int | None = None


@dataclass(frozen=True)
class Entered:
    """Who is in, and the key for the phone that holds the test; or among whom to choose."""

    attendee: Attendee | None = None
    key: str = ""
    choice: tuple[Attendee, ...] = ()
    wants_company: bool = False


def alike(text: str) -> str:
    """A name however it is typed: full-width signs, capitals and spaces apart.

    >>> alike(" Wang　Ｌi ") == alike("wang li")
    True
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@transaction.atomic
def enter(door: Door, said: Said) -> Entered:
    """Somebody writes himself down. Sent twice from one phone, the page knows him by his key and asks no more."""
    session = Session.objects.select_for_update().select_related("programme").get(pk=door.session_id)
    if not session.is_open:
        raise NotPossible(_("Attendance of this training is closed"))
    if not session.has_come:
        raise NotPossible(_("This training lies ahead: come back on its day"))
    rows = list(session.attendees.filter(put_away_at=None).select_related("account"))
    found = [row for row in rows if alike(row.name) == alike(said.name)]
    if len(found) > 1:
        found = _narrowed(found, said)
    if len(found) > 1:
        return Entered(choice=tuple(found))
    if found and not _another_company(found[0], said):
        return _let_in(found[0])
    if not said.company:
        return Entered(wants_company=True)
    if len(rows) >= MOST:
        raise NotPossible(_("The list is full: please tell the trainer"))
    return _let_in(records.make(AT_THE_DOOR, _walks_in(session, said)))


def _narrowed(found: list[Attendee], said: Said) -> list[Attendee]:
    if said.which is not None:
        return [row for row in found if row.pk == said.which]
    here = [row for row in found if said.company and alike(row.where) == alike(said.company)]
    return here or found


def _another_company(row: Attendee, said: Said) -> bool:
    """Who came by himself and has the same name, but is of elsewhere, is somebody else."""
    return bool(row.account is None and said.company and alike(row.company) != alike(said.company))


def _walks_in(session: Session, said: Said) -> Attendee:
    """Somebody who was not expected; of an invited account where the company is called so."""
    invited = session.companies.filter(put_away_at=None).select_related("account")
    account = next((each.account for each in invited if alike(each.account.name) == alike(said.company)), None)
    return Attendee(session=session, account=account, name=said.name, company="" if account else said.company)


def _let_in(row: Attendee) -> Entered:
    if row.seal:
        raise NotPossible(
            _("You are written down already, on another phone. If that was not you, please tell the trainer")
        )
    key, now = secrets.token_urlsafe(24), timezone.now()
    fields = {"agreed_at": now, "seal": sealed(key)}
    if row.came_at is None:
        fields |= {"came_at": now, "how": How.DOOR.value}
    entered = records.change(AT_THE_DOOR, Attendee.objects.filter(session=row.session_id), row.pk, row.version, fields)
    return Entered(entered, key)


def sealed(key: str) -> str:
    return sha256(key.encode()).hexdigest()
