"""An account in sentences: what is going on, why we think so, and what to do next.

Each sentence comes from a figure on the same page and names it; where nothing can be said, nothing is said.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vitalfew.language import Count, Message, Money, Percent
from vitalfew.terms import Direction, Tier
from vitalfew.terms import gettext_noop as _

if TYPE_CHECKING:
    from vitalfew.accounts.sheet import Sheet

THIN: Final = 1
"""So few people known at the account make the relation depend on one person."""


@dataclass(frozen=True)
class Advice:
    """Something to do: what, why, the money at stake, and where it is done."""

    what: str
    why: Message
    stake: float
    tab: str


@dataclass(frozen=True)
class Story:
    """Sentences, most important first, and what follows from them."""

    sentences: list[Message]
    advice: list[Advice]


def tell(sheet: "Sheet") -> Story:
    """The account's story as far as its figures carry it."""
    sentences = [*_course(sheet), *_silence(sheet), *_trouble(sheet), *_people(sheet)]
    advice = [*_ask(sheet), *_answer(sheet), *_collect(sheet), *_widen(sheet), *_reprice(sheet)]
    return Story(sentences, sorted(advice, key=lambda each: -each.stake)[:3])


def _stake(sheet: "Sheet", share: float = 1.0) -> float:
    card = sheet.card
    return share * max(card.revenue_12m or 0.0, 0.0) if card else 0.0


def _course(sheet: "Sheet") -> list[Message]:
    card = sheet.card
    if card is None or card.revenue_12m is None:
        return [Message(_("This account has not ordered yet."))]
    money = Money(card.revenue_12m, sheet.currency)
    if card.growth is None:
        return [Message(_("It bought for {money} in the last twelve months."), {"money": money})]
    words = {
        Direction.RISING: _(
            "It bought for {money} in the last twelve months, {growth} against the year before; its purchases rise beyond chance."
        ),
        Direction.FALLING: _(
            "It bought for {money} in the last twelve months, {growth} against the year before; its purchases fall beyond chance."
        ),
    }
    plain = _("It bought for {money} in the last twelve months, {growth} against the year before; no clear trend.")
    text = next((words[d] for d in words if d == card.direction), plain)
    return [Message(text, {"money": money, "growth": Percent(card.growth, 0, signed=True)})]


def _silence(sheet: "Sheet") -> list[Message]:
    found = sheet.anomaly
    if found.get("kind") != "silence":
        return []
    text = _("It has been silent for {days} days; usually it orders every {usual} days.")
    return [Message(text, {"days": Count(found["value"]), "usual": Count(found["expected"])})]


def _trouble(sheet: "Sheet") -> list[Message]:
    said = []
    if number := len(sheet.open_complaints):
        said.append(Message(_("Open complaints: {n}."), {"n": Count(number)}))
    if sheet.overdue["n"]:
        text = _("Overdue invoices: {n}, together {money}.")
        said.append(
            Message(text, {"n": Count(sheet.overdue["n"]), "money": Money(sheet.overdue["amount"], sheet.currency)})
        )
    return said


def _people(sheet: "Sheet") -> list[Message]:
    present = len(sheet.present_contacts)
    if present == 0:
        return [Message(_("We know nobody there by name."))]
    if present <= THIN:
        return [Message(_("We know only one person there: the relation depends on that person."))]
    return []


def _ask(sheet: "Sheet") -> list[Advice]:
    found = sheet.anomaly
    if not found:
        return []
    card = sheet.card
    stake = (card.at_stake if card else None) or _stake(sheet, 0.5)
    return [Advice(_("Ask the customer"), Message(found["question"]), stake, "behaviour")]


def _answer(sheet: "Sheet") -> list[Advice]:
    if not sheet.open_complaints:
        return []
    oldest = sheet.open_complaints[-1]
    text = _("Complaint {id} is not closed yet")
    return [
        Advice(
            _("Settle the open complaint"),
            Message(text, {"id": oldest["complaint_id"]}),
            _stake(sheet, 0.3),
            "complaints",
        )
    ]


def _collect(sheet: "Sheet") -> list[Advice]:
    if not sheet.overdue["n"]:
        return []
    text = _("{money} are past due")
    return [
        Advice(
            _("Talk about the overdue invoices"),
            Message(text, {"money": Money(sheet.overdue["amount"], sheet.currency)}),
            sheet.overdue["amount"],
            "orders",
        )
    ]


def _widen(sheet: "Sheet") -> list[Advice]:
    if len(sheet.present_contacts) > THIN:
        return []
    why = Message(_("If that person leaves, the relation goes too"))
    return [Advice(_("Get to know a second person"), why, _stake(sheet, 0.2), "contacts")]


def _reprice(sheet: "Sheet") -> list[Advice]:
    card = sheet.card
    if not sheet.sees_money or card is None or card.tier not in {Tier.BZ, Tier.MIGRATE} or card.contribution is None:
        return []
    why = Message(
        _("It cost us {money} more than it brought in twelve months"),
        {"money": Money(-card.contribution, sheet.currency)},
    )
    return [Advice(_("Review price and service"), why, -card.contribution, "contribution")]
