"""/peaks: what is agreed on for peak seasons, and what production and transport are asked."""

from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.language import Message
from vitalfew.lists.operations import Operations, checked
from vitalfew.peaks import actions, arranging, outturn, questions
from vitalfew.peaks.forms import AgreeForm, AnswerForm, ArrangementForm, BookForm, CloseForm, PeakForm
from vitalfew.peaks.listing import ARRANGEMENTS, PEAKS
from vitalfew.peaks.models import Arrangement, Peak
from vitalfew.peaks.rights import PeakRight
from vitalfew.people.models import User
from vitalfew.terms import gettext_noop as _

router = Router(tags=["peaks"])
asked = Router(tags=["peaks"])
NOT_YOURS: Final = Message(_("Only who sees to it, who manages the account, supply and heads can do this"))


class PeakChange(Schema):
    """What can be corrected; what is not sent stays. Follows is common or chinese; heard visit, phone, portal or exchange."""

    category: str | None = None
    begins: date | None = None
    ends: date | None = None
    follows: str | None = None
    owner: str | None = None
    view: str | None = None
    heard: str | None = None
    growth: int | None = None
    stock: float | None = None
    commitment: str | None = None

    model_config = {"extra": "forbid"}


class PeakNew(PeakChange):
    """A new agreement, as a draft; growth is in percent over the last peak."""

    account: str
    begins: date
    ends: date


class LineIn(Schema):
    """What is booked of a product for a week; any day of it stands for it."""

    product: str
    week: date
    quantity: Decimal


class PeakBooked(Schema):
    """All that is booked: it takes the place of what was."""

    lines: list[LineIn]

    model_config = {"extra": "forbid"}


class PeakAgreed(Schema):
    """When it was agreed on and by whom of the customer's; theirs books what the account said in the portal."""

    on: date
    whom: str
    theirs: bool = False

    model_config = {"extra": "forbid"}


class PeakClosed(Schema):
    """What is done differently the next time."""

    lesson: str

    model_config = {"extra": "forbid"}


class ArrangementNew(Schema):
    """What production or transport is asked for a peak."""

    side: str
    text: str
    due: date

    model_config = {"extra": "forbid"}


class ArrangementAnswer(Schema):
    """yes; no, with its reason; other, with its reason and the other day."""

    answer: str
    reason: str = ""
    other_day: date | None = None

    model_config = {"extra": "forbid"}


class BookingOut(Schema):
    """What is booked, what the account said, what it ordered and sold on."""

    product: str
    week: date
    quantity: float
    said: float | None
    taken: float | None
    sold: float | None


class PeakOut(Schema):
    """An agreement in full; standing is how it stands today."""

    id: int
    account: str
    category: str
    begins: date
    ends: date
    follows: str
    owner: str | None
    view: str
    heard: str
    growth: int | None
    stock: float | None
    commitment: str
    standing: str
    asked_on: date | None
    agreed_on: date | None
    agreed_with: str
    closed_on: date | None
    lesson: str
    bookings: list[BookingOut]
    version: int


class ArrangementOut(Schema):
    """A request to production or transport, and its answer."""

    id: int
    peak: int
    account: str
    side: str
    text: str
    due: date
    answer: str
    reason: str
    other_day: date | None
    version: int


PLAIN: Final = (
    "category", "begins", "ends", "follows", "view", "heard", "growth", "commitment", "asked_on", "agreed_on", "agreed_with",
    "closed_on", "lesson",
)  # fmt: skip
OF_BOOKINGS: Final = ("quantity", "said", "taken", "sold")


def _told(_user: User, row: Peak) -> dict[str, Any]:
    bookings = [
        {"product": each.product, "week": each.week, **{name: _number(getattr(each, name)) for name in OF_BOOKINGS}}
        for each in outturn.filled(row, list(row.bookings.all()))
    ]
    return {
        "account": row.account.code, "owner": row.owner.username if row.owner else None, "bookings": bookings,
        "standing": row.standing.value, "stock": _number(row.stock), **{name: getattr(row, name) for name in PLAIN},
    }  # fmt: skip


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _asked(_user: User, row: Arrangement) -> dict[str, Any]:
    plain = ("side", "text", "due", "answer", "reason", "other_day")
    return {"peak": row.peak_id, "account": row.account.code, **{name: getattr(row, name) for name in plain}}


