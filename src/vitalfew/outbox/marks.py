"""Marks in the firm's own words of a letter: they stand for who reads it, and for the firm."""

import re
from typing import Final

NAME: Final = "{name}"
FIRM: Final = "{firm}"
KNOWN: Final = {"sender": (FIRM,), "opening": (NAME, FIRM), "closing": (FIRM,)}
"""Which may stand in which part."""
BRACED: Final = re.compile(r"\{[^{}]*\}?|\}")


def unknown(part: str, text: str) -> list[str]:
    """What stands in braces and for nothing there, in the order in which it is written."""
    return [each for each in dict.fromkeys(BRACED.findall(text)) if each not in KNOWN[part]]


def filled(text: str, name: str, firm: str) -> str:
    """The words with what the marks stand for; empty where they speak to a reader by name and no name is known."""
    if NAME in text and not name:
        return ""
    return BRACED.sub(lambda found: {NAME: name, FIRM: firm}.get(found.group(), found.group()), text)
