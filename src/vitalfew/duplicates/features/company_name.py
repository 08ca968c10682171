"""A company's name taken apart: place, own word, trade, legal form, branch.

    苏州澜禾电器销售有限公司昆山分公司   3205 · 澜禾 · 电器销售 · limited · 昆山分公司
    Philips Electronics N.V.            –    · philips · electronics · shares · –

The own word (字号) is what is left: it tells companies apart, the rest they share with many.
"""

import re
from collections.abc import Sequence
from itertools import compress
from operator import not_
from typing import Final, NamedTuple

from vitalfew.duplicates.features import legal_forms, places, trades
from vitalfew.duplicates.features.folding import HANZI, folded, words

_APART: Final = re.compile(r"[^a-z0-9\n]+")
_LETTERS: Final = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)?")
_NOISE: Final = re.compile(r"(?:[^\S\n]|[·・.,,、;:'\"“”‘’《》<>*_/\\|-])+")
_DOTS: Final = re.compile(r"[.'’`´]")
_SMALL: Final = frozenset(words("the and of de la le van der den und et y e en di"))
_PASSED_OVER: Final = _SMALL.union(legal_forms.LATIN)
GROUP_WORDS: Final = frozenset({"集团", "控股集团", "集团公司"})
SHORTEST: Final = 2
_RANKED: Final = (
    legal_forms.SHARES, legal_forms.LIMITED, legal_forms.PARTNERSHIP, legal_forms.GROUP, legal_forms.COMPANY,
)  # fmt: skip
_PHRASE: Final = re.compile("|".join(legal_forms.PHRASES))


class CompanyName(NamedTuple):
    """The parts of a name; empty where it has none."""

    plain: str
    """The name as compared: folded, without spaces and marks."""
    place: str
    """The code of the narrowest place it names."""
    core: str
    trade: str
    form: str
    branch: str
    abbreviation: str
    """The first characters of its parts, as short names are made."""
    written: str
    """The legal form as it is written."""

    @property
    def stem(self) -> str:
        """All of it but its legal form."""
        return f"{self.place}|{self.core}|{self.trade}|{self.branch}"


def parsed(name: str) -> CompanyName:
    """The parts of a name as people write it."""
    return parsed_folded([folded(name)])[0]


def parsed_folded(texts: Sequence[str]) -> list[CompanyName]:
    """The parts of names that are folded already: many at once, which is much faster than one by one."""
    hanzi = [HANZI.search(text) is not None for text in texts]
    chinese, latin = (list(compress(texts, which)) for which in (hanzi, map(not_, hanzi)))
    of_chinese = map(_chinese, _NOISE.sub("", "\n".join(chinese)).split("\n"))
    of_latin = map(_latin, map(str.split, _spaced("\n".join(latin)).split("\n")))
    return [next(of_chinese if each else of_latin) for each in hanzi]


def _spaced(texts: str) -> str:
    """Latin names, a line each, as words between spaces; single letters that stand together as one word."""
    apart = _LETTERS.sub(r"\1", _APART.sub(" ", _DOTS.sub("", texts.replace("&", " and "))))
    return _PHRASE.sub(lambda found: legal_forms.PHRASES[found[0]], apart)


def _chinese(plain: str) -> CompanyName:
    head, branch = legal_forms.branch_of(plain)
    bracketed, head = _out_of_brackets(head) if "(" in head else ("", head)
    form, rest = legal_forms.chinese_ending(head)
    written = head[len(rest) :]
    if not form or rest.endswith("集团"):
        form, rest = form or legal_forms.GROUP, rest.removesuffix("集团") or rest
    form = form if form != legal_forms.GROUP or "集团" in head else ""
    place, words, core = _inside(rest)
    place = place if len(place) >= len(bracketed) or place not in {"", places.COUNTRY} else bracketed
    start = rest[:1] if place and not rest.startswith(core) else ""
    abbreviation = start + core[:1] + "".join([word[0] for word in words])
    return CompanyName(plain, place, core, "".join(words), form, branch, abbreviation, written)


def _out_of_brackets(text: str) -> tuple[str, str]:
    """The place that stands in brackets, and the text without brackets; what is no place and no group stays in it."""
    place = ""
    for inside in _BRACKETS.findall(text):
        code = places.code_of(inside)
        place = place or code
        kept = "" if code or inside in GROUP_WORDS else inside
        text = _BRACKETS.sub(kept, text, count=1)
    return place, text


def _inside(text: str) -> tuple[str, tuple[str, ...], str]:
    """Place, words of trade and own word of a name without its legal form."""
    place, rest = places.leading(text)
    words, core = trades.chinese_ending(rest)
    if len(core) < SHORTEST or (core == rest and core in trades.CHINESE):
        place, (words, core) = "", trades.chinese_ending(text)
    code, before = ("", core) if place else places.trailing(core)
    if not code or len(before) < SHORTEST:
        return place, words, core
    more, core = trades.chinese_ending(before)
    return code, (*more, *words), core


def _latin(words: list[str]) -> CompanyName:
    written, kept = _without_form(words)
    own = [word for word in kept if word not in trades.LATIN] or kept
    trade = " ".join([word for word in kept if word in trades.LATIN]) if len(own) < len(kept) else ""
    form = legal_forms.LATIN.get(written, "")
    abbreviation = "".join([word[0] for word in kept])
    return CompanyName("".join(words), "", " ".join(own), trade, form, "", abbreviation, written)


def _without_form(words: list[str]) -> tuple[str, list[str]]:
    """The word of the legal form, first or last in the name, and the other words."""
    kept = [word for word in words if word not in _PASSED_OVER]
    if not kept or len(kept) == len(words):
        return "", kept or words
    forms = [word for word in words if word in legal_forms.LATIN]
    return min(forms, key=_rank, default="") if len(forms) > 1 else "".join(forms), kept


def _rank(word: str) -> int:
    return _RANKED.index(legal_forms.LATIN[word])
