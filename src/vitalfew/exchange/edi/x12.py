"""ANSI X12 interchanges: ISA … IEA with groups GS … GE and transaction sets ST … SE.

    ISA is 106 characters long and tells the separators by where they stand: elements by the fourth character, components by the
    105th, segments by the 106th; nothing is escaped. Counts and control numbers of IEA, GE and SE must be right.

Read and written here and no more than that: docs/decisions/0041 says why.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from vitalfew.exchange.edi.shape import Message, Segment, counted, refuse, same

ISA: Final = 106
ELEMENTS: Final = 16
LONGEST: Final = 3


def begins(data: bytes) -> bool:
    return data.lstrip()[:3] == b"ISA" and not data.lstrip()[3:4].isalnum()


def messages(data: bytes) -> list[Message]:
    """The transaction sets of one interchange, each whole."""
    try:
        text = data.decode("utf-8").strip()
    except UnicodeDecodeError:
        refuse("edi_characters", "ISA")
    segments = list(_segments(text))
    first, last = segments[0], segments[-1]
    if first.tag != "ISA" or last.tag != "IEA" or len(segments) < LONGEST:
        refuse("edi_envelope", last.tag)
    groups = list(_between(segments[1:-1], "GS", "GE"))
    counted(last.at(1), len(groups), "IEA")
    same(first.at(13), last.at(2), "IEA")
    return [message for group in groups for message in _group(group)]


def _segments(text: str) -> Iterator[Segment]:
    if len(text) < ISA:
        refuse("edi_envelope", text[:20])
    between, inside, end = text[3], text[ISA - 2], text[ISA - 1]
    if len({between, inside, end}) < LONGEST or any(each.isalnum() for each in (between, inside, end)):
        refuse("edi_syntax", text[:20])
    if text[: ISA - 1].count(between) != ELEMENTS or not text.rstrip("\r\n").endswith(end.strip() or end):
        refuse("edi_envelope", text[-20:])
    for number, part in enumerate(text.split(end), 1):
        tag, *elements = part.strip("\r\n").split(between)
        if not tag:
            continue
        if not (tag.isascii() and tag.isalnum() and len(tag) <= LONGEST):
            refuse("edi_syntax", f"{number} {tag}")
        yield Segment(tag, [[each] if tag == "ISA" else each.split(inside) for each in elements], number)


def _between(segments: Sequence[Segment], begin: str, end: str) -> Iterator[list[Segment]]:
    """Runs from a header to its trailer; refuses what stands outside."""
    run: list[Segment] = []
    for each in segments:
        if (each.tag == begin) == bool(run) or (each.tag == end and not run):
            refuse("edi_envelope", f"{each.number} {each.tag}")
        run.append(each)
        if each.tag == end:
            yield run
            run = []
    if run:
        refuse("edi_envelope", f"{run[0].number} {begin}")


def _group(segments: Sequence[Segment]) -> Iterator[Message]:
    first, last = segments[0], segments[-1]
    sets = list(_between(segments[1:-1], "ST", "SE"))
    counted(last.at(1), len(sets), f"GE {last.at(2)}")
    same(first.at(6), last.at(2), "GE")
    for each in sets:
        head, foot = each[0], each[-1]
        counted(foot.at(1), len(each), f"SE {foot.at(2)}")
        same(head.at(2), foot.at(2), f"SE {foot.at(2)}")
        yield Message(head.at(1), head.at(2), each)


def written(
    kind: tuple[str, str], body: Sequence[tuple[str, ...]], sides: tuple[str, str], number: int, now: datetime
) -> bytes:
    """One transaction set, by its number and its group's, in an interchange; what would be a separator becomes a space."""
    sender, receiver = (_plain(side)[:15] for side in sides)
    control, day, minute = f"{number % 10**9:09d}", now.strftime("%Y%m%d"), now.strftime("%H%M")
    rows = [
        ("ISA", "00", " " * 10, "00", " " * 10, "ZZ", sender.ljust(15), "ZZ", receiver.ljust(15), day[2:], minute, "U",
         "00401", control, "0", "P", ">"),
        ("GS", kind[1], sender.strip(), receiver.strip(), day, minute, str(int(control)), "X", "004010"),
        ("ST", kind[0], "0001"), *body, ("SE", str(len(body) + 2), "0001"),
        ("GE", "1", str(int(control))), ("IEA", "1", control),
    ]  # fmt: skip
    lines = ["*".join(row if row[0] == "ISA" else tuple(_plain(each) for each in row)) for row in rows]
    return "".join(f"{line}~\n" for line in lines).encode()


def _plain(text: str) -> str:
    return "".join(" " if each in "*~>" or not each.isprintable() else each for each in text)
