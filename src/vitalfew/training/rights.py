from vitalfew.people.permissions import DEPARTMENT, HEADS, STAFF
from vitalfew.people.roles import Role
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class TrainingRight(Permission):
    """What training allows."""

    SEE = "see-training", _("See training of accounts' people"), STAFF
    TEACH = "teach-training", _("Write training programmes and their tests"), HEADS | {Role.MARKETING}
    RUN = "run-training", _("Run training sessions, note who came, issue certificates"), DEPARTMENT | {Role.MARKETING}


RIGHTS = TrainingRight
