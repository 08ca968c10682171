"""The 8D record on paper: ours, and the customer's version in its language, which leaves out what is inside the house."""

from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from vitalfew.complaints.eight_d import DISCIPLINES, content, missing, whys
from vitalfew.complaints.models import EightD
from vitalfew.paper import FONTS, laid_out
from vitalfew.people.language import language

KIND: Final = "application/pdf"


def sections(row: EightD, *, outside: bool = False) -> list[dict[str, Any]]:
    """The eight with what each says: pieces with nothing in them only where something is missing."""
    told = content(row)
    return [
        {
            "key": each.key, "title": each.title, "missing": [piece.label for piece in missing(told, each)],
            "pieces": [
                (piece, whys(told[piece.name]) if piece.a_chain else told[piece.name])
                for piece in each.pieces
                if told[piece.name] and not (outside and piece.inside)
            ],
        }
        for each in DISCIPLINES
    ]  # fmt: skip


def pdf(row: EightD, *, outside: bool = False) -> bytes:
    with translation.override(row.complaint.language if outside else translation.get_language()):
        page = render_to_string("complaints/eight_d_paper.html", {
            "record": row, "complaint": row.complaint, "sections": sections(row, outside=outside), "outside": outside,
            "font": FONTS[language()],
        })  # fmt: skip
        made: bytes = laid_out(page).write_pdf()
    return made
