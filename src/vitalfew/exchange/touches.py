from collections.abc import Iterator
from typing import Any, Final

from django.utils import timezone

from vitalfew.accounts.models import Account
from vitalfew.exchange import questions
from vitalfew.exchange.models import DataDoubt, DataFile, DataGiven
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Doubt, Offer
from vitalfew.language import Count, Message, Word
from vitalfew.people.models import User
from vitalfew.rooms import Touch, TouchKind
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of

SHOWN: Final = 30


def touches(user: User, account: Account) -> Iterator[Touch]:
    """What it told lately, what was asked about it, and what it was told."""
    if not user.may(ExchangeRight.SEE):
        return
    yield from map(_came, questions.files(user).filter(account=account)[:SHOWN])
    yield from map(_asked, questions.doubts(user).filter(account=account).order_by("-raised_at")[:SHOWN])
    yield from map(_given, DataGiven.objects.visible_to(user).filter(account=account)[:SHOWN])


def _came(row: DataFile) -> Touch:
    figures: dict[str, Any] = {"n": Count(row.rows_taken), "refused": Count(row.rows_refused)}
    said = _("Its data came: {n} {n:row|rows} taken, {refused} refused")
    return _touch(row, row.at, Message(said, figures), row.get_absolute_url())


def _asked(row: DataDoubt) -> Touch:
    figures: dict[str, Any] = {"kind": Word(label_of(Doubt, row.kind))}
    return _touch(row, row.raised_at, Message(_("A question about its data: {kind}"), figures), row.get_absolute_url())


def _given(row: DataGiven) -> Touch:
    figures: dict[str, Any] = {"what": Word(label_of(Offer, row.offer)), "n": Count(row.rows)}
    return _touch(row, row.at, Message(_("It was told: {what}, {n} {n:row|rows}"), figures), "")


def _touch(row: Any, at: Any, what: Message, url: str) -> Touch:
    return Touch(timezone.localdate(at), TouchKind.EXCHANGE, what, {"id": row.pk}, url=url)
