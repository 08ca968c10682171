"""An agreement on paper."""

from collections.abc import Mapping
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone

from vitalfew.paper import FONTS, laid_out
from vitalfew.people.language import language

TOLD: Final = ("agreement", "sides", "rules", "breaches", "files")


def pdf(told: Mapping[str, Any]) -> bytes:
    """The agreement as PDF."""
    page = render_to_string("agreements/paper.html", {**told, "font": FONTS[language()], "today": timezone.localdate()})
    made: bytes = laid_out(page).write_pdf()
    return made
