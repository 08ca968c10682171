from vitalfew.comments.rights import CommentRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (Entry(_("Comments"), "comments", "note", CommentRight.SEE, 410, under="department"),)
