"""/outbox/: letters to customers, one of them as its reader sees it, stopped or sent again."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.outbox import layout, questions, writing
from vitalfew.outbox.listing import LETTERS
from vitalfew.outbox.models import OutgoingMail
from vitalfew.outbox.rights import OutboxRight
from vitalfew.people.models import User

letters = list_page(LETTERS)


def _around(user: User, row: OutgoingMail) -> Mapping[str, Any]:
    """Links into the house are for their readers: whoever opens one would be him, so nobody of ours sees one here."""
    link = "" if layout.is_for_its_reader(row.url) else row.url
    return {"letter": row, "may_send": user.may(OutboxRight.SEND), "link": link, "text": layout.text_for_us(row)}


PAGES: Final = Pages(questions.letters, "outbox/letter.html", _around, see=OutboxRight.SEE, write=OutboxRight.SEND)
letter = PAGES.shows()
stop = PAGES.does(writing.stop, _("It will not be sent"), undo="letter-send")
send_again = PAGES.does(writing.send_again, _("It is on its way"))
