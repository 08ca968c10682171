"""The words around what somebody looks for."""

from typing import Final

from vitalfew.accounts.grams import folded

WIDE: Final = 48


def excerpt(said: str, asked: str) -> str:
    """Some words around the place where the text stands, or the beginning."""
    line = " ".join(said.split())
    place = max(folded(line).find(folded(asked)), 0)
    start = max(place - WIDE // 3, 0)
    return f"{'…' if start else ''}{line[start : start + WIDE]}{'…' if start + WIDE < len(line) else ''}"
