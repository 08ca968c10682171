"""Whether a workbook's archive may be opened at all: judged by its directory and the first bytes of its parts.

Nothing is unpacked before this: a part never gives more bytes than the directory declares for it.
"""

import zipfile
import zlib
from typing import IO, Final
from xml.parsers import expat

from vitalfew.warehouse.readers.reasons import Refused

ALWAYS_FINE: Final = 64 << 20
MOST_RATIO: Final = 100
MOST_UNPACKED: Final = 2 << 30
MOST_STRINGS: Final = 64 << 20
MOST_ELSEWHERE: Final = 32 << 20
MOST_PARTS: Final = 5_000
DAMAGE: Final = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, UnicodeDecodeError)
PROLOGUE: Final = 64 << 10
MOST_TAGS: Final = 200_000
DEEPEST: Final = 100
CHUNK: Final = 1 << 16
ENCRYPTED: Final = 0x1

WORKBOOK, SHEETS, STRINGS = "xl/workbook.xml", "xl/worksheets/", "xl/sharedstrings.xml"
STYLES, TYPES = "xl/styles.xml", "[content_types].xml"
HELD: Final = frozenset({WORKBOOK, STYLES, TYPES, "xl/_rels/workbook.xml.rels"})
"""Parts whose every element is held in memory."""
FORBIDDEN: Final = (b"<!doctype", b"<!entity")
MACROS: Final = b"macroenabled"


def check(stream: IO[bytes]) -> None:
    """Refuse what is not a plain workbook, or unpacks to far more than it should."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_directory(archive.infolist())
            _check_parts(archive)
    except DAMAGE:
        raise Refused("corrupt_file") from None


def _check_directory(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    if any(part.flag_bits & ENCRYPTED for part in parts) or WORKBOOK not in names:
        raise Refused("encrypted_or_unsupported")
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Refused("macro_file")
    if len(names) > MOST_PARTS or len(set(names)) < len(names) or any(_climbs(name) for name in names):
        raise Refused("unsafe_archive")
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise Refused("unsafe_archive")
    _check_sizes(parts)


def _climbs(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > max(ALWAYS_FINE, MOST_RATIO * packed):
        raise Refused("too_large_unpacked")
    if any(part.file_size > _most(part.filename.lower()) for part in parts):
        raise Refused("too_large_unpacked")


def _most(name: str) -> int:
    """Sheets are streamed; what is held in memory whole must be small."""
    if name.startswith(SHEETS):
        return MOST_UNPACKED
    if not name.endswith((".xml", ".rels")):
        return MOST_UNPACKED
    return MOST_STRINGS if name == STRINGS else MOST_ELSEWHERE


def _check_parts(archive: zipfile.ZipFile) -> None:
    """No document types or entities: they stand before the first element."""
    for part in archive.infolist():
        name = part.filename.lower()
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        with archive.open(part) as opened:
            head = opened.read(PROLOGUE).replace(b"\x00", b"").lower()
        if any(word in head for word in FORBIDDEN):
            raise Refused("unsafe_xml")
        if name == TYPES and MACROS in head:
            raise Refused("macro_file")
        if name in HELD:
            _check_tree(archive, part)


def _check_tree(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part of more elements than there is memory for, or nested deeper than any workbook is."""
    tree = _Tree()
    try:
        with archive.open(part) as opened:
            for chunk in iter(lambda: opened.read(CHUNK), b""):
                tree.parser.Parse(chunk, False)
            tree.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Refused("corrupt_file") from None


class _Tree:
    """Counts the elements of a part, and how deep it is."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self._count = self._depth = 0

    def _start(self, _name: str, _attributes: object) -> None:
        self._count += 1
        self._depth += 1
        if self._count > MOST_TAGS or self._depth > DEEPEST:
            raise Refused("too_large_unpacked")

    def _end(self, _name: str) -> None:
        self._depth -= 1
