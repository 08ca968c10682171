"""What the customer is told, during and after: proposed in its language, said by a letter or by somebody, and kept."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.complaints import address, procedure
from vitalfew.complaints.actions import HANDLED
from vitalfew.complaints.keeping import Who, changed
from vitalfew.complaints.models import Complaint, Said
from vitalfew.complaints.words import State, Way
from vitalfew.language import Day, Message, spoken
from vitalfew.outbox.words import Kind, LetterState
from vitalfew.outbox.writing import Letter, write
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

GOES_OUT: Final = frozenset({LetterState.WAITING, LetterState.SENT})
STOPS: Final = ".。;；, "
"""With what somebody ends what he writes; the sentence around it has its own."""
THANKS: Final = _(
    "Your complaint {number} has reached us, and we are sorry for the trouble. You hear from us by {day}."
)
AT_STEP: Final[Mapping[str, str]] = {
    State.RECEIVED: THANKS,
    State.ASSESSED: _(
        "We have looked into your complaint {number}. We are now finding out the cause, and you hear from us by {day}."
    ),
    State.INVESTIGATED: _(
        "Our people have been on site about your complaint {number}. "
        "We are now finding out the cause, and you hear from us by {day}."
    ),
    State.CAUSE: _("We have found the cause of your complaint {number}: {cause}. What we do about it we tell you by {day}."),
    State.EMERGENCY: _(
        "About your complaint {number} we have done this at once: {measure}. We are now working on a lasting remedy."
    ),
    State.TRIAL: _(
        "About your complaint {number} we have tried a remedy: {measure}. "
        "Before it becomes the rule, we try it on a small scale."
    ),
    State.SMALL: _("The remedy for your complaint {number} has worked on a small scale. We are now making it the rule."),
    State.STANDARD: _("The remedy for your complaint {number} is now our standard: {standard}."),
    State.AGREED: _("As agreed with you about your complaint {number}: {measure}, by {until}."),
    State.ANSWERED: _("This is our answer to your complaint {number}: {answer}."),
    State.CLOSED: _("Your complaint {number} is settled: {outcome}. Are you satisfied? Tell us under the link."),
}  # fmt: skip


def proposed(row: Complaint) -> str:
    """What to tell the customer now, in its language, to be edited: by the step it stands at, whatever was said for others."""
    told = AT_STEP.get(row.state)
    if told is None:
        return ""
    said = [step.given for step in row.steps.all() if step.what == row.state and not step.undone]
    given: Mapping[str, Any] = said[-1] if said else {}
    names = ("cause", "measure", "standard", "until", "answer", "outcome")
    figures: dict[str, Any] = {name: str(given.get(name, "…")).rstrip(STOPS) for name in names}
    if until := procedure.day_in(str(given.get("until", ""))):
        figures["until"] = Day(day_number(until))
    return Message(told, {**figures, "number": row.number, "day": _by(row)}).say(spoken(row.language))


def _by(row: Complaint) -> Day | str:
    moment = row.due_step or row.due_close
    return Day(day_number(timezone.localdate(moment))) if moment else "…"


def reach(row: Complaint) -> str:
    """The address to which a letter can go; empty where there is none."""
    return row.email or (row.person.email if row.person else "")


def acknowledge(who: Who, row: Complaint) -> None:
    """That it has reached us: by letter where an address is known, else a line that somebody ticks once it was said."""
    if reach(row):
        _letter(who, row, proposed(row), first=True)
    elif row.phone or row.named or row.person or row.account:
        Said.objects.create(complaint=row, way=Way.PHONE, text=proposed(row), proposed=True)


def lines(row: Complaint) -> list[Said]:
    """What was said, and what stands to be said: a line that only proposes says what is to be said now."""
    rows = list(row.said.select_related("letter"))
    for each in rows:
        if each.proposed and each.at is None:
            each.text = proposed(row) or each.text
    return rows


def answer(who: Who, row: Complaint, text: str) -> None:
    """The answer goes the same way; a line that was only proposed before has become needless."""
    row.said.filter(proposed=True, at=None).delete()
    if reach(row):
        _letter(who, row, text)
    elif row.phone or row.named or row.person or row.account:
        Said.objects.create(complaint=row, way=Way.PHONE, text=text)
    else:
        Said.objects.create(complaint=row, way=Way.PAGE, text=text, at=timezone.now(), who=who.username, name=str(who))


def _letter(who: Who, row: Complaint, text: str, *, first: bool = False) -> Said:
    """By e-mail; what does not go out now stays to be said."""
    language = spoken(row.language)
    letter = Letter(
        kind=Kind.ANSWER, account=row.account, person=row.person, address=reach(row), name=row.who, language=row.language,
        subject=Message(_("Your complaint {number}"), {"number": row.number}).say(language), paragraphs=(text,),
        button=Message(_("See how it stands")).say(language), url=address.of(row), about=row.subject,
    )  # fmt: skip
    try:
        kept = write(letter, who.username)
    except NotPossible:
        if not first:
            raise
        return Said.objects.create(complaint=row, way=Way.PHONE, text=text, proposed=True)
    goes = kept.state in GOES_OUT
    made = Said.objects.create(
        complaint=row, way=Way.LETTER if goes else Way.PHONE, text=text, letter=kept, at=timezone.now() if goes else None,
        who=who.username, name=str(who),
    )  # fmt: skip
    if goes:
        _heard(who, row)
    return made


def _heard(who: Who, row: Complaint) -> None:
    """Whatever it hears acknowledges it; what it hears once it is assessed is an answer."""
    row.refresh_from_db()
    now, fields = timezone.now(), dict[str, Any]()
    if row.acknowledged_at is None:
        fields["acknowledged_at"] = now
    if row.answered_at is None and row.state != State.RECEIVED:
        fields["answered_at"] = now
    if row.word_since:
        fields["word_since"] = None
    if fields:
        changed(who, row, **fields)
        row.refresh_from_db()


@transaction.atomic
def tell(user: User, pk: int, version: int, *, text: str, way: str) -> Complaint:
    """Tell the customer: a letter goes out, or it was said by somebody; what was said is kept."""
    row = HANDLED.held(user, pk)
    if row.version != version:
        raise Stale(row)
    if way == Way.LETTER:
        if not row.is_ours:
            raise NotPossible(_("Take it up first: the letter leads to the page where the customer follows it"))
        if not reach(row):
            raise NotPossible(_("No e-mail address is known: write it down first, or tell it otherwise"))
        _letter(user, row, text)
    else:
        Said.objects.create(complaint=row, way=way, text=text, at=timezone.now(), who=user.username, name=str(user))
        _heard(user, row)
    row.said.filter(proposed=True, at=None).delete()
    row.refresh_from_db()
    return row


@transaction.atomic
def tick(user: User, pk: int, said: int) -> Complaint:
    """What stood to be said was said."""
    row = HANDLED.held(user, pk)
    stands = row.said.filter(pk=said, at=None)
    if line := stands.filter(proposed=True).first():
        stands.update(text=proposed(row) or line.text)
    if not stands.update(at=timezone.now(), who=user.username, name=str(user), proposed=False):
        raise NotPossible(_("This was said already"))
    _heard(user, row)
    row.refresh_from_db()
    return row
