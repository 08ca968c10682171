"""What an account is written that is invited: text and PDF, in three languages."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from vitalfew.club.models import Invited
from vitalfew.paper import FONTS, laid_out
from vitalfew.people.language import language


def written(row: Invited, code: str) -> str:
    """The letter itself in the language of that code."""
    with translation.override(code):
        return render_to_string("club/letter_text.html", _context(row))


def pdf(row: Invited, code: str) -> bytes:
    with translation.override(code):
        page = render_to_string("club/letter_paper.html", _context(row) | {"font": FONTS[language()]})
    made: bytes = laid_out(page).write_pdf()
    return made


def _context(row: Invited) -> dict[str, Any]:
    return {"row": row, "event": row.event, "account": row.account, "today": timezone.localdate()}
