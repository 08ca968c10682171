"""The texts that the cells of a workbook share, streamed from their part: what is read aloud beside them is left out."""

from typing import IO, Final
from xml.parsers import expat

from openpyxl.xml.constants import SHEET_MAIN_NS

from vitalfew.warehouse.readers.cellgrid import CHUNK, DEEPEST, LONGEST_TEXT, bound, refuse

SPACE: Final = f"{SHEET_MAIN_NS} "
ITEM, TEXT, PHONETIC = SPACE + "si", SPACE + "t", SPACE + "rPh"
UNDERSCORE: Final = "_x005F_"  # before what would otherwise look like an escaped character


def shared_strings(source: IO[bytes]) -> list[str]:
    """Every text of the part, in its order."""
    return _Strings().read(source)


class _Strings:
    def __init__(self) -> None:
        self._found: list[str] = []
        self._pieces: list[str] = []
        self._length = self._depth = 0
        self._phonetic = False

    def read(self, source: IO[bytes]) -> list[str]:
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        for chunk in iter(lambda: source.read(CHUNK), b""):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return self._found

    def _start(self, name: str, _attributes: object) -> None:
        self._depth += 1
        bound(self._depth, DEEPEST)
        if name == ITEM:
            self._pieces.clear()
            self._length = 0
        elif name == TEXT and not self._phonetic:
            self._parser.CharacterDataHandler = self._write
        elif name == PHONETIC:
            self._phonetic = True

    def _write(self, piece: str) -> None:
        self._length += len(piece)
        bound(self._length, LONGEST_TEXT)
        self._pieces.append(piece)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == ITEM:
            self._found.append("".join(self._pieces).replace(UNDERSCORE, "_"))
        elif name == TEXT:
            self._parser.CharacterDataHandler = None
        elif name == PHONETIC:
            self._phonetic = False
