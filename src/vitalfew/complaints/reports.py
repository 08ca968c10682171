"""The statistics of a month on paper: as they were told where the month is closed, else as its complaints stand now."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.utils import formats

from vitalfew.approvals.questions import currency
from vitalfew.complaints import monthly
from vitalfew.complaints.figures import Share
from vitalfew.complaints.models import ClosedMonth, MonthLine
from vitalfew.complaints.month_listing import LINES
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.handouts import Column, Figure, Handout, Section, Table
from vitalfew.language import Count, Message, Percent, translate
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.rooms import Report
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

SHARES: Final = {
    "acknowledged": _("Acknowledged in time"), "answered": _("Answered in time"), "settled": _("Settled in time"),
    "reopened": _("Opened again"), "again": _("The same again"), "satisfied": _("Satisfied"),
}  # fmt: skip
MONEY: Final = {
    "given": _("Compensation given"), "claimed": _("Claimed of third parties"), "recovered": _("Recovered of third parties"),
}  # fmt: skip
PRINTED: Final = ("number", "account", "category", "cause", "severity", "received_on", "closed_on")
HALF: Final = Column(_("Half are settled within, days"), Unit.NUMBER)
MOST: Final = Column(_("Nine of ten are settled within, days"), Unit.NUMBER)


def written(_user: User, _account: object, day: date) -> Handout:
    """Of the month before that day."""
    month = monthly.first_of(monthly.first_of(day) - timedelta(days=1))
    closed = ClosedMonth.objects.filter(month=month, put_away_at=None).first()
    lines = list(closed.lines.all()) if closed else monthly.lines_now(month)
    kind = translate(_("Complaints of the month"), language())
    about = formats.date_format(month, "YEAR_MONTH_FORMAT")
    return Handout(about, kind, _standing(closed), currency(), tuple(_sections(lines)))


def _standing(closed: ClosedMonth | None) -> str:
    """Whether the figures are closed."""
    text = _("Figures closed, as they were told") if closed else _("Not closed yet: as the complaints stand now")
    return translate(text, language())


def _sections(lines: Sequence[MonthLine]) -> Iterator[Section]:
    told = monthly.figures_of(lines)
    text = Message(_("{n} complaints came in, {open} were open"), {"n": Count(told.n), "open": Count(told.open)})
    yield Section(_("In short"), said=(text.say(language()),), figures=list(_figures(told)))
    columns = [column for column in LINES if column.name in PRINTED]
    rows = [[getattr(line, column.name) for column in columns] for line in lines]
    yield Section(_("Complaints"), table=Table(tuple(Column(c.label, c.unit, c.words) for c in columns), rows))


def _figures(told: monthly.Figures) -> Iterator[Figure]:
    for name, label in SHARES.items():
        yield _share(label, told.shares[name])
    yield Figure(HALF, told.median)
    yield Figure(MOST, told.most)
    for name, label in MONEY.items():
        yield Figure(Column(label, Unit.MONEY), float(told.money[name]))


def _share(label: str, share: Share) -> Figure:
    """With its interval, and of how many it is."""
    if share.interval is None:
        return Figure(Column(label, Unit.SHARE), None)
    low, high = share.interval
    figures: dict[str, Any] = {
        "low": Percent(low, 0),
        "high": Percent(high, 0),
        "n": Count(share.n),
        "of": Count(share.of),
    }
    return Figure(
        Column(label, Unit.SHARE), share.rate, Message(_("{low} to {high}, {n} of {of}"), figures).say(language())
    )


REPORTS = (Report("complaints", _("Complaints of the month"), ComplaintRight.MONTHS, written),)
