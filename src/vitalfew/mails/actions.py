"""Changes to mails: permission asked, audit written, in one transaction. What comes in by itself is written by ``mail``."""

import hashlib
import os
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.actions import NotAccepted, drop_file, keep_file
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.activities.models import Activity
from vitalfew.activities.ways import Side, Way
from vitalfew.complaints import intake
from vitalfew.contacts.models import Person
from vitalfew.home import Home
from vitalfew.mails import matching
from vitalfew.mails.letters import Letter, Unreadable, read
from vitalfew.mails.models import Mail
from vitalfew.mails.rights import MailRight
from vitalfew.mails.words import MailState, Why
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.people.roles import Role
from vitalfew.terms import gettext_noop as _

BY: Final = "mail"
KEPT_FOR: Final = timedelta(days=30)
LONGEST: Final = 4000


def take_in(raw: bytes, home: Home, *, huge: bool = False) -> Mail | None:
    """Keep a mail that came, and bring it to its account where that is plain; None where it is here already."""
    letter = _letter(raw)
    key = hashlib.sha256(letter.message_id.encode() if letter and letter.message_id else raw).hexdigest()
    if Mail.objects.filter(key=key).exists():
        return None
    keep_raw(home, key, raw)
    with transaction.atomic():
        made = _made(key, letter, huge=huge)
        if letter and not made.why:
            account, person = matching.match(letter).places[0]
            _bring(BY, made, letter, account, person)
    return made


def _letter(raw: bytes) -> Letter | None:
    try:
        return read(raw)
    except Unreadable:
        return None


def _made(key: str, letter: Letter | None, *, huge: bool) -> Mail:
    found = matching.match(letter) if letter else matching.Match(why=Why.UNREADABLE)
    row = Mail(key=key, place=key, made_by=BY, changed_by=BY, day=_day(letter), side=found.side)
    row.why = Why.HUGE if huge else found.why
    if letter:
        row.title, row.sender, row.sender_name = letter.subject, letter.sender[:300], letter.sender_name
        row.recipients, row.text = "\n".join(letter.recipients[: matching.CROWD]), letter.text[:LONGEST]
        row.files = [{"name": file.name, "file": None} for file in letter.files]
    row.near = _near(found)
    row.save()
    row.ours.set(found.ours)
    row.noted(BY, "add", {})
    return row


def _near(found: matching.Match) -> Account | None:
    accounts = [account for account, _person in found.places]
    return min(accounts, key=lambda each: (each.turn is None, each.turn or 0, each.pk), default=None)


def _day(letter: Letter | None) -> Any:
    """When it was sent, as it says; what says nothing, or a day ahead, came today."""
    today = timezone.localdate()
    return min(letter.day, today) if letter and letter.day else today


def keep_raw(home: Home, name: str, raw: bytes) -> None:
    """Whole or not at all, for the owner's eyes only."""
    place = home.mails / name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(raw)
    fresh.rename(place)


def raw_of(home: Home, mail: Mail) -> bytes | None:
    """The mail as it came, while it is kept."""
    place = home.mails / mail.place
    return place.read_bytes() if mail.place and place.is_file() else None


@transaction.atomic
def match(user: User, pk: int, account: Account, person: Person | None = None) -> Mail:
    """It belongs to this account, and to this person of it."""
    user.must(MailRight.MATCH)
    mail = _held(user, pk)
    if mail.state != MailState.WAITING:
        raise NotPossible(_("This mail is at an account already: take it back first"))
    if not Account.objects.visible_to(user).filter(pk=account.pk).exists():
        raise Account.DoesNotExist
    raw = raw_of(settings.HOME, mail)
    _bring(user, mail, _letter(raw) if raw else None, account, person or _person_of(mail, account))
    return mail


def _person_of(mail: Mail, account: Account) -> Person | None:
    places = matching.places_of([mail.sender, *mail.addresses])
    return next((person for at, person in places if at.pk == account.pk), None)


def _bring(who: User | str, mail: Mail, letter: Letter | None, account: Account, person: Person | None) -> None:
    """To the account's timeline, with its files."""
    said = "\n\n".join(text for text in (mail.title, mail.text) if text)[:LONGEST]
    done = Activity(
        account=account, way=Way.MAIL, day=mail.day, person=person, text=said, side=mail.side, who=mail.ours.first(),
        made_by=_name(who), changed_by=_name(who),
    )  # fmt: skip
    done.save()
    done.noted(who, "add", done.filled())
    mail.files = [_kept(who, account, file, done) for file in (letter.files if letter else ())] or mail.files
    mail.account, mail.person, mail.activity, mail.decided_at = account, person, done, timezone.now()
    mail.state = MailState.MATCHED
    _saved(who, mail, "match")