OPERATIONS: Final = Operations(
    router, "peak", PEAKS, questions.peaks, PeakOut, _told, see=PeakRight.SEE, write=PeakRight.MAKE, denied=NOT_YOURS,
)  # fmt: skip
OPERATIONS.reads("Agreements on peak seasons, the latest first, a page at a time.", "One agreement.")


@OPERATIONS.adds
def draft_peak(user: User, sent: PeakNew) -> Peak:
    """Begin an agreement."""
    account = visible(user, sent.account)
    given = {"owner": user.username, "follows": "common", **sent.dict(exclude={"account"}, exclude_none=True)}
    return actions.draft(user, account, checked(PeakForm(user, account, given), actions.FIELDS))


@OPERATIONS.changes
def change_peak(user: User, row: Peak, sent: PeakChange) -> None:
    """Correct it. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS} | {"owner": row.owner.username if row.owner else ""}
    form = PeakForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, actions.FIELDS))


@OPERATIONS.does("book", matched=True)
def book_peak(user: User, row: Peak, sent: PeakBooked) -> None:
    """Book exactly these quantities."""
    lines = "\n".join(f"{each.product}, {each.week}, {each.quantity}" for each in sent.lines)
    actions.book(
        user, row.pk, row.version, checked(BookForm({"version": row.version, "lines": lines}), ("lines",))["lines"]
    )


@OPERATIONS.does("propose")
def propose_peak(user: User, row: Peak) -> None:
    """Book what it ordered in its last peak, with the growth it expects."""
    actions.propose(user, row.pk, row.version)


@OPERATIONS.does("ask")
def ask_peak(user: User, row: Peak) -> None:
    """Ask the account in the portal."""
    actions.ask(user, row.pk, row.version)


@OPERATIONS.does("agree")
def agree_peak(user: User, row: Peak, sent: PeakAgreed) -> None:
    """Agree on it: production and transport are asked."""
    form = AgreeForm({"version": row.version, **sent.dict()})
    actions.agree(user, row.pk, row.version, **checked(form, ("on", "whom", "theirs")))


@OPERATIONS.does("reopen")
def reopen_peak(user: User, row: Peak) -> None:
    """Open it again."""
    actions.reopen(user, row.pk)


@OPERATIONS.does("close")
def close_peak(user: User, row: Peak, sent: PeakClosed) -> None:
    """Close it: what was ordered and sold on is kept, with what was learned."""
    form = CloseForm({"version": row.version, **sent.dict()})
    actions.close(user, row.pk, row.version, **checked(form, ("lesson",)))


@OPERATIONS.puts_away
def put_away_peak(user: User, row: Peak) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


@OPERATIONS.does("arrange")
def arrange_peak(user: User, row: Peak, sent: ArrangementNew) -> None:
    """Ask production or transport one thing more."""
    arranging.ask(user, row.pk, checked(ArrangementForm(sent.dict()), arranging.FIELDS))


ASKED: Final = Operations(
    asked, "arrangement", ARRANGEMENTS, questions.arrangements, ArrangementOut, _asked, see=PeakRight.SEE,
    write=PeakRight.MAKE, denied=NOT_YOURS,
)  # fmt: skip
ASKED.reads("What production and transport are asked, whose turn it is first, a page at a time.", "One request.")


@ASKED.does("answer", PeakRight.ANSWER)
def answer_arrangement(user: User, row: Arrangement, sent: ArrangementAnswer) -> None:
    """Answer it."""
    form = AnswerForm({"version": row.version, **sent.dict()})
    arranging.answer(user, row.pk, row.version, **checked(form, ("answer", "reason", "other_day")))


@ASKED.puts_away
def put_away_arrangement(user: User, row: Arrangement) -> None:
    """Put it away; it can be fetched back on its page."""
    arranging.put_away(user, row.pk)


ROUTERS: Final = (("/peaks", router), ("/arrangements", asked))
