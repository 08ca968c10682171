"""What an organisation is, and on what its figures rest."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from vitalfew.language import translate
from vitalfew.terms import Term
from vitalfew.terms import gettext_noop as _

LANGUAGES: Final = ("zh-hans", "zh-hant", "en")
APART: Final = re.compile(r"[,;/、，；|+\s]+")


class Kind(Term):
    """What it does between us and our customers."""

    DISTRIBUTOR = "distributor", _("Distributor")
    AGENT = "agent", _("Agent")
    SUPPLIER = "supplier", _("Supplier")
    CARRIER = "carrier", _("Carrier")


IN_FACTS: Final[Mapping[str, Kind]] = {
    "distributor": Kind.DISTRIBUTOR, "经销商": Kind.DISTRIBUTOR, "分销商": Kind.DISTRIBUTOR, "經銷商": Kind.DISTRIBUTOR,
    "general_agent": Kind.AGENT, "general agent": Kind.AGENT, "agent": Kind.AGENT, "总代理": Kind.AGENT,
    "代理商": Kind.AGENT, "總代理": Kind.AGENT,
}  # fmt: skip
"""Kinds of customers that are one of these, as the facts name them."""


class Basis(Term):
    """Which facts the figures are counted from."""

    CHANNEL = "channel", _("The order lines that name it as their channel")
    OWN = "own", _("Its own purchases")
    SERVED = "served", _("The order lines of the accounts it serves")
    NONE = "none", _("Cannot tell")


class Direction(Term):
    """Whether lateness became less or more than the year before."""

    BETTER = "better", _("Better")
    WORSE = "worse", _("Worse")
    UNCLEAR = "unclear", _("No clear difference")


def kinds_in(text: str) -> list[Kind]:
    """The kinds that a cell names, by code or in any of our languages; raises ``ValueError`` with what is none.

    >>> [each.value for each in kinds_in("经销商、carrier")]
    ['distributor', 'carrier']
    """
    found = []
    for word in filter(None, APART.split(text.strip())):
        kind = _by_name().get(word.casefold())
        if kind is None:
            raise ValueError(word)
        found.append(kind)
    return list(dict.fromkeys(found))


def _by_name() -> dict[str, Kind]:
    named = {name: kind for kind in Kind for name in _names(kind)}
    return {**{name: kind for name, kind in IN_FACTS.items() if " " not in name}, **named}


def _names(kind: Kind) -> Iterable[str]:
    yield kind.value
    yield from (translate(kind.label, language).casefold() for language in LANGUAGES)
