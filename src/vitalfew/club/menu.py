from vitalfew.club.rights import ClubRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(_("Club"), "club", "star", ClubRight.SEE, 319, under="accounts", also=_("Members, levels, benefits")),
    Entry(_("Members of the club"), "club-members", "accounts", ClubRight.SEE, 321, under="club"),
    Entry(_("Levels of the club"), "club-levels", "chart", ClubRight.SEE, 322, under="club"),
    Entry(_("Events of the club"), "club-events", "users", ClubRight.SEE, 323, under="club"),
    Entry(_("Invitations to events"), "club-invitations", "mail", ClubRight.SEE, 324, under="club"),
)
