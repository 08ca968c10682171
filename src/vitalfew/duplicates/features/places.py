"""Places in Chinese company names, with the codes of GB/T 2260: 32 a province, 3205 a city in it, 320583 a county in that.

The names come with python-stdnum. Provinces, cities and counties may stand without 省, 市 or 县; districts only with their 区,
since 和平 or 长安 alone is more often a firm's own word.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Final

_LINE: Final = re.compile(r'^\s*(\d+) (?:province|county)="([^"]+)"')
_NAMED: Final = re.compile(r"(?:\[\d*-(\d*)\])?([\u4e00-\u9fff]+)")
_KIND: Final = re.compile(
    r"(?:维吾尔|壮族|回族)?(?:特别行政区|自治区|省|市)$|(?:[\u4e00-\u9fff]{1,8}族)?自治(?:州|县)$|地区$|盟$|[区县旗]$"
)
_OPEN: Final = re.compile(
    r"^[\u4e00-\u9fff]{2,4}?(?:经济技术开发区|经济开发区|高新技术开发区|高新区|开发区|工业园区|保税区|新区|街道|镇|乡)"
)
_ENDS: Final = frozenset("区道镇乡")
_LUMPED: Final = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
COUNTRY: Final = "00"
SHORTEST: Final = 2


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """How long the places are that begin with two characters, longest first."""
    groups: dict[str, set[int]] = {}
    for name in _names():
        groups.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(found, reverse=True)) for start, found in groups.items()}


@cache
def _last() -> dict[str, str]:
    """The places that may stand last in a name: those known without a district's or county's word."""
    return {name: code for name, code in _names().items() if code and not name.endswith(("区", "县", "旗"))}


@cache
def _names() -> dict[str, str]:
    """Every name's code; the largest place with a short name has it."""
    full: dict[str, str] = {}
    short: dict[str, str] = {}
    for gone, code, name in sorted(_listed(), key=lambda each: (len(each[1]), each)):
        known = full.setdefault(name, code)
        if not gone and known and known != code and len(known) == len(code):
            full[name] = ""
        bare = _KIND.sub("", name)
        if len(bare) >= SHORTEST and (len(code) < len("320583") or name.endswith(("市", "县"))):
            short.setdefault(bare, code)
    return {**full, **short, "中国": COUNTRY, "中华": COUNTRY}


def _listed() -> list[tuple[bool, str, str]]:
    """Of every place whether it is gone or renamed, its code and its name."""
    found: list[tuple[bool, str, str]] = []
    province = ""
    for line in files("stdnum").joinpath("cn/loc.dat").read_text(encoding="utf-8").splitlines():
        read = _LINE.match(line)
        if read is None:
            continue
        if not line.startswith(" "):
            province = read[1]
        code = province if not line.startswith(" ") or read[1] == "0000" else province + read[1].removesuffix("00")
        found += [(bool(until), code, name) for until, name in _NAMED.findall(read[2]) if name not in _LUMPED]
    return found


def leading(text: str) -> tuple[str, str]:
    """The code of the places that a name begins with, the narrowest known; and the rest of it."""
    names, lengths = _names(), _lengths()
    code, rest, found = "", text, True
    while found:
        found = False
        for length in lengths.get(rest[:2], ()):
            known = names.get(rest[:length])
            if known is not None and (not code or code == COUNTRY or not known or known.startswith(code)):
                code, rest, found = known or code, rest[length:], True
                break
    opened = _OPEN.match(rest) if code and not _ENDS.isdisjoint(rest) else None
    return code, rest[opened.end() :] if opened else rest


def trailing(text: str) -> tuple[str, str]:
    """The code of the place that a name ends with, and what comes before it."""
    last = _last()
    for length in (4, 3, 2):
        if text[-length:] in last:
            return last[text[-length:]], text[:-length]
    return "", text


def code_of(text: str) -> str:
    """The code, where the text is a place and nothing else."""
    code, rest = leading(text)
    return code if not rest else ""
