"""How a name sounds: hanzi as pinyin without tones, Latin letters without what is not heard.

Characters that an input method mixes up (恒达, 衡达) sound alike, and so does the Latin name of a Chinese firm (Hengda).
"""

import re
from typing import Final

_DOUBLED: Final = re.compile(r"([a-z])\1+")
_NOT_HEARD: Final = re.compile(r"[^a-z0-9]")


class Syllables(dict[str, str]):
    """Each character's first reading, looked up once."""

    def __missing__(self, character: str) -> str:
        from pypinyin import Style, lazy_pinyin

        self[character] = read = "".join(lazy_pinyin(character, style=Style.NORMAL)) or character
        return read


SYLLABLES: Final = Syllables()


def sound(text: str) -> str:
    """The text as it is heard."""
    spoken = text if text.isascii() else "".join([SYLLABLES[character] for character in text])
    return _DOUBLED.sub(r"\1", _NOT_HEARD.sub("", spoken))
