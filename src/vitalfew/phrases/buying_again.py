"""What a model of buying again says by its make, not by the data."""

from typing import Final

from vitalfew.language import Count, Message
from vitalfew.maths.arrays import Bools, Floats
from vitalfew.terms import gettext_noop as _

SURE: Final = frozenset({"bg-nbd", "bg-cnbd-k"})
"""Models in which nobody leaves before a second purchase."""


def sure_of_once(model: str, repeats: Floats, others: Bools) -> list[Message]:
    """Who bought once, told by a model that lets nobody leave before the second purchase; ``others`` are told otherwise."""
    once = int(((repeats == 0) & ~others).sum())
    if model not in SURE or not once:
        return []
    text = _(
        "{n} {n:customer|customers} bought once: this model takes them to be there for certain, whatever their "
        "silence; MBG/NBD would not"
    )
    return [Message(text, {"n": Count(once)})]


def running_contracts_without_purchases(contracts: int) -> tuple[Message, ...]:
    """Said of running contracts whose account is not in the answer."""
    text = _("{n} running {n:contract|contracts} belong to accounts that have not bought yet: they are not in the sum")
    return (Message(text, {"n": Count(contracts)}),) if contracts else ()
