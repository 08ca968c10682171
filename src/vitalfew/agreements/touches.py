from collections.abc import Iterator
from datetime import date
from typing import Any

from vitalfew.accounts.models import Account
from vitalfew.agreements import questions
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementState, BreachState, Side
from vitalfew.language import Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What came into force, on what notice was given, what ended, what was broken and settled."""
    if not user.may(AgreementRight.SEE):
        return
    for row in questions.of_account(user, account):
        yield from _of(row)
    for breach in questions.breaches(user).filter(agreement__account=account)[: questions.SHOWN]:
        figures: dict[str, Any] = {
            "side": Word(label_of(Side, breach.side)), "agreement": str(breach.agreement), "text": str(breach),
            "amount": breach.penalty, "how": breach.settlement,
        }  # fmt: skip
        yield _touch(breach, breach.broken_on, Message(_("{agreement} was broken ({side}): {text}"), figures))
        if breach.state == BreachState.SETTLED and breach.settled_on:
            paid = _("A penalty of {amount} under {agreement} was settled: {how}")
            what = _("A breach of {agreement} was settled without money: {how}") if breach.is_closed else paid
            yield _touch(breach, breach.settled_on, Message(what, figures))


def _of(row: Agreement) -> Iterator[Touch]:
    figures: dict[str, Any] = {"agreement": str(row), "why": row.ended_why}
    if row.in_force_on:
        yield _touch(row, row.in_force_on, Message(_("{agreement} was approved and is in force"), figures))
    if row.notice_given_on:
        said = {**figures, "side": Word(label_of(Side, row.notice_by))}
        yield _touch(row, row.notice_given_on, Message(_("Notice was given on {agreement} ({side})"), said))
    if row.ended_on:
        early = row.state == AgreementState.TERMINATED
        what = _("{agreement} was terminated: {why}") if early else _("{agreement} ended: {why}")
        yield _touch(row, row.ended_on, Message(what, figures))


def _touch(row: Any, day: date, what: Message) -> Touch:
    return Touch(day, TouchKind.AGREEMENT, what, {"id": row.pk}, url=row.get_absolute_url())
