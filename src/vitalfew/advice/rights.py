from typing import Final

from vitalfew.people.permissions import DEPARTMENT
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _

HEARD: Final = DEPARTMENT | {Role.COMPLAINTS, Role.SUPPLY, Role.MARKETING, Role.EXECUTIVE}
"""Who is advised on Today."""


class AdviceRight(Permission):
    """What may be done with advice. What tells of margins, worth or causes is shown to who may see these alone."""

    ANSWER = "answer-advice", _("Accept or decline what the figures advise"), HEARD
    SEE = "see-advice", _("See how advice was answered"), HEARD | {Role.ANALYST}
    WEIGH = (
        "weigh-advice",
        _("See which advice is taken and whether it helps"),
        DEPARTMENT | {Role.EXECUTIVE, Role.ANALYST},
    )


RIGHTS = AdviceRight
