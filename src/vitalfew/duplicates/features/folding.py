"""One way of writing a name: lower case, half width, simplified characters, no accents, no ornaments."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

HANZI: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_MARKS: Final = re.compile(r"[\u0300-\u036f]")
_LINES: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_ACCENTED: Final = re.compile(r"[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_OTHERWISE: Final = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})


def words(text: str) -> tuple[str, ...]:
    """A list of words as one text."""
    return tuple(text.split())


def lengths_by_end(known: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """How long the words are that end with a character, longest first."""
    found: dict[str, set[int]] = {}
    for word in known:
        found.setdefault(word[-1], set()).add(len(word))
    return {end: tuple(sorted(lengths, reverse=True)) for end, lengths in found.items()}


@cache
def _simplified() -> dict[str, str]:
    """Each traditional character's simplified one."""
    from opencc import OpenCC

    every = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    turned = OpenCC("t2s").convert("\n".join(every)).split("\n")
    pairs = zip(every, turned, strict=True)
    return {before: after for before, after in pairs if before != after and len(after) == 1}


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_simplified())}]")


def folded(text: str) -> str:
    return folded_all([text])[0]


def folded_all(texts: Sequence[str]) -> list[str]:
    """Many names at once, which is much faster than one by one."""
    together = "\n".join(_LINES.sub(" ", text) if text else "" for text in texts)
    plain = unicodedata.normalize("NFKC", together).casefold()
    if _ACCENTED.search(plain):
        plain = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", plain))).translate(_OTHERWISE)
    if not plain.isascii():
        plain = _traditional().sub(_as_simplified, plain)
    return plain.split("\n")


def _as_simplified(found: re.Match[str]) -> str:
    return _simplified()[found[0]]
