"""How people are named after an @, and who is meant by a text.

A handle is the name where only one has it, else the name with the user name behind it; the user name alone is understood too.
The longest handle that fits is meant: with 王伟 and 王伟明 there, ``@王伟明天见`` means 王伟明.

>>> known = handles([(1, "王伟", "wangwei"), (2, "Li Na", "lina")])
>>> sorted(meant("请 @王伟 看一下, @lina too; not bob@lina.example or @linahe", known))
[1, 2]
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

AT: Final = re.compile(r"(?<![A-Za-z0-9._%+-])[@＠]")
LATIN: Final = re.compile(r"[A-Za-z0-9_]")
Named = tuple[int, str, str]
"""A number, a name and a user name."""


def handle(name: str, username: str, *, shared: bool) -> str:
    """What is written after the @."""
    return f"{name}({username})" if shared else name


def handles(people: Iterable[Named]) -> dict[str, int]:
    """Who is meant by each handle, in small letters; a name that several have means nobody."""
    given = list(people)
    names = Counter(name.casefold() for _pk, name, _username in given)
    known = {username.casefold(): pk for pk, _name, username in given}
    known |= {name.casefold(): pk for pk, name, _username in given if name and names[name.casefold()] == 1}
    return known | {handle(name, username, shared=True).casefold(): pk for pk, name, username in given}


def meant(text: str, known: Mapping[str, int]) -> set[int]:
    """Whom a text mentions."""
    folded, longest = text.casefold(), max(map(len, known), default=0)
    found = (_at(folded, place.end(), known, longest) for place in AT.finditer(folded))
    return {pk for pk in found if pk is not None}


def _at(text: str, start: int, known: Mapping[str, int], longest: int) -> int | None:
    for end in range(min(len(text), start + longest), start, -1):
        if text[start:end] in known and not _goes_on(text, end):
            return known[text[start:end]]
    return None


def _goes_on(text: str, end: int) -> bool:
    """Whether a latin word only begins like the handle."""
    return bool(LATIN.match(text[end - 1]) and LATIN.match(text[end : end + 1]))
