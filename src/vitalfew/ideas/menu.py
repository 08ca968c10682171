from vitalfew.ideas.rights import IdeaRight
from vitalfew.rooms import Entry
from vitalfew.terms import gettext_noop as _

ENTRIES = (
    Entry(
        _("Ideas"), "ideas", "note", IdeaRight.SEE, 318, under="accounts", also=_("Co-creation, pilots, needs not met")
    ),
)
