"""What is odd about an account's data of the last season: each finding with its reason, and by what it is known again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone

from vitalfew.exchange import counts, odd, owed
from vitalfew.exchange.counts import Series, Told
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.words import Doubt, Measure
from vitalfew.language import Count, Day, Message, Number
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number

REPORTS, TIMES = 4, 3
"""What stood in three of the last four reports is expected in the next."""
MOST: Final = 200
NEGATIVE: Final = _("{product} {place}: a stock of {n} is told for {day}")
JUMP: Final = _("{product} {place}: {n} are told for {day}, usual are about {usual}")
BALANCE: Final = _(
    "{product}: on {since} {before} were left, then {sold} were sold and {delivered} delivered; on {day} {n} are told, "
    "{beside} beside it"
)
MISSING: Final = _("In the report of {day} {n} {n:product is|products are} not told that usually are: {product}")
LATE: Final[Mapping[str, str]] = {
    "": _("{n} {n:report is|reports are} late, the first of {day}"),
    Measure.SOLD: _("{n} {n:report is|reports are} late of what it sold on, the first of {day}"),
    Measure.STOCK: _("{n} {n:report is|reports are} late of what it has left, the first of {day}"),
}
"""Of both, or of one."""


@dataclass(frozen=True)
class Finding:
    """Something odd."""

    kind: Doubt
    key: str
    day: date
    why: Message
    measure: str = ""
    product: str = ""
    place: str = ""
    until: date | None = None


def findings(exchange: DataExchange) -> list[Finding]:
    """Of the exchange's account, the first two hundred."""
    today = timezone.localdate()
    told, since = counts.read(exchange.account, today - counts.KNOWN), max(exchange.since, today - owed.BACK)
    found = [
        *late(exchange, today), *missing(exchange, told, since), *negative(told, since), *jumping(told, since),
        *unbalanced(exchange, told, since),
    ]  # fmt: skip
    return found[:MOST]


def _day(day: date) -> Day:
    return Day(day_number(day))


def late(exchange: DataExchange, today: date) -> Iterator[Finding]:
    """Reports of both that are late alike are asked about once."""
    by: dict[str, list[date]] = defaultdict(list)
    for measure, end in owed.missing(exchange, today):
        by[measure.value].append(end)
    same = len(by) > 1 and len({tuple(days) for days in by.values()}) == 1
    for word, days in [("", next(iter(by.values())))] if same else by.items():
        said = Message(LATE[word], {"n": Count(len(days)), "day": _day(days[0])})
        yield Finding(Doubt.LATE, f"late:{word}:{days[0]}", days[0], said, word, until=days[-1])


def missing(exchange: DataExchange, told: Told, since: date) -> Iterator[Finding]:
    """The latest reports alone: what is older is told by the balance, or nobody misses it."""
    for measure, rhythm in ((Measure.SOLD, exchange.sell_out), (Measure.STOCK, exchange.stock)):
        if rhythm:
            yield from _left_out(measure, rhythm, told.of(measure), since)


def _left_out(measure: Measure, rhythm: str, series: Series, since: date) -> Iterator[Finding]:
    reports: dict[date, set[tuple[str, str]]] = defaultdict(set)
    for what, days in series.items():
        for day in days:
            reports[owed.end_of(rhythm, day)].add(what)
    if len(reports) <= REPORTS:
        return
    *before, end = sorted(reports)[-REPORTS - 1 :]
    usual = {what for day in before for what in reports[day] if sum(what in reports[each] for each in before) >= TIMES}
    gone = sorted(usual - reports[end])
    if gone and end >= since:
        said = Message(MISSING, {"day": _day(end), "n": Count(len(gone)), "product": " ".join(gone[0]).strip()})
        names = ",".join(sorted({product for product, _place in gone}))[:200]
        yield Finding(Doubt.MISSING, f"missing:{measure.value}:{end}:{names}", end, said, measure.value, gone[0][0])


def negative(told: Told, since: date) -> Iterator[Finding]:
    for (product, place), days in told.of(Measure.STOCK).items():
        for day, quantity in days.items():
            if quantity < 0 and day >= since:
                said = Message(
                    NEGATIVE, {"product": product, "place": place, "n": Number(quantity, 0), "day": _day(day)}
                )
                key = f"negative:{day}:{product}:{place}:{quantity:g}"
                yield Finding(Doubt.NEGATIVE, key, day, said, Measure.STOCK.value, product, place)


def jumping(told: Told, since: date) -> Iterator[Finding]:
    """Of sales alone: a stock jumps with every delivery."""
    for (product, place), days in told.of(Measure.SOLD).items():
        for day, quantity, usual in odd.asked(days.items()):
            if day >= since:
                figures: dict[str, Any] = {"n": Number(quantity, 0), "usual": Number(usual, 0), "day": _day(day)}
                said = Message(JUMP, {"product": product, "place": place, **figures})
                key = f"jump:{day}:{product}:{place}:{quantity:g}"
                yield Finding(Doubt.JUMP, key, day, said, Measure.SOLD.value, product, place)


def unbalanced(exchange: DataExchange, told: Told, since: date) -> Iterator[Finding]:
    for span in counts.spans(exchange, told, since):
        if (beside := span.beside) is not None:
            plain = {
                "before": span.before,
                "sold": span.sold,
                "n": span.after,
                "beside": beside,
                "delivered": span.delivered[1],
            }
            figures: dict[str, Any] = {name: Number(value, 0) for name, value in plain.items()}
            said = Message(
                BALANCE, {"product": span.product, "since": _day(span.since), "day": _day(span.day), **figures}
            )
            key = (
                f"balance:{span.day}:{span.product}:{span.before:g}:{span.sold:g}:{span.delivered[1]:g}:{span.after:g}"
            )
            yield Finding(Doubt.BALANCE, key, span.day, said, Measure.STOCK.value, span.product)
