"""Changes to ideas: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.ideas import questions
from vitalfew.ideas.models import Idea, Pilot, Remark, Vote
from vitalfew.ideas.numbers import next_number
from vitalfew.ideas.rights import IdeaRight
from vitalfew.ideas.weighing import weigh
from vitalfew.ideas.words import OPEN, OVER, IdeaState, Where
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.owning import Owned
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

FIELDS: Final = ("text", "sort", "product", "person", "named", "origin", "said_on", "owner")
OF_DECISION: Final = ("state", "why", "outcome", "work", "target")
UNTOLD: Final = {"told_on": None, "told_by": "", "letter": None}
OWN: Final = Owned(Idea, IdeaRight.WRITE, questions.may_change, with_it=())
FOLLOWED: Final = _("It is followed under another number: decide there, or part them first")


def _made(user: User, row: Idea) -> Idea:
    row.number = next_number(timezone.localdate().year)
    made = records.make(user, row)
    weigh(made)
    return made


@transaction.atomic
def write_down(user: User, account: Account | None, fields: Mapping[str, Any]) -> Idea:
    """What an account said, or a colleague."""
    user.must(IdeaRight.WRITE)
    return _made(user, Idea(account=account, **fields))


@transaction.atomic
def by_a_visitor(guest: User, account: Account, person: Person | None, fields: Mapping[str, Any]) -> Idea:
    """Somebody of a customer's files one in the portal."""
    own = {"origin": Where.PORTAL.value, "said_on": timezone.localdate(), "owner": account.manager}
    return _made(guest, Idea(account=account, person=person, **fields, **own))


