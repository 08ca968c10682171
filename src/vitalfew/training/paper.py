"""What is printed of training: the QR code of an address, and the certificate in three languages."""

import io
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from vitalfew.paper import FONTS, laid_out
from vitalfew.people.language import language
from vitalfew.training.models import Certificate

BOX: Final = 12


def svg(address: str) -> bytes:
    """The address as a QR code that stays sharp at any size."""
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    written = io.BytesIO()
    made: Any = qrcode.make(address, image_factory=SvgPathFillImage, box_size=BOX)
    made.save(written)
    return written.getvalue()


def picture(address: str) -> str:
    """The same, to stand within a page."""
    from base64 import b64encode

    return f"data:image/svg+xml;base64,{b64encode(svg(address)).decode()}"


def certificate(row: Certificate, code: str, address: str) -> bytes:
    """As PDF; its QR code leads to the page that says whether it is valid."""
    with translation.override(code):
        context = {
            "row": row,
            "font": FONTS[language()],
            "picture": svg(address).decode().partition("?>")[2],
            "address": address,
        }
        page = render_to_string("training/certificate_paper.html", context)
    made: bytes = laid_out(page).write_pdf()
    return made
