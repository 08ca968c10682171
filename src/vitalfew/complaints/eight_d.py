"""The eight disciplines of a complaint's 8D record: what each holds, what of it the steps have said, what is missing.

D1 team, D2 problem, D3 containment, D4 root cause with a chain of whys for its occurring and one for its not being found,
D5 countermeasures chosen and verified, D6 implemented, D7 prevention, D8 closing. Ford Motor Company (1987). Team Oriented
Problem Solving.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from vitalfew.complaints import procedure
from vitalfew.complaints.models import Complaint, EightD
from vitalfew.complaints.words import Channel, State
from vitalfew.terms import gettext_noop as _

WHYS: Final = 5
FEWEST_WHYS: Final = 2
Said = tuple[str, str]


class Piece(NamedTuple):
    """Something a discipline says; ``said`` are the steps, and what of them, that say it already, the best first."""

    name: str
    label: str
    said: tuple[Said, ...] = ()
    must: bool = True
    inside: bool = False
    """Whether the customer's version leaves it out."""
    a_day: bool = False
    a_chain: bool = False


class Discipline(NamedTuple):
    key: str
    title: str
    pieces: tuple[Piece, ...]


DISCIPLINES: Final = (
    Discipline("d1", _("D1 · Team"), (
        Piece("team", _("Who works on it, and in which role"), ((State.INVESTIGATED, "who"),)),
    )),
    Discipline("d2", _("D2 · Problem"), (
        Piece("problem", _("What is wrong"), ((State.INVESTIGATED, "found"),)), Piece("place", _("Where it is found")),
        Piece("since", _("Since when, and how often")), Piece("extent", _("How many are affected")),
        Piece("is_not", _("Where it could be, but is not"), must=False, inside=True),
    )),
    Discipline("d3", _("D3 · Containment"), (
        Piece("containment", _("What protects the customer at once"), ((State.EMERGENCY, "measure"),)),
        Piece("contained_on", _("In force since"), ((State.EMERGENCY, "on"),), a_day=True),
    )),
    Discipline("d4", _("D4 · Root cause"), (
        Piece("occurred", _("Why it occurred"), a_chain=True),
        Piece("undetected", _("Why it was not found before delivery"), inside=True, a_chain=True),
        Piece("root", _("Root cause"), ((State.CAUSE, "cause"),)), Piece("proof", _("How we know"), ((State.CAUSE, "proof"),)),
    )),
    Discipline("d5", _("D5 · Countermeasures chosen"), (
        Piece("remedy", _("Countermeasure"), ((State.TRIAL, "measure"), (State.AGREED, "measure"))),
        Piece("verified", _("How it was verified"), ((State.SMALL, "result"), (State.TRIAL, "result"))),
    )),
    Discipline("d6", _("D6 · Countermeasures implemented"), (
        Piece("implemented", _("What is done now"), ((State.STANDARD, "standard"),)),
        Piece("implemented_on", _("Implemented on"), ((State.STANDARD, "since"), (State.AGREED, "until")), a_day=True),
        Piece("evidence", _("Evidence")),
    )),
    Discipline("d7", _("D7 · Prevention"), (
        Piece("prevention", _("What else was changed: standards, training, FMEA")),
        Piece("rolled_out", _("To which lines, shops and products it was carried over"), inside=True),
    )),
    Discipline("d8", _("D8 · Closing"), (
        Piece("closing", _("What came of it, and thanks to whom"), ((State.CLOSED, "outcome"), (State.ANSWERED, "answer"))),
        Piece("note", _("Note for our own people"), must=False, inside=True),
    )),
)  # fmt: skip
PIECES: Final[Mapping[str, Piece]] = {piece.name: piece for each in DISCIPLINES for piece in each.pieces}
BY_KEY: Final[Mapping[str, Discipline]] = {each.key: each for each in DISCIPLINES}


def from_steps(row: Complaint) -> dict[str, Any]:
    """What the complaint's steps say already, by piece."""
    given = {step.what: step.given for step in row.steps.all() if not step.undone}
    told: dict[str, Any] = {} if row.channel == Channel.ASKED else {"problem": row.text}
    for piece in PIECES.values():
        found = next((said for what, name in piece.said if (said := given.get(str(what), {}).get(name))), None)
        if found:
            told[piece.name] = procedure.day_in(found) if piece.a_day else str(found)
    return {name: value for name, value in told.items() if value}


def content(row: EightD) -> dict[str, Any]:
    """Every piece as it reads now: as it is said here, else as the steps say it."""
    steps = {} if row.offered_at else from_steps(row.complaint)
    return {name: getattr(row, name) or steps.get(name, None if piece.a_day else "") for name, piece in PIECES.items()}


def missing(told: Mapping[str, Any], each: Discipline) -> list[Piece]:
    """What a discipline still has to say."""
    return [piece for piece in each.pieces if piece.must and not _is_said(piece, told[piece.name])]


def _is_said(piece: Piece, value: Any) -> bool:
    return len(whys(value)) >= FEWEST_WHYS if piece.a_chain else bool(value)


def gaps(told: Mapping[str, Any]) -> list[Discipline]:
    """The disciplines that are not whole."""
    return [each for each in DISCIPLINES if missing(told, each)]


def whys(text: str) -> list[str]:
    r"""The answers of a chain.

    >>> whys("worn tool\n\nno schedule ")
    ['worn tool', 'no schedule']
    """
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]