@transaction.atomic
def correct(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Idea:
    """What was written down, unless somebody saved since ``version``."""
    OWN.held(user, pk)
    return _changed(user, pk, version, fields)


@transaction.atomic
def decide(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Idea:
    """How far it is; not done is said with its reason, and done with what came of it."""
    row = _followed(user, pk)
    if fields["state"] == IdeaState.NOT_DONE and not fields.get("outcome"):
        raise NotPossible(_("Say what who asked is told: why it is not done"))
    if fields["state"] == IdeaState.DONE and not fields.get("outcome"):
        raise NotPossible(_("Say what came of it, as who asked is to read it"))
    if fields["state"] in OVER and row.pilots.filter(ended_on=None, put_away_at=None).exists():
        raise NotPossible(_("It is still being tried with an account: end the pilot with what came of it first"))
    if fields["state"] == IdeaState.NOT_DONE:
        fields = {**fields, "target": None}
    decided_anew = any(getattr(row, name) != fields.get(name, getattr(row, name)) for name in ("state", "outcome"))
    done = _changed(user, pk, version, {**fields, "looked_at": row.looked_at or timezone.now()})
    return _to_tell(user, done) if decided_anew else done


@transaction.atomic
def reopen(user: User, pk: int) -> Idea:
    """As if it were not decided; what comes of it then is told anew to everybody who asked."""
    row = _followed(user, pk)
    if row.state not in OVER:
        raise NotPossible(_("It is not decided yet"))
    return _to_tell(user, _changed(user, pk, row.version, {"state": IdeaState.LOOKED.value}))


def _to_tell(user: User, row: Idea) -> Idea:
    """What was told of it, here and under the numbers merged with it, holds no longer; the trail and the letters keep it."""
    for each in Idea.objects.filter(Q(pk=row.pk) | Q(merged_into=row)).exclude(told_on=None):
        records.change(user, Idea.objects.all(), each.pk, each.version, UNTOLD)
    row.refresh_from_db()
    return row


@transaction.atomic
def judge(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Idea:
    """What it may bring and cost, judged before one knows."""
    OWN.held(user, pk)
    return _changed(user, pk, version, fields)


@transaction.atomic
def share(user: User, pk: int, version: int, *, outside_title: str, outside_text: str) -> Idea:
    """Other customers see it in the portal, in words of ours, and may vote for it."""
    _followed(user, pk)
    return _changed(user, pk, version, {"shared": True, "outside_title": outside_title, "outside_text": outside_text})


@transaction.atomic
def unshare(user: User, pk: int) -> Idea:
    row = OWN.held(user, pk)
    return _changed(user, pk, row.version, {"shared": False})


@transaction.atomic
def merge(user: User, pk: int, version: int, *, into: str) -> Idea:
    """The same as another: both numbers lead on, and who asked here is told what comes of the other."""
    row, main = _followed(user, pk), Idea.objects.visible_to(user).filter(number=into.strip().upper()).first()
    if main is None or main.pk == row.pk:
        raise NotPossible(_("There is no other idea of this number"))
    if main.state == IdeaState.MERGED:
        raise NotPossible(_("That one is merged itself: name the one it is followed under"))
    if row.merged.exists():
        raise NotPossible(_("Others are followed under it: merge the other into this one"))
    said = {"merged_into": main, "before": row.state, "state": IdeaState.MERGED.value, "shared": False}
    done = _changed(user, pk, version, said)
    weigh(main)
    return done


@transaction.atomic
def part(user: User, pk: int) -> Idea:
    """It is one of its own, after all."""
    row = OWN.held(user, pk)
    if row.merged_into is None:
        raise NotPossible(_("It is not merged"))
    main, before = row.merged_into, row.before or IdeaState.NEW.value
    done = _changed(user, pk, row.version, {"merged_into": None, "state": before, "before": ""})
    weigh(main)
    weigh(done)
    return done


@transaction.atomic
def put_away(user: User, pk: int) -> Idea:
    row = OWN.held(user, pk)
    if row.merged.filter(put_away_at=None).exists():
        raise NotPossible(_("Others are followed under it: part them first"))
    return _main_weighed(OWN.put_away(user, pk))


@transaction.atomic
def fetch_back(user: User, pk: int) -> Idea:
    return _main_weighed(OWN.fetch_back(user, pk))


def _main_weighed(row: Idea) -> Idea:
    """What it is followed under counts those alone that are there."""
    if row.merged_into:
        weigh(row.merged_into)
    return row


@transaction.atomic
def vote(user: User, pk: int) -> Idea:
    """One of ours wants it too, or no longer."""
    user.must(IdeaRight.WRITE)
    row = Idea.objects.visible_to(user).get(pk=pk)
    wanted, made = Vote.objects.get_or_create(idea=row, user=user)
    if not made:
        wanted.delete()
    row.noted(user, "vote", {"vote": [not made, made]})
    return row


@transaction.atomic
def vote_outside(guest: User, account: Account, pk: int) -> Idea:
    """A firm wants what is shared with it too, or no longer."""
    row = Idea.objects.get(pk=pk, shared=True, put_away_at=None, state__in=OPEN)
    if row.account_id == account.pk:
        raise NotPossible(_("It is your own idea already"))
    wanted, made = Vote.objects.get_or_create(idea=row, account=account)
    if not made:
        wanted.delete()
    row.noted(guest, "vote", {"vote": [not made, made]})
    weigh(row)
    return row


@transaction.atomic
def say(user: User, pk: int, version: int, *, text: str) -> Idea:
    """Ask back, or answer: who asked reads it in the portal."""
    row = OWN.held(user, pk)
    if row.account is None:
        raise NotPossible(_("No customer had it: write a comment instead"))
    row = _changed(user, pk, version, {"looked_at": row.looked_at or timezone.now(), "word_since": None})
    Remark.objects.create(idea=row, ours=True, text=text, who=user.username)
    row.noted(user, "say", {"remark": None})
    return row


@transaction.atomic
def answer(guest: User, accounts: list[int], pk: int, text: str) -> Idea:
    """Who asked writes to us."""
    row = Idea.objects.get(pk=pk, account__in=accounts, put_away_at=None)
    if not text:
        raise NotPossible(_("Write a word"))
    Remark.objects.create(idea=row, ours=False, text=text, who=guest.username)
    row.noted(guest, "say", {"remark": None})
    Idea.objects.filter(pk=pk, word_since=None).update(word_since=timezone.now())
    return row


@transaction.atomic
def seen(user: User, pk: int) -> Idea:
    """What the customer wrote was read, and needs no answer."""
    row = OWN.held(user, pk)
    if row.word_since is None:
        raise NotPossible(_("No word of the customer's waits here"))
    return _changed(user, pk, row.version, {"word_since": None})


@transaction.atomic
def begin_pilot(user: User, pk: int, account: Account, *, since: date, until: date, measure: str) -> Pilot:
    """Try it with an account; the idea is in pilot then."""
    row = _followed(user, pk)
    if row.state in OVER:
        raise NotPossible(_("It is decided: open it again first"))
    if row.state != IdeaState.PILOT:
        _changed(user, pk, row.version, {"state": IdeaState.PILOT.value, "looked_at": row.looked_at or timezone.now()})
    else:
        records.touch(user, row, "pilots")
    return records.make(user, Pilot(idea=row, account=account, since=since, until=until, measure=measure))


@transaction.atomic
def end_pilot(user: User, pk: int, version: int, *, result: str, stopped: bool) -> Pilot:
    """What came of it, at its end or before."""
    row = _pilot(user, pk)
    said = {"result": result, "stopped": stopped, "ended_on": timezone.localdate()}
    return records.change(user, Pilot.objects.visible_to(user), row.pk, version, said)


@transaction.atomic
def drop_pilot(user: User, pk: int) -> Pilot:
    """It was written down by mistake."""
    row = _pilot(user, pk)
    records.touch(user, row.idea, "pilots")
    return records.put_away(user, Pilot.objects.visible_to(user), row.pk)


@transaction.atomic
def bring_pilot_back(user: User, pk: int) -> Pilot:
    row = Pilot.objects.get(pk=pk, idea__in=Idea.objects.visible_to(user), account__in=Account.objects.visible_to(user))
    records.touch(user, OWN.held(user, row.idea_id), "pilots")
    return records.fetch_back(user, Pilot.objects.all(), pk)


def _pilot(user: User, pk: int) -> Pilot:
    row = Pilot.objects.visible_to(user).get(pk=pk)
    OWN.held(user, row.idea_id)
    return row


def _followed(user: User, pk: int) -> Idea:
    """One that is not followed under another."""
    row = OWN.held(user, pk)
    if row.state == IdeaState.MERGED:
        raise NotPossible(FOLLOWED)
    return row


def _changed(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Idea:
    return records.change(user, Idea.objects.visible_to(user), pk, version, fields)
