"""Changes to feedback rounds: permission asked, version checked, audit written, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.feedback import questions
from vitalfew.feedback.models import Answer, Asked, Question, Round
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.feedback.standard import kind_of
from vitalfew.feedback.words import AskedState, QuestionKind
from vitalfew.people import records
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.terms import gettext_noop as _

EDITABLE: Final = ("name", "since", "until")
ANSWERED: Final = ("way", "person", "answered_on", "will_do")


@dataclass(frozen=True)
class Wording:
    """The questions of a round: known items, own ones with a score, to choose from, and in words."""

    items: Sequence[str] = ()
    scored: Sequence[str] = ()
    chosen: Sequence[tuple[str, Sequence[str]]] = ()
    worded: Sequence[str] = ()

    def rows(self) -> list[Question]:
        known = [Question(kind=kind_of(item), item=item) for item in self.items]
        known += [Question(kind=QuestionKind.SCORE, text=text) for text in self.scored]
        known += [Question(kind=QuestionKind.CHOICE, text=text, choices=list(these)) for text, these in self.chosen]
        return [*known, *(Question(kind=QuestionKind.TEXT, text=text) for text in self.worded)]


@transaction.atomic
def plan(user: User, fields: Mapping[str, Any], wording: Wording) -> Round:
    """A new round with its questions."""
    user.must(FeedbackRight.PLAN)
    rows = wording.rows()
    if not rows:
        raise NotPossible(_("A round needs a question"))
    made = records.make(user, Round(**fields))
    for place, row in enumerate(rows):
        row.round, row.place = made, place
    Question.objects.bulk_create(rows)
    return made


@transaction.atomic
def change(user: User, pk: int, version: int, fields: Mapping[str, Any]) -> Round:
    """Change its name or time, unless somebody saved since ``version``."""
    _planned_by(user, pk)
    return records.change(user, Round.objects.filter(put_away_at=None), pk, version, fields)


@transaction.atomic
def add(user: User, one: Round, accounts: Iterable[Account], who: User | None = None) -> int:
    """Accounts join a round; those in it already stay as they are. Gives how many joined."""
    user.must(FeedbackRight.PLAN)
    seen = Account.objects.visible_to(user).filter(pk__in=[account.pk for account in accounts])
    _sees(who, seen)
    there = {row.account_id: row for row in one.asked.select_for_update(of=("self",)).filter(account__in=seen)}
    back = [row for row in there.values() if row.put_away_at]
    for row in back:
        records.fetch_back(user, Asked.objects.all(), row.pk)
    fresh = [Asked(round=one, account=account, who=who) for account in seen if account.pk not in there]
    for row in fresh:
        records.make(user, row)
    return len(fresh) + len(back)


@transaction.atomic
def put_away(user: User, pk: int) -> Round:
    """The round leaves the lists; answers that the facts know stay known to them."""
    _planned_by(user, pk)
    return records.put_away(user, Round.objects.all(), pk)


@transaction.atomic
def fetch_back(user: User, pk: int) -> Round:
    _planned_by(user, pk)
    return records.fetch_back(user, Round.objects.all(), pk)


@transaction.atomic
def assign(user: User, pk: int, who: User | None) -> Asked:
    """Somebody else asks; with nobody named, whoever manages the account."""
    row = _found(user, pk)
    if not questions.may_plan(user, row.round) and row.asks != user:
        raise Forbidden(FeedbackRight.ASK.value)
    _sees(who, Account.objects.filter(pk=row.account_id))
    return records.change(user, Asked.objects.all(), pk, row.version, {"who": who})


@transaction.atomic
def ask(user: User, pk: int, way: str, day: date) -> Asked:
    """The account was asked, and has not answered yet."""
    row = _found(user, pk)
    if row.state not in questions.OPEN:
        raise NotPossible(_("This account has answered already"))
    _past(day)
    return records.change(
        user, Asked.objects.all(), pk, row.version, {"way": way, "asked_on": day, "state": AskedState.ASKED}
    )


@transaction.atomic
def answer(user: User, pk: int, version: int, fields: Mapping[str, Any], given: Mapping[int, int | str]) -> Asked:
    """What the account answered, by question; saved again it is corrected. What is left out stays as it was."""
    row = _found(user, pk)
    if row.state == AskedState.CLOSED:
        raise NotPossible(_("This account is closed: open it again first"))
    known = questions.answers_of(row)
    if not given and not known:
        raise NotPossible(_("Write down at least one answer"))
    _past(fields["answered_on"])
    new = {question: value for question, value in given.items() if _value(known.get(question)) != value}
    if row.version == version:
        _answered(row, known, new)
    asked_on = row.asked_on or fields["answered_on"]
    saved = {**fields, "asked_on": asked_on, "state": AskedState.ANSWERED}
    told = row.told and not new and all(getattr(row, name) == value for name, value in saved.items())
    done = records.change(user, Asked.objects.all(), pk, version, {**saved, "told": told})
    if new and done.version == version:  # only answers were corrected
        return records.touch(user, done, "answers")
    return done


def _value(answer: Answer | None) -> int | str | None:
    return answer.value if answer else None


def _answered(row: Asked, known: Mapping[int, Answer], given: Mapping[int, int | str]) -> None:
    for question, value in given.items():
        one = known.get(question) or Answer(asked=row, question_id=question)
        one.score, one.text = (value, "") if isinstance(value, int) else (None, value)
        one.save()


@transaction.atomic
def close(user: User, pk: int) -> Asked:
    """Seen to, or given up: answered and done what was to be done, or not answered."""
    row = _found(user, pk)
    if row.state == AskedState.PLANNED:
        raise NotPossible(_("This account was not asked yet: ask it, or take it out of the round"))
    today = timezone.localdate()
    return records.change(user, Asked.objects.all(), pk, row.version, {"state": AskedState.CLOSED, "closed_on": today})


@transaction.atomic
def reopen(user: User, pk: int) -> Asked:
    row = _found(user, pk)
    state = AskedState.ANSWERED if row.answered_on else AskedState.ASKED
    return records.change(user, Asked.objects.all(), pk, row.version, {"state": state, "closed_on": None})


@transaction.atomic
def take_out(user: User, pk: int) -> Asked:
    """Not asked in this round after all; what was answered stays."""
    row = _found(user, pk)
    if row.answered_on:
        raise NotPossible(_("This account has answered already"))
    return records.put_away(user, Asked.objects.all(), pk)


@transaction.atomic
def put_back(user: User, pk: int) -> Asked:
    user.must(FeedbackRight.ASK)
    seen = Asked.objects.filter(account__in=Account.objects.visible_to(user), round__put_away_at=None)
    return records.fetch_back(user, seen, pk)


def _sees(who: User | None, accounts: Any) -> None:
    """Whoever is to ask an account must find it on Today."""
    if who and accounts.exclude(pk__in=Account.objects.visible_to(who).values("pk")).exists():
        raise NotPossible(
            _("This person doesn't see the accounts: choose whoever manages them, or somebody of their team")
        )


def _found(user: User, pk: int) -> Asked:
    user.must(FeedbackRight.ASK)
    rows = Asked.objects.visible_to(user).select_for_update(of=("self",)).select_related("round", "account__manager")
    return rows.get(pk=pk)


def _planned_by(user: User, pk: int) -> Round:
    user.must(FeedbackRight.PLAN)
    one = Round.objects.get(pk=pk)
    if not questions.may_plan(user, one):
        raise Forbidden(FeedbackRight.PLAN.value)
    return one


def _past(day: date) -> None:
    if day > timezone.localdate():
        raise NotPossible(_("This lies ahead: write it down when it is done"))
