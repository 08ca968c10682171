"""The words of one document, for a process of its own: ``python -m vitalfew.documents.kinds PLACE KIND``.

Writes the words to standard output and ends with the number of what came of it: 0 read, 3 no words, 4 locked, 5 damaged. Before
it opens anything it takes the means away from itself: memory, processor time, files to write.
"""

import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final

MOST: Final = 20_000
"""So many characters are searched; a contract of thirty pages has fewer."""
MEMORY: Final = 512 << 20
SECONDS: Final = 20
NO_WORDS, LOCKED, BROKEN = 3, 4, 5
LARGEST: Final = 16 << 20
"""So many bytes of a part are read; more holds figures or a trap."""
PIECE: Final = 1 << 16
SAID_AS: Final = {"p": "\n", "si": "\n", "tr": "\n", "br": "\n", "tab": " "}
PARTS: Final[Mapping[str, str]] = {
    "docx": r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml",
    "pptx": r"ppt/(slides/slide|notesSlides/notesSlide)\d+\.xml",
    "xlsx": r"xl/(sharedStrings|worksheets/sheet\d+)\.xml",
}


class Locked(Exception):
    """A password is needed."""


def of_text(place: Path) -> Iterator[str]:
    from vitalfew.warehouse.readers.encoding import detect, sample
    from vitalfew.warehouse.readers.reasons import Refused

    with place.open("rb") as stream:
        try:
            yield sample(stream, detect(stream, None), 4 * MOST)
        except Refused:  # a short note may fit several encodings equally well
            yield place.read_bytes()[: 4 * MOST].decode("gb18030", "ignore")


def of_pdf(place: Path) -> Iterator[str]:
    from pypdf import PdfReader

    reader = PdfReader(place)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Locked
    for page in reader.pages:
        yield page.extract_text()


def of_office(kind: str) -> Callable[[Path], Iterator[str]]:
    """Of a document that is a zip of XML parts: what stands in their ``t`` elements, no further than is read."""

    def words(place: Path) -> Iterator[str]:
        with zipfile.ZipFile(place) as archive:
            names = [name for name in archive.namelist() if re.fullmatch(PARTS[kind], name)]
            for name in sorted(names, key=lambda name: (len(name), name)):
                with archive.open(name) as part:
                    yield from _heard(part)

    return words


def _heard(part: IO[bytes]) -> Iterator[str]:
    from defusedxml.ElementTree import DefusedXMLParser

    words = _Words()
    parser = DefusedXMLParser(target=words)
    for _place in range(0, LARGEST, PIECE):
        if not (piece := part.read(PIECE)):
            parser.close()
            break
        parser.feed(piece)
        yield "".join(words.said)
        words.said.clear()


class _Words:
    """Hears a part's elements and keeps what stands in ``t``."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._inside = False

    def start(self, tag: str, _attributes: object) -> None:
        self._inside = _own(tag) == "t"

    def data(self, text: str) -> None:
        if self._inside:
            self.said.append(text)

    def end(self, tag: str) -> None:
        self._inside = False
        self.said += SAID_AS.get(_own(tag), "")

    def close(self) -> None:
        pass


def _own(tag: str) -> str:
    return tag.rpartition("}")[2]


KINDS: Final[Mapping[str, Callable[[Path], Iterator[str]]]] = {
    "txt": of_text, "csv": of_text, "pdf": of_pdf, **{kind: of_office(kind) for kind in PARTS},
}  # fmt: skip


def words_of(place: Path, kind: str) -> str:
    """The first characters of what it says, blank lines and control characters left out."""
    kept, length = [], 0
    for piece in KINDS[kind](place):
        kept.append(piece)
        length += len(piece)
        if length > MOST:
            break
    lines = (" ".join(line.split()) for line in re.sub(r"[^\S\n]|[\x00-\x08\x0e-\x1f]", " ", "".join(kept)).split("\n"))
    return "\n".join(line for line in lines if line)[:MOST]


def limit_itself() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(place: str, kind: str) -> int:
    limit_itself()
    try:
        words = words_of(Path(place), kind)
    except Locked:
        return LOCKED
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  (whatever a damaged file makes its reader raise)
        return BROKEN
    sys.stdout.buffer.write(words.encode("utf-8", "ignore"))
    return 0 if words else NO_WORDS


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:3]))
