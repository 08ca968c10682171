"""What stock and sales reports tell, as rows: INVRPT and SLSRPT of EDIFACT D.96A, 852 of X12.

    INVRPT   LIN with its codes; QTY 17, 145 stock · 48 received · 153 sold; the day is its DTM, else the message's
    SLSRPT   LOC a place, then LIN; QTY 153 sold; the day is the last one of the period
    852      XQ the days, N1 a place; LIN with its codes; ZA QA, QE stock · QS sold · QR received; SDQ shop by shop

A product has several codes in a message: ours goes before theirs, theirs before that of the trade. A quantity counted at several
places stands at the place named before it, else after it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone

from vitalfew.exchange.edi import edifact, x12
from vitalfew.exchange.edi.shape import Message, Segment, refuse
from vitalfew.exchange.reasons import NOTHING, TWICE
from vitalfew.exchange.shape import Line, Read, Wrong
from vitalfew.exchange.words import Format, Measure

QTY: Final = {"17": Measure.STOCK, "145": Measure.STOCK, "48": Measure.RECEIVED, "153": Measure.SOLD}
ZA: Final = {"QA": Measure.STOCK, "QE": Measure.STOCK, "QR": Measure.RECEIVED, "QS": Measure.SOLD}
CODES: Final = {"EDIFACT": ("SA", "IN", "BP", "EN", "UP"), "X12": ("VN", "VP", "IN", "BP", "SK", "EN", "UP", "UK")}
PLACES: Final = frozenset({"7", "14", "18", "162"})
FROM_TO: Final = "718"
STANDS_FOR: Final = ("366", "91", "356", "90", "7", "137")
"""Which day of EDIFACT counts before which: of the stock, the end of a period, the period, its begin, the document."""
AMOUNT: Final = re.compile(r"-?\d{1,14}([.,]\d{1,4})?")


def is_edi(data: bytes) -> bool:
    return edifact.begins(data) or x12.begins(data)


def read(data: bytes) -> Read:
    """The rows of all its messages; refused where one of them is no report of stock or sales."""
    ours = edifact.begins(data)
    found = Told(Read(Format.EDIFACT if ours else Format.X12, [], []))
    for message in edifact.messages(data) if ours else x12.messages(data):
        if message.kind in {"INVRPT", "SLSRPT"} and ours:
            _report(message, found)
        elif message.kind == "852" and not ours:
            _activity(message, found)
        else:
            refuse("edi_kind", message.kind)
    return found.read


@dataclass
class Told:
    """The rows so far: what is told of the same product, place and day is one."""

    read: Read
    lines: dict[tuple[date, str, str], Line] = field(default_factory=dict)

    def add(self, segment: Segment, item: "Item", measure: Measure, place: str, said: str) -> None:
        if not AMOUNT.fullmatch(said):
            self.wrong(segment, "not-a-number", "quantity", said)
        elif item.day is None:
            self.wrong(segment, "not-a-date", "date", "")
        elif item.day > timezone.localdate():
            self.wrong(segment, "out-of-range", "date", item.day.isoformat())
        elif not item.codes:
            self.wrong(segment, "missing", "product", "")
        else:
            self._told(segment, item, item.day, place, {measure: Decimal(said.replace(",", "."))})

    def _told(self, segment: Segment, item: "Item", day: date, place: str, told: dict[Measure, Decimal]) -> None:
        known = self.lines.get((day, item.codes[0], place))
        if known is None:
            line = Line(segment.number, day, item.codes[0], place, told, others=tuple(item.codes[1:]))
            self.lines[line.key] = line
            self.read.lines.append(line)
        elif any(known.told.get(measure, n) != n for measure, n in told.items()):
            self.wrong(segment, TWICE, "product", item.codes[0])
        else:
            known.told.update(told)  # type: ignore[attr-defined]  # it was made above

    def wrong(self, segment: Segment, reason: str, name: str, value: str) -> None:
        written = "+".join([segment.tag, *(":".join(each) for each in segment.elements)])
        self.read.wrong.append(Wrong(segment.number, reason, name, value[:200], {"segment": written[:200]}))


@dataclass
class Item:
    """A product of a message: its codes, ours first, and the day it is told of."""

    codes: list[str]
    day: date | None
    begun: Segment


def _day(text: str, form: str) -> date | None:
    """The last day that a date or period names."""
    digits = text.rpartition("-")[2] if form == FROM_TO and "-" in text else text[8:16] if form == FROM_TO else text[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if digits.isdecimal() else None
    except ValueError:
        return None


def _stands_for(days: Sequence[Segment]) -> date | None:
    by = {each.at(1): _day(each.at(1, 1), each.at(1, 2) or "102") for each in days}
    return next((by[word] for word in STANDS_FOR if by.get(word)), None)


def _report(message: Message, found: Told) -> None:
    """Of EDIFACT: what stands before the first LIN holds for all, what a LIN says for itself."""
    head, *items = _items(message.segments, "LIN")
    _no_amount(head, "QTY")
    default = _stands_for([each for each in head if each.tag == "DTM"])
    place = next((each.at(2) for each in reversed(head) if each.tag == "LOC" and each.at(1) in PLACES), "")
    for segments in items:
        pairs = [(segments[0].at(3, 1), segments[0].at(3))]
        pairs += [(each.at(n, 1), each.at(n)) for each in segments if each.tag == "PIA" for n in range(2, 7)]
        day = _stands_for([each for each in segments if each.tag == "DTM"]) or default
        item = Item(_codes(pairs, "EDIFACT"), day, segments[0])
        named = [each for each in segments if each.tag == "LOC" and each.at(1) in PLACES]
        sales = message.kind == "SLSRPT"
        _quantities(segments, [] if sales else named, item, place, found)
        place = named[-1].at(2) if sales and named else place


def _quantities(segments: Sequence[Segment], named: Sequence[Segment], item: Item, place: str, found: Told) -> None:
    """Each at its place: the one before it where a line begins with a place, else the one behind it, else that of all."""
    counts = [each for each in segments if each.tag == "QTY" and each.at(1) in QTY]
    if not counts:
        found.wrong(item.begun, NOTHING, "", "")
    for each in counts:
        before = [loc.at(2) for loc in named if loc.number < each.number]
        behind = [loc.at(2) for loc in named if loc.number > each.number]
        leads = bool(named) and named[0].number < counts[0].number
        here = before[-1:] if leads else behind[:1]
        found.add(each, item, QTY[each.at(1)], here[0] if here else place, each.at(1, 1))


def _activity(message: Message, found: Told) -> None:
    """Of X12."""
    head, *items = _items(message.segments, "LIN")
    _no_amount(head, "ZA")
    days = [each for each in head if each.tag == "XQ"]
    day = _day(days[-1].at(3) or days[-1].at(2), "102") if days else None
    place = next(
        (each.at(4) or each.at(2) for each in head if each.tag == "N1" and each.at(1) in {"ST", "WH", "RL", "SN"}), ""
    )
    for segments in items:
        begun = segments[0]
        pairs = [(begun.at(n), begun.at(n + 1)) for n in range(2, 31, 2)]
        item, measure, told = Item(_codes(pairs, "X12"), day, begun), None, 0
        for each, following in zip(segments, [*segments[1:], begun], strict=True):
            if each.tag == "ZA":
                measure = ZA.get(each.at(1))
                if measure and following.tag != "SDQ":
                    found.add(each, item, measure, place, each.at(2))
                    told += 1
            elif each.tag == "SDQ" and measure:
                for shop, quantity in _shops(each):
                    found.add(each, item, measure, shop, quantity)
                    told += 1
        if not told:
            found.wrong(begun, NOTHING, "", "")


def _shops(segment: Segment) -> Iterator[tuple[str, str]]:
    for n in range(3, 22, 2):
        if segment.at(n):
            yield segment.at(n), segment.at(n + 1)


def _codes(pairs: Sequence[tuple[str, str]], syntax: str) -> list[str]:
    ranks = {word: rank for rank, word in enumerate(CODES[syntax])}
    known = sorted((ranks[kind], code) for kind, code in pairs if kind in ranks and code)
    return list(dict.fromkeys(code for _rank, code in known))


def _no_amount(head: Sequence[Segment], tag: str) -> None:
    """An amount before the first product would be lost."""
    if lost := next((each for each in head if each.tag == tag), None):
        refuse("edi_envelope", f"{lost.number} {tag}")


def _items(segments: Sequence[Segment], tag: str) -> list[list[Segment]]:
    """What stands before the first, then each with what belongs to it."""
    parts: list[list[Segment]] = [[]]
    for each in segments:
        if each.tag == tag:
            parts.append([])
        parts[-1].append(each)
    return parts
