from vitalfew.people.permissions import STAFF
from vitalfew.rooms import Permission
from vitalfew.terms import gettext_noop as _


class CommentRight(Permission):
    """What comments allow."""

    SEE = "see-comments", _("See comments on what passed with accounts"), STAFF
    WRITE = "write-comments", _("Write comments and mention colleagues"), STAFF


RIGHTS = CommentRight
