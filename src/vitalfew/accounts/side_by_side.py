"""Two versions of something, part by part."""

from dataclasses import dataclass

from vitalfew.language import Kept, Message

Said = Message | Kept


@dataclass(frozen=True)
class Row:
    """A part of two versions, and whether they differ in it."""

    label: str
    left: list[Said]
    right: list[Said]

    @property
    def differs(self) -> bool:
        return self.left != self.right
