"""/outbox/: letters to customers, one of them as its reader sees it, stopped or sent again."""

from collections.abc import Mapping
from copy import copy
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.outbox import layout, questions, writing
from vitalfew.outbox.listing import LETTERS
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.rights import OutboxRight
from vitalfew.outbox.words import Kind
from vitalfew.people.models import User

letters = list_page(LETTERS)


def _around(user: User, row: OutgoingMail) -> Mapping[str, Any]:
    """Links are for their readers: whoever opens an invitation would be him, so nobody of ours sees one here."""
    may, told = user.may(OutboxRight.SEND), copy(row)
    if not may or row.kind == Kind.INVITATION:
        told.url = ""
    link = told.url and layout.address(told.url)
    return {"letter": row, "may_send": may, "link": link, "text": layout.text(told)}


PAGES: Final = Pages(questions.letters, "outbox/letter.html", _around, see=OutboxRight.SEE, write=OutboxRight.SEND)
letter = PAGES.shows()
stop = PAGES.does(writing.stop, _("It will not be sent"), undo="letter-send")
send_again = PAGES.does(writing.send_again, _("It is on its way"))
