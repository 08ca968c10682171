"""An agreement beside the one it goes on from, part by part."""

from collections.abc import Iterator
from typing import Any

from vitalfew.accounts.aims import as_part, figure
from vitalfew.accounts.side_by_side import Row, Said
from vitalfew.agreements import questions
from vitalfew.agreements.measures import UNITS, Measure
from vitalfew.agreements.models import Agreement, Obligation, PriceRule
from vitalfew.agreements.words import AgreementKind, PriceKind, Renewal, Rhythm, Side
from vitalfew.language import Day, Message, Word
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _
from vitalfew.terms import label_of
from vitalfew.warehouse.run import day_number


def compared(user: User, left: Agreement, right: Agreement) -> list[Row]:
    sides = [dict(_told(user, each)) for each in (left, right)]
    return [Row(label, said, sides[1][label]) for label, said in sides[0].items()]


def _told(user: User, row: Agreement) -> Iterator[tuple[str, list[Said]]]:
    yield _("Title"), [_plain(row.title)]
    yield _("Agreement number"), _text(row.number)
    yield _("Kind"), [_word(AgreementKind, row.kind)]
    yield _("Time"), [_time(row.since, row.until)]
    yield _("Renewal"), [_word(Renewal, row.renewal)]
    yield _("Notice period in days"), _text(str(row.notice_days or ""))
    yield _("Value a year"), _text(row.worth)
    yield _("Who signs for us"), _text(str(row.ours or ""))
    yield _("Who signs for the customer"), _text(str(row.theirs or ""))
    yield _("Obligations"), [owed(each, row.currency) for each in questions.parts(user, row, "obligation")]
    yield _("Price rules"), [priced(each) for each in questions.parts(user, row, "rule")]
    yield _("Note"), [line for text in row.note.splitlines() for line in _text(text)]


def owed(row: Obligation, currency: str) -> Message:
    """Who owes what, how often, and by which measure; days are left to the time of the agreement."""
    figures: dict[str, Any] = {
        "side": Word(label_of(Side, row.side)), "text": row.text, "rhythm": Word(label_of(Rhythm, row.rhythm)),
    }  # fmt: skip
    if row.measure == Measure.NONE or row.target is None:
        return Message(_("{side}: {text} ({rhythm})"), figures)
    if row.measure == Measure.QUANTITY:
        figures |= {"product": row.product, "quantity": row.written}
        return Message(_("{side}: {text} ({rhythm}); {product}: {quantity}"), figures)
    value = figure(as_part(UNITS[row.measure], float(row.target)), UNITS[row.measure], currency)
    figures |= {"measure": Word(label_of(Measure, row.measure)), "target": value}
    return Message(_("{side}: {text} ({rhythm}); {measure}: {target}"), figures)


def priced(row: PriceRule) -> Message:
    what: Any = row.product or row.category or Word(_("Everything"))
    figures = {"what": what, "kind": Word(label_of(PriceKind, row.kind)), **row.written.figures}
    if not row.from_quantity:
        return Message(_("{what}: {kind}, {value}"), figures)
    return Message(_("{what}, from {quantity}: {kind}, {value}"), {**figures, "quantity": row.plain_quantity})


def _time(since: Any, until: Any) -> Message:
    figures = {"since": Day(day_number(since))}
    if until is None:
        return Message(_("From {since}, until one side ends it"), figures)
    return Message(_("{since} to {until}"), {**figures, "until": Day(day_number(until))})


def _plain(text: str) -> Message:
    return Message("{text}", {"text": text})


def _text(text: str) -> list[Said]:
    return [_plain(text)] if text.strip() else []


def _word(words: Any, value: str) -> Message:
    return Message("{word}", {"word": Word(label_of(words, value))})