def _kept(who: User | str, account: Account, file: Any, done: Activity) -> dict[str, Any]:
    """The file at the account, where it is of a kept kind."""
    try:
        row = keep_file(who, account, settings.HOME, file.name, file.data)
    except NotAccepted:
        return {"name": file.name, "file": None}
    done.files.add(row)
    return {"name": file.name, "file": row.pk}


@transaction.atomic
def complain(user: User, pk: int) -> Mail:
    """It is a complaint: taken in as one, of its account where that is known."""
    user.must(MailRight.MATCH)
    mail = _held(user, pk)
    if mail.side == Side.OUT:
        raise NotPossible(_("One of ours wrote it: it is no complaint of a customer's"))
    if mail.complaint_id:
        raise NotPossible(_("It is a complaint already"))
    account = Account.objects.visible_to(user).filter(pk=mail.account_id).first()
    mail.complaint = intake.from_mail(
        user, account, sender=mail.sender, name=mail.sender_name, title=mail.title, text=mail.text
    )
    _saved(user, mail, "complain")
    return mail


@transaction.atomic
def part(user: User, pk: int) -> Mail:
    """It belongs elsewhere: back into the tray, and nothing of it stays at the account."""
    user.must(MailRight.MATCH)
    mail = _held(user, pk)
    if mail.state != MailState.MATCHED:
        return mail
    if raw_of(settings.HOME, mail) is None:
        raise NotPossible(
            _("This mail was matched more than thirty days ago: put the line of the timeline away instead")
        )
    if mail.activity:
        records.put_away(user, Activity.objects.all(), mail.activity.pk)
    for row in AccountFile.objects.filter(pk__in=[file["file"] for file in mail.files if file["file"]]):
        drop_file(user, row, settings.HOME)
    mail.files = [{**file, "file": None} for file in mail.files]
    mail.account = mail.person = mail.activity = mail.decided_at = None
    mail.state = MailState.WAITING
    _saved(user, mail, "part")
    return mail


@transaction.atomic
def put_away(user: User, pk: int) -> Mail:
    """It belongs nowhere; it can be fetched back while it is kept."""
    user.must(MailRight.MATCH)
    _held(user, pk)
    Mail.objects.filter(pk=pk).update(decided_at=timezone.now())
    return records.put_away(user, Mail.objects.visible_to(user), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Mail:
    user.must(MailRight.MATCH)
    Mail.objects.filter(pk=pk, state=MailState.WAITING).update(decided_at=None)
    return records.fetch_back(user, Mail.objects.filter(pk__in=_all_of(user)), pk)


def _all_of(user: User) -> Any:
    """One's own, those put away too."""
    if user.role == Role.ADMINISTRATOR:
        return Mail.objects.values("pk")
    return Mail.objects.filter(ours=user).values("pk")


def look_again() -> int:
    """Mails that wait for a contact which is known by now go to its account; gives how many."""
    gone, waiting = 0, Mail.objects.filter(state=MailState.WAITING, put_away_at=None, why=Why.UNKNOWN)
    addresses = {pk: {sender, *told.split()} for pk, sender, told in waiting.values_list("pk", "sender", "recipients")}
    known = matching.known_among(address for each in addresses.values() for address in each)
    for mail in waiting.filter(pk__in=[pk for pk, each in addresses.items() if each & known]).order_by("pk"):
        raw = raw_of(settings.HOME, mail)
        letter = _letter(raw) if raw else None
        found = matching.match(letter) if letter else None
        if letter and found and not found.why:
            gone += _take_to(mail.pk, letter, found)
    return gone


@transaction.atomic
def _take_to(pk: int, letter: Letter, found: matching.Match) -> bool:
    """To the only account it belongs to, unless somebody decided otherwise meanwhile."""
    waiting = Mail.objects.select_for_update(of=("self",)).filter(state=MailState.WAITING, put_away_at=None)
    mail = waiting.filter(pk=pk).first()
    if mail is None:
        return False
    mail.side = found.side
    _bring(BY, mail, letter, *found.places[0])
    return True


def let_go(home: Home) -> int:
    """As they came, mails are kept until they are decided and thirty days beyond; gives how many go now."""
    over = Mail.objects.filter(decided_at__lt=timezone.now() - KEPT_FOR).exclude(place="")
    places = list(over.values_list("place", flat=True))
    over.update(place="")
    for place in places:
        (home.mails / place).unlink(missing_ok=True)
    return len(places)


def _held(user: User, pk: int) -> Mail:
    return Mail.objects.visible_to(user).select_for_update(of=("self",)).get(pk=pk)


def _saved(who: User | str, mail: Mail, step: str) -> None:
    mail.version += 1
    mail.changed_by = _name(who)
    mail.save()
    mail.noted(who, step, {})


def _name(who: User | str) -> str:
    return str(getattr(who, "username", who))
