"""A company's name taken apart: place, own word, trade, legal form, branch.

    苏州澜禾电器销售有限公司昆山分公司   3205 · 澜禾 · 电器销售 · limited · 昆山分公司
    Philips Electronics N.V.            –    · philips · electronics · shares · –

The own word (字号) is what is left: it tells companies apart, the rest they share with many.
"""

import re
from typing import Final, NamedTuple

from vitalfew.duplicates.features import legal_forms, places, trades
from vitalfew.duplicates.features.folding import HANZI, folded, words

_WORD: Final = re.compile(r"[a-z0-9]+")
_LETTERS: Final = re.compile(r"\b([a-z]) (?=[a-z]\b)")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)?")
_NOISE: Final = re.compile(r"[\s·・.,,、;:'\"“”‘’《》<>*_/\\|-]+")
_DOTS: Final = re.compile(r"[.'’`´]")
_SMALL: Final = frozenset(words("the and of de la le van der den und et y e en di"))
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

    @property
    def stem(self) -> str:
        """All of it but its legal form."""
        return f"{self.place}|{self.core}|{self.trade}|{self.branch}"


def parsed(name: str) -> CompanyName:
    """The parts of a name as people write it."""
    return parsed_folded(folded(name))


def parsed_folded(text: str) -> CompanyName:
    """The parts of a name that is folded already."""
    return _chinese(text) if HANZI.search(text) else _latin(text)


def _chinese(text: str) -> CompanyName:
    plain = _NOISE.sub("", text)
    head, branch = legal_forms.branch_of(plain)
    bracketed, head = _out_of_brackets(head) if "(" in head else ("", head)
    form, rest = legal_forms.chinese_ending(head)
    if not form or rest.endswith("集团"):
        form, rest = form or legal_forms.GROUP, rest.removesuffix("集团") or rest
    form = form if form != legal_forms.GROUP or head.endswith("集团") or "集团" in head else ""
    place, words, core = _inside(rest)
    place = place if len(place) >= len(bracketed) or place not in {"", places.COUNTRY} else bracketed
    start = rest[:1] if place and not rest.startswith(core) else ""
    abbreviation = start + core[:1] + "".join(word[0] for word in words)
    return CompanyName(plain, place, core, "".join(words), form, branch, abbreviation)


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


def _latin(text: str) -> CompanyName:
    spaced = " ".join(_WORD.findall(_DOTS.sub("", text.replace("&", " and "))))
    words = _LETTERS.sub(r"\1", spaced).split()
    if _PHRASE.search(spaced):
        words = _PHRASE.sub(lambda found: legal_forms.PHRASES[found[0]], " ".join(words)).split()
    form, kept = _without_form(words)
    own = [word for word in kept if word not in trades.LATIN] or kept
    trade = " ".join(word for word in kept if word in trades.LATIN) if own != kept else ""
    abbreviation = "".join(word[0] for word in kept)
    return CompanyName("".join(words), "", " ".join(own), trade, form, "", abbreviation)


def _without_form(words: list[str]) -> tuple[str, list[str]]:
    """The legal form, first or last in the name, and the other words."""
    kept = [word for word in words if word not in legal_forms.LATIN and word not in _SMALL]
    if not kept or len(kept) == len(words):
        return "", kept or words
    forms = [legal_forms.LATIN[word] for word in words if word in legal_forms.LATIN]
    return min(forms, key=_RANKED.index, default=""), kept
