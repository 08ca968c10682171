"""A mail's bytes → what it says: sender, addresses, day, text, files; however badly it is made.

Encodings that are named wrongly or not at all are guessed: UTF-8, else the Chinese one whose characters are the more familiar.
Mails inside a mail and files are handed on as they are and never opened here. What no one can read is :class:`Unreadable`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.header import decode_header
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any, Final

from vitalfew.mails.markup import words_of
from vitalfew.mails.quoting import new_part
from vitalfew.warehouse.readers.encoding import CHINESE, plausibility

Part = Any
"""A message of the standard library, whose types promise more than badly made mails keep."""
MOST_PARTS: Final = 200
LONGEST_TEXT: Final = 200_000
LONGEST_HEADER: Final = 2_000_000
FIRST_YEAR: Final = 1980
WIDER: Final = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030", "big5": "big5hkscs",
    "cp950": "big5hkscs", "iso-8859-1": "cp1252", "ks_c_5601-1987": "cp949",
}  # fmt: skip
ENCODINGS: Final = re.compile(
    r"utf-?8|utf-16(?:le|be)?|us-ascii|ascii|gb18030|hz(?:-gb-2312)?|big5hkscs|iso-2022-(?:jp|kr)|shift_jis|euc-(?:jp|kr)|cp949"
    r"|(?:cp|windows-)125\d|iso-8859-\d{1,2}|koi8-[ru]"
)
"""Those of mails; others that Python knows are slow or no encodings of texts."""
ADDRESS: Final = re.compile(r"[^@\s<>\"',;]{1,64}@[A-Za-z0-9.-]{1,190}\.?[A-Za-z0-9-]+$")
FAILED: Final = re.compile(r"\b(?:dmarc|dkim|spf)=(?:fail|permerror)\b", re.IGNORECASE)
PASSED: Final = re.compile(r"\bdmarc=pass\b", re.IGNORECASE)
CALENDAR: Final = re.compile(r"^(SUMMARY|DTSTART|DTEND|LOCATION|ORGANIZER)(?:;[^:]*)?:(.*)$", re.MULTILINE)


class Unreadable(ValueError):
    """These bytes are no mail."""


@dataclass(frozen=True)
class Attached:
    """A file that came with a mail."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """What a mail says of itself."""

    message_id: str
    subject: str
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    day: date | None
    text: str
    files: tuple[Attached, ...] = ()
    proven: bool = True
    """Unless the receiving server says that the sender's proof failed."""


def read(raw: bytes) -> Letter:
    """The letter in the bytes."""
    try:
        return _letter(BytesParser(policy=compat32).parsebytes(raw))
    except Unreadable:
        raise
    except Exception as failure:  # the standard library has many ways to fail on mails made to break it
        raise Unreadable(type(failure).__name__) from failure


def _letter(message: Part) -> Letter:
    headers = _headers(message)
    senders = _addresses(headers.get("from", []))
    if not senders and not headers.get("to") and not headers.get("subject"):
        raise Unreadable("no headers")
    recipients = [each for name in ("to", "cc", "bcc", "resent-to") for each in _addresses(headers.get(name, []))]
    text, files = _contents(message)
    return Letter(
        message_id=_plain(_first(headers, "message-id")).strip("<> "),
        subject=_plain(_first(headers, "subject"))[:300],
        sender=senders[0][1] if senders else "",
        sender_name=_plain(senders[0][0])[:100] if senders else "",
        recipients=tuple(dict.fromkeys(address for _name, address in recipients)),
        day=_day(_first(headers, "date")),
        text=new_part(text),
        files=tuple(files),
        proven=_proven(headers.get("authentication-results", [])),
    )


def _headers(message: Part) -> dict[str, list[str]]:
    """Each header's texts, decoded; only the first of what stands far too often is read."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(_header(str(value)[:LONGEST_HEADER]))
    return found


def _first(headers: dict[str, list[str]], name: str) -> str:
    return next(iter(headers.get(name, [])), "")


def _header(value: str) -> str:
    data = value.encode("utf-8", "surrogateescape")
    if not data.isascii():
        return decoded(data, "")
    pieces = decode_header(value)
    return "".join(decoded(text, charset or "") if isinstance(text, bytes) else text for text, charset in pieces)


def _addresses(texts: list[str]) -> list[tuple[str, str]]:
    """Names and addresses, small; what is no address is left out."""
    pairs = getaddresses([text.replace("\r", " ").replace("\n", " ") for text in texts])
    return [(name, address.lower()) for name, address in pairs if ADDRESS.match(address)]


def _proven(results: list[str]) -> bool:
    """What the server that received it says, in the topmost line."""
    said = next(iter(results), "")
    return bool(PASSED.search(said)) or not FAILED.search(said)


def _day(text: str) -> date | None:
    try:
        sent = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return sent.date() if sent.year >= FIRST_YEAR else None


def _contents(message: Part) -> tuple[str, list[Attached]]:
    plain: list[str] = []
    html: list[str] = []
    files: list[Attached] = []
    for part in _parts(message):
        kind = part.get_content_type()
        name = _name(part)
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            files.append(Attached(name or _unnamed(kind), _bytes(part)))
        elif kind == "text/html":
            html.append(words_of(_text(part)))
        elif kind == "text/calendar":
            plain.append(_invitation(_text(part)))
        else:
            plain.append(_text(part))
    text = "\n\n".join(each for each in plain if each.strip()) or "\n\n".join(html)
    return _plain(text[:LONGEST_TEXT], lines=True), files


def _parts(message: Part) -> Iterator[Part]:
    """Its leaves, in order; a mail inside the mail is one."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop()
        seen += 1
        inside = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inside, list):
            waiting += reversed(inside)
        else:
            yield part


def _name(part: Part) -> str:
    named = part.get_filename() or ""
    name = _plain(_header(named)).replace("\\", "/").rpartition("/")[2]
    return name.strip(". ")[:200]


def _unnamed(kind: str) -> str:
    return "message.eml" if kind == "message/rfc822" else "file"


def _bytes(part: Part) -> bytes:
    inside = part.get_payload()
    if isinstance(inside, list):
        return b"".join(each.as_bytes() for each in inside)
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: Part) -> str:
    return decoded(_bytes(part)[: LONGEST_TEXT * 4], str(part.get_content_charset() or ""))


def decoded(data: bytes, charset: str) -> str:
    """The text in the encoding it names, else in the one it is most likely in; nothing ever fails."""
    named = WIDER.get(charset.lower(), charset.lower())
    for codec in (named if ENCODINGS.fullmatch(named) else "", "utf-8"):
        text = _strictly(data, codec)
        if text is not None:
            return text
    read = {codec: text for codec in CHINESE if (text := _strictly(data, codec)) is not None}
    if read:
        return max(read.items(), key=_likely)[1]
    return data.decode("utf-8", "replace")


def _likely(read: tuple[str, str]) -> float:
    codec, text = read
    return plausibility((letter for letter in text[:20_000] if not letter.isascii()), codec)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec) if codec else None
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _invitation(text: str) -> str:
    """What a calendar's invitation says, in lines."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n")
    return "\n".join(f"{name.title()}: {value.strip()}" for name, value in CALENDAR.findall(unfolded)[:20])


def _plain(text: str, *, lines: bool = False) -> str:
    """Without characters that no database or screen should get."""
    kept = "\n\t" if lines else ""
    clean = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter if letter.isprintable() or letter in kept else " " for letter in clean).strip()
