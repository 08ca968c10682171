"""How a name sounds: hanzi as pinyin without tones, Latin letters without what is not heard.

Characters that an input method mixes up (恒达, 衡达) sound alike, and so does the Latin name of a Chinese firm (Hengda).
"""

import re
from string import ascii_lowercase
from typing import Final

_NOT_HEARD: Final = re.compile(r"[^a-z0-9\n]")


class Syllables(dict[int, str]):
    """Each character's first reading, by its code point, looked up once."""

    def __missing__(self, character: int) -> str:
        from pypinyin import Style, lazy_pinyin

        self[character] = read = "".join(lazy_pinyin(chr(character), style=Style.NORMAL)) or chr(character)
        return read


SYLLABLES: Final = Syllables()


def sound(text: str) -> str:
    """The text as it is heard; several, a line each."""
    heard = _NOT_HEARD.sub("", text if text.isascii() else text.translate(SYLLABLES))
    for letter in ascii_lowercase:
        while letter * 2 in heard:
            heard = heard.replace(letter * 2, letter)
    return heard
