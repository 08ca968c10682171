from collections.abc import Iterator
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from vitalfew.milestones import questions
from vitalfew.milestones.models import ONE_DAY
from vitalfew.milestones.words import Occasion
from vitalfew.people.models import User
from vitalfew.rooms import Appointment
from vitalfew.terms import label_of

MOST: Final = 500


def appointments(user: User, since: date) -> Iterator[Appointment]:
    """The next time of each day on which the user congratulates; whose day it is of the customer's is not told."""
    for row in questions.own(user).filter(next_on__gte=since).order_by("next_on", "pk")[:MOST]:
        day = row.next_on or since
        what = _("%(occasion)s: %(account)s") % {
            "occasion": _(label_of(Occasion, row.kind)),
            "account": row.account.name,
        }
        yield Appointment(
            f"milestone:{row.pk}:{day}", what, day, day + ONE_DAY, row.get_absolute_url(),
            row.version, row.changed_at, "" if row.person_id else row.title,
        )  # fmt: skip
