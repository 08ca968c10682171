"""Which bytes are which characters: decided for the whole file, or the file is refused at a named place.

A byte order mark decides. Otherwise UTF-8, which hardly fits by chance. Otherwise the Chinese double-byte encodings,
which fit each other's bytes: the one that gives common characters wins, where the difference is plain. Nothing is ever
replaced by a stand-in character.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import IO, Final

from vitalfew.warehouse.readers.headings import TRADITIONAL
from vitalfew.warehouse.readers.reasons import Refused
from vitalfew.warehouse.readers.synonyms import SYNONYMS

CHUNK: Final = 1 << 20
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),  # stands before its look-alike UTF-16-LE; not read
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHINESE: Final = ("gb18030", "big5hkscs")
BY_CHOICE: Final = {
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "utf-16": "utf-16-le",
}
READ: Final = {"utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "ascii"} | {
    "cp1252", "iso8859-1", "iso8859-15", "shift_jis", "euc_kr"  # never guessed: nearly every file fits them
}  # fmt: skip
SHOWN_AS: Final = {"big5hkscs": "big5"}

# The lead bytes of the few thousand characters that make up ordinary text: level 1 of GB 2312 and of Big5.
ORDINARY_LEADS: Final = {"gb18030": ("gb2312", range(0xB0, 0xD8)), "big5hkscs": ("big5", range(0xA4, 0xC7))}
PLAUSIBLE, CLEARLY = 0.75, 0.25
PRIVATE_FROM, PRIVATE_TO = "\ue000", "\uf8ff"
USUAL: Final = (
    "公司有限责任股份集团实业贸易科技工业商业发展投资制造机械电子化工建材食品服装纺织汽车配件设备仪器材料五金塑料钢铁石油医药"
    "中国北京上海天津重庆广州深圳东南西北江浙苏杭州省市县区路号厂店行部门一二三四五六七八九十大小新老华泰安顺通达信和平成长"
    "責任團實貿業發資製機電裝紡織車儀鋼鐵醫藥國東廣蘇縣華順達長臺台灣"
    "的是不了在人有我他这这们来到时会可也你对生能而子那得于着下自之年过后作里用道行所然家种事方多经么去法学如都同现当没动面起看定"
)
SAMPLE = 20_000


@dataclass(frozen=True)
class Encoding:
    """A codec and the bytes of the mark before the text."""

    codec: str
    mark: int = 0

    @property
    def shown(self) -> str:
        return SHOWN_AS.get(self.codec, self.codec)


class Lost(Exception):
    def __init__(self, line: int, byte: int) -> None:
        super().__init__()
        self.line, self.byte = line, byte


def chosen(name: str) -> str:
    """The codec behind a name the user has given."""
    try:
        codec = codecs.lookup(BY_CHOICE.get(name.lower(), name)).name
    except LookupError:
        codec = ""
    codec = BY_CHOICE.get(codec, codec)
    if codec not in READ:
        raise Refused("bad-encoding", "encoding", line=1, byte=1)
    return codec


def detect(stream: IO[bytes], choice: str | None) -> Encoding:
    """Read the stream to its end once; every byte of it is a character of the encoding returned."""
    head = _from_start(stream).read(4096)
    marked = next((Encoding(codec, len(mark)) for mark, codec in MARKS if head.startswith(mark)), None)
    if marked:
        return _certain(stream, marked)
    if choice:
        return _certain(stream, Encoding(chosen(choice)))
    if wide := _without_mark(head):
        return _certain(stream, Encoding(wide))
    try:
        _decode_all(stream, Encoding("utf-8"))
    except Lost as utf8_ends:
        return _chinese(stream, utf8_ends)
    return Encoding("utf-8")


def utf8_chunks(stream: IO[bytes], encoding: Encoding, size: int) -> Iterator[bytes]:
    """The text from its start, in UTF-8."""
    _from_start(stream).seek(encoding.mark)
    if encoding.codec in {"utf-8", "ascii"}:
        yield from iter(lambda: stream.read(size), b"")
        return
    for text in _decoded(stream, encoding.codec, size):
        yield text.encode()


def sample(stream: IO[bytes], encoding: Encoding, size: int) -> str:
    """The first characters of the text, without half a character at the end."""
    _from_start(stream).seek(encoding.mark)
    return codecs.getincrementaldecoder(encoding.codec)("strict").decode(stream.read(size))


def _from_start(stream: IO[bytes]) -> IO[bytes]:
    stream.seek(0)
    return stream


def _without_mark(head: bytes) -> str:
    """UTF-16 without its mark shows in the zero bytes beside the ASCII letters."""
    pairs = max(len(head) // 2, 1)
    if head[1::2].count(0) > pairs // 4 > head[0::2].count(0):
        return "utf-16-le"
    if head[0::2].count(0) > pairs // 4 > head[1::2].count(0):
        return "utf-16-be"
    return ""


def _certain(stream: IO[bytes], encoding: Encoding) -> Encoding:
    if not encoding.codec:
        raise Refused("bad-encoding", "encoding", line=1, byte=1)
    try:
        _decode_all(stream, encoding)
    except Lost as lost:
        raise Refused("bad-encoding", "encoding", line=lost.line, byte=lost.byte) from None
    return encoding


def _chinese(stream: IO[bytes], utf8_ends: Lost) -> Encoding:
    """The double-byte encoding whose text is plausible, if one is plainly more so than the other."""
    scores: dict[str, float] = {}
    ends: dict[str, Lost] = {}
    for codec in CHINESE:
        try:
            scores[codec] = plausibility(_decode_all(stream, Encoding(codec)), codec)
        except Lost as lost:
            ends[codec] = lost
    best = max(scores, key=lambda codec: scores[codec], default=None)
    others = [score for codec, score in scores.items() if codec != best]
    if best and scores[best] >= PLAUSIBLE and all(scores[best] - score >= CLEARLY for score in others):
        return Encoding(best)
    place = max([utf8_ends, *ends.values()], key=lambda lost: lost.byte)
    raise Refused("bad-encoding", "encoding", line=place.line, byte=place.byte)


def plausibility(characters: Iterable[str], codec: str) -> float:
    """From 0 to 2: the share of ordinary characters, and that of familiar ones, among all that are not ASCII."""
    strict, ordinary = ORDINARY_LEADS[codec]
    letters = [letter for letter in characters if letter.isalpha() or PRIVATE_FROM <= letter <= PRIVATE_TO]
    leads = (letter.encode(strict, "ignore")[:1] for letter in letters)
    common = sum(bool(lead) and lead[0] in ordinary for lead in leads)
    known = sum(letter in familiar() for letter in letters)
    return (common + known) / max(len(letters), 1)


@cache
def familiar() -> frozenset[str]:
    """Characters of company names, goods and of every heading we know, simplified and traditional."""
    headings = "".join(names for table in SYNONYMS.values() for names in table.values())
    simplified = {letter for letter in headings + USUAL if not letter.isascii()}
    traditional = {chr(old) for old, new in TRADITIONAL.items() if chr(new) in simplified}
    return frozenset(simplified | traditional)


def _decode_all(stream: IO[bytes], encoding: Encoding) -> list[str]:
    """Decode to the end; some of the characters beyond ASCII, for weighing."""
    _from_start(stream).seek(encoding.mark)
    found: list[str] = []
    if encoding.codec == "utf-8":
        _check_utf8(stream)
        return found
    for text in _decoded(stream, encoding.codec, CHUNK):
        if len(found) < SAMPLE and not text.isascii():
            found += [letter for letter in text if not letter.isascii()][:SAMPLE]
    return found


def _check_utf8(stream: IO[bytes]) -> None:
    """As ``_decoded`` with nothing kept: pure ASCII passes at the speed of memory."""
    pending, lines, done = b"", 1, stream.tell()
    while chunk := stream.read(CHUNK):
        piece = pending + chunk
        try:
            used = len(piece) if piece.isascii() else codecs.utf_8_decode(piece, "strict", False)[1]
        except UnicodeDecodeError as error:
            raise _lost(piece, error.start, lines, done) from None
        pending, done = piece[used:], done + used
        lines += piece.count(b"\n", 0, used)
    if pending:
        raise Lost(lines, done + 1)


def _decoded(stream: IO[bytes], codec: str, size: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    lines, done = 1, stream.tell()
    while True:
        chunk = stream.read(size)
        pending = decoder.getstate()[0]
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise _lost(pending + chunk, error.start, lines, done - len(pending)) from None
        yield text
        if not chunk:
            return
        lines, done = lines + text.count("\n"), done + len(chunk)


def _lost(piece: bytes, start: int, lines: int, done: int) -> Lost:
    return Lost(lines + piece.count(b"\n", 0, start), done + start + 1)
