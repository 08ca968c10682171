"""What is missing on a stakeholder map, in sentences, the gravest first, each with what to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from vitalfew.activities.strength import HowWell
from vitalfew.contacts.words import Part
from vitalfew.language import Count, Day, Message
from vitalfew.stakeholders.bonds import Stakeholder
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _
from vitalfew.touching import TELLING


class Remedy(Term):
    """What closes a gap."""

    FIND = "find", _("Write down who it is")
    MEET = "meet", _("Log a visit or call")
    INTRODUCE = "introduce", _("Bring a second colleague along, and log it")
    ASK = "ask", _("Say who follows")


@dataclass(frozen=True)
class Gap:
    """What is missing, and what to do; of a post where it is about one."""

    told: Message
    remedy: Remedy
    post: int = 0


FEW: Final = 2


@dataclass(frozen=True)
class Log:
    """Since when touches are logged, in days since 1970; whether that is long enough to say with whom we are not in touch."""

    began: int | None
    tells: bool

    @classmethod
    def of(cls, began: date | None, today: date) -> Self:
        day = None if began is None else (began - date(1970, 1, 1)).days
        return cls(day, began is not None and (today - began).days >= TELLING)


def gaps(people: Sequence[Stakeholder], log: Log) -> list[Gap]:
    """All of them."""
    if not people:
        return [Gap(Message(_("Nobody there is on file")), Remedy.FIND)]
    return [*_deciding(people, log), *_blocking(people, log), *_single(people), *_left(people)]


def _deciders(people: Sequence[Stakeholder]) -> list[Stakeholder]:
    return [each for each in people if each.part is Part.DECIDER]


def _deciding(people: Sequence[Stakeholder], log: Log) -> Iterator[Gap]:
    deciders = _deciders(people)
    if not deciders:
        yield Gap(Message(_("Nobody who decides there is on file")), Remedy.FIND)
    for each in deciders:
        if each.best is None:
            yield Gap(_out_of_touch(each, log), Remedy.MEET, each.post)
        elif each.best is HowWell.FAINTLY:
            text = _("With {name}, who decides, we are hardly in touch")
            yield Gap(Message(text, {"name": each.name}), Remedy.MEET, each.post)


def _out_of_touch(decider: Stakeholder, log: Log) -> Message:
    """Nothing is known of a touch: which says something only where touches are logged for long."""
    said = {"name": decider.name}
    if log.tells:
        text = _("{name}, who decides, is on file, but none of us is in touch with him or her")
        if decider.blocks:
            text = _("{name}, who decides, is critical of us, and none of us is in touch with him or her")
        return Message(text, said)
    if log.began is None:
        return Message(_("{name}, who decides, is on file; no touch with anybody is logged yet"), said)
    text = _("{name}, who decides, is on file; nothing is logged with him or her since logging began on {day}")
    return Message(text, {**said, "day": Day(log.began)})


def _blocking(people: Sequence[Stakeholder], log: Log) -> Iterator[Gap]:
    """Who stands against us; who decides and no one of ours is in touch with is told as that already."""
    for each in people:
        if each.blocks and not (log.tells and each.part is Part.DECIDER and each.best is None):
            told = _("{name} has a say and stands against us") if each.bonds or not log.tells else _(
                "{name} has a say and is critical of us, and none of us is in touch with him or her"
            )  # fmt: skip
            yield Gap(Message(told, {"name": each.name}), Remedy.MEET, each.post)


def _single(people: Sequence[Stakeholder]) -> Iterator[Gap]:
    """Whom one of ours alone knows."""
    alone: dict[str, int] = {}
    for each in people:
        if len(each.bonds) == 1:
            alone[each.bonds[0].who] = alone.get(each.bonds[0].who, 0) + 1
    for who, n in sorted(alone.items(), key=lambda pair: (-pair[1], pair[0]))[:1]:
        if n >= FEW:
            text = _("Only {who} is in touch with {n} of {all} people there")
            yield Gap(Message(text, {"who": who, "n": Count(n), "all": Count(len(people))}), Remedy.INTRODUCE)


def _left(people: Sequence[Stakeholder]) -> Iterator[Gap]:
    for each in people:
        if each.boss_left:
            text = _("{name} reported to {boss}, who left")
            yield Gap(Message(text, {"name": each.name, "boss": each.boss}), Remedy.ASK, each.post)


def headline(people: Sequence[Stakeholder], found: Sequence[Gap]) -> Message:
    """The map in a sentence."""
    if found:
        return found[0].told
    text = _("We are in touch with all who decide there: {n} of {all} people on file")
    return Message(text, {"n": Count(len(_deciders(people))), "all": Count(len(people))})
