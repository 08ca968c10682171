"""What a customer is written about how it is dealt with: from which day, and what it is entitled to.

Only tiers that carry rights have a name outside the house. To all others nothing is said of a tier: that somebody costs more
than it brings is our own reckoning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone, translation

from vitalfew.accounts.models import Account
from vitalfew.paper import FONTS, laid_out
from vitalfew.people.language import language
from vitalfew.reviews import questions
from vitalfew.reviews.words import Privilege, carried
from vitalfew.terms import Tier
from vitalfew.terms import gettext_noop as _

OUTSIDE: Final[Mapping[str, str]] = {Tier.MVC: _("strategic key account"), Tier.MGC: _("growth partner")}
"""What a tier is called towards the customer."""
MEANS: Final[Mapping[str, str]] = {
    Privilege.CLUB: _("Membership of our key account club"),
    Privilege.GREEN_CHANNEL: _("The green channel: what you ask of us is looked at first"),
}


@dataclass(frozen=True)
class Letter:
    """To whom, from which day, as what, with which rights, and who is there for it."""

    account: Account
    since: date
    name: str
    """What the tier is called outside; empty where it has no name there."""
    rights: tuple[str, ...]
    contact: str


def letter(account: Account) -> Letter | None:
    """By the tier in force today; none where people have not decided on any."""
    held = questions.held_now(account.code)
    if held is None:
        return None
    rights = tuple(MEANS[each] for each in carried(held.tier))
    return Letter(account, held.since, OUTSIDE.get(held.tier, ""), rights, account.in_charge)


def written(told: Letter, code: str) -> str:
    """The letter itself in the language of that code."""
    with translation.override(code):
        return render_to_string("reviews/letter_text.html", _context(told))


def pdf(told: Letter, code: str) -> bytes:
    """The letter as PDF."""
    with translation.override(code):
        page = render_to_string("reviews/letter_paper.html", _context(told) | {"font": FONTS[language()]})
    made: bytes = laid_out(page).write_pdf()
    return made


def _context(told: Letter) -> dict[str, Any]:
    return {"letter": told, "today": timezone.localdate()}
