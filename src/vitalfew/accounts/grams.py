"""How a name is found: as its one- and two-character pieces.

Full-text indexes split Chinese badly or not at all, so the index holds pieces that we cut ourselves: every hanzi and every
two neighbours (traditional folded to simplified), pinyin and initials from every character on, words and numbers. A
search text is cut the same way; all of its pieces must be there, and latin ones may be the start of a longer one.

    恒达电器  →  恒 达 电 器 恒达 达电 电器 hengdadianqi dadianqi dianqi qi hddq ddq dq q
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

LONGEST: Final = 24
WORDS_KEPT: Final = 50_000
_WORD: Final = re.compile(r"[0-9a-z]+")
_HANZI: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")


@cache
def _simplifier() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def folded(text: str) -> str:
    """Lower case, full-width to half-width, traditional to simplified."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).casefold()
    return str(_simplifier().convert(plain)) if _HANZI.search(plain) else plain


def stored(name: str, *codes: str) -> str:
    """What the index keeps for a record."""
    plain = folded(name)
    pieces = {*_hanzi(plain), *_words(plain)}
    for run in _HANZI.findall(plain):
        pieces |= _sounds(run)
    for code in codes:
        pieces |= set(_words(folded(code)))
    return " ".join(sorted(pieces))


@dataclass(frozen=True)
class Asked:
    """What a search text asks for: whole pieces, and starts of longer ones."""

    whole: tuple[str, ...]
    starts: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.whole or self.starts)


def asked(text: str) -> Asked:
    plain = folded(text)
    return Asked(tuple(piece for run in _HANZI.findall(plain) for piece in _cut(run)), tuple(_words(plain)))


def _hanzi(plain: str) -> set[str]:
    return {piece for run in _HANZI.findall(plain) for piece in (*run, *_pairs(run))}


def _cut(run: str) -> list[str]:
    """Pairs, which say more than single characters; a single one only when it stands alone."""
    return _pairs(run) or [run]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _words(plain: str) -> list[str]:
    return [word[:LONGEST] for word in _WORD.findall(plain)]


def _sounds(run: str) -> set[str]:
    from pypinyin.seg.mmseg import seg

    syllables = [syllable for word in seg.cut(run) for syllable in _spoken(word)]
    starts = range(len(syllables))
    spoken = {"".join(syllables[start : start + LONGEST])[:LONGEST] for start in starts}
    return spoken | {"".join(syllable[:1] for syllable in syllables[start : start + LONGEST]) for start in starts}


@lru_cache(WORDS_KEPT)
def _spoken(word: str) -> tuple[str, ...]:
    """A word's syllables; company names are made of few words, so most are known already."""
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(word, style=Style.NORMAL))
