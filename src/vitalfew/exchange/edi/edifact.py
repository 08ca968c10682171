"""UN/EDIFACT interchanges (ISO 9735, syntax 1 to 4): UNB … UNZ with messages UNH … UNT; functional groups are not taken.

Segments, elements and escapes are pydifact's, whose own checks of segments are not used. Which characters an interchange is
written in, that its counts and numbers agree and nothing stands outside its messages is checked here; else all of it is refused.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from vitalfew.exchange.edi.shape import Message, Segment, counted, refuse, same
from vitalfew.warehouse.readers import Refused

CHARACTERS: Final = {
    "UNOA": "ascii", "UNOB": "ascii", "UNOC": "latin-1", "UNOD": "iso-8859-2", "UNOE": "iso-8859-5", "UNOF": "iso-8859-7",
    "UNOG": "iso-8859-3", "UNOH": "iso-8859-4", "UNOI": "iso-8859-6", "UNOJ": "iso-8859-8", "UNOK": "iso-8859-9",
    "UNOW": "utf-8", "UNOY": "utf-8",
}  # fmt: skip
"""By the identifier in UNB."""
BEGIN: Final = re.compile(rb"\s*(UNA(.)(.).{4}\s*)?UNB", re.DOTALL)
HEAD: Final = re.compile(rb"UNB.(UN[A-Z0-9]{2})")
SERVICE: Final = 9
USUAL: Final = "UNA:+.? '"


def begins(data: bytes) -> bool:
    return BEGIN.match(data[:40]) is not None


def messages(data: bytes) -> list[Message]:
    """Of one interchange, each whole."""
    *inner, last = list(_segments(_text(data)))
    first = inner.pop(0) if inner else last
    if first.tag != "UNB" or last.tag != "UNZ":
        refuse("edi_envelope", last.tag)
    found = list(_messages(inner))
    counted(last.at(1), len(found), "UNZ")
    same(first.at(5), last.at(2), "UNZ")
    return found


def _text(data: bytes) -> str:
    head = HEAD.search(data[:60])
    name = head[1].decode("ascii") if head else ""
    if name not in CHARACTERS:
        refuse("edi_characters", name or "UNB")
    try:
        return data.decode(CHARACTERS[name]).strip()
    except UnicodeDecodeError:
        refuse("edi_characters", name)


def _segments(text: str) -> Iterator[Segment]:
    from pydifact.control.characters import Characters
    from pydifact.parser import Parser
    from pydifact.tokenizer import Tokenizer

    try:
        own = text.startswith("UNA")
        characters = Characters.from_str(text[:SERVICE] if own else USUAL)
        body = text[SERVICE:].strip() if own else text
        if not body.endswith(characters.segment_terminator):
            refuse("edi_envelope", body[-20:])
        tokens = Tokenizer().get_tokens(body, characters)
        for number, (tag, *elements) in enumerate(Parser().convert_tokens_to_raw_segments(tokens), 1):
            if not (isinstance(tag, str) and tag.isascii() and tag.isalnum()):
                refuse("edi_syntax", f"{number} {tag}")
            yield Segment(tag, [_components(element) for element in elements], number)
    except Refused:
        raise
    except Exception as error:
        raise Refused("edi_syntax", where=str(error)[:60]) from error


def _components(element: Any) -> list[str]:
    return [str(each or "") for each in element] if isinstance(element, list) else [str(element or "")]


def _messages(segments: Iterable[Segment]) -> Iterator[Message]:
    open_one: Message | None = None
    for each in segments:
        if each.tag == "UNH" and open_one is None:
            open_one = Message(each.at(2), each.at(1))
        elif open_one is None or each.tag in {"UNH", "UNB", "UNZ", "UNG", "UNE"}:
            refuse("edi_envelope", f"{each.number} {each.tag}")
        open_one.segments.append(each)
        if each.tag == "UNT":
            counted(each.at(1), len(open_one.segments), f"UNT {open_one.number}")
            same(open_one.number, each.at(2), f"UNT {open_one.number}")
            yield open_one
            open_one = None
    if open_one is not None:
        refuse("edi_envelope", f"UNH {open_one.number}")


def written(kind: str, body: Sequence[tuple[Any, ...]], sides: tuple[str, str], number: str, now: datetime) -> bytes:
    """One message in an interchange of its own, in UTF-8; special characters are escaped."""
    from pydifact.segments import Segment as Plain
    from pydifact.serializer import Serializer

    inner = [("UNH", "1", [kind, "D", "96A", "UN"]), *body, ("UNT", str(len(body) + 2), "1")]
    moment = [now.strftime("%y%m%d"), now.strftime("%H%M")]
    sender, receiver = sides
    rows = [("UNB", ["UNOW", "4"], sender[:35], receiver[:35], moment, number), *inner, ("UNZ", "1", number)]
    plain = [Plain(tag, *(list(each) if isinstance(each, list) else str(each) for each in rest)) for tag, *rest in rows]
    return Serializer().serialize(plain, with_una_header=True, break_lines=True).encode()
