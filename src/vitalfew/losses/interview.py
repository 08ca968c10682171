"""The guided talk with an account that left: a quarter of an hour, six questions, in this order, answered in its own words.

Open questions come first and the cause last, so that nobody is led to one. Who talks is better not the manager who lost it.
"""

from typing import Final

from vitalfew.terms import gettext_noop as _

MINUTES: Final = 15
ASKED: Final = {
    "began": _("When did you begin to look elsewhere, and what had happened just before?"),
    "told": _("Did you tell us? Whom, and what became of it?"),
    "missed": _("What did you miss most: goods, price, delivery, service, people?"),
    "now": _("From whom do you buy now, and what is better there?"),
    "kept": _("What would have kept you, and until when?"),
    "again": _("What would have to change for you to buy from us again?"),
}
"""By the field that keeps the answer."""
