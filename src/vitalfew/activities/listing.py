from typing import Final

from vitalfew.activities import questions
from vitalfew.activities.rights import ActivityRight
from vitalfew.activities.ways import Way
from vitalfew.language import listed
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.language import language
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

CUT: Final = 80

ACTIVITIES: Final = Listing(
    name="activities",
    title=_("Visits, calls and notes"),
    right=ActivityRight.SEE,
    records=questions.activities,
    columns=(
        ListColumn("day", _("Date"), Unit.DAY, "day"),
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: row.account.name,
            link=lambda row: row.account.get_absolute_url() + "?tab=timeline", narrow=True,
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("way", _("How"), Unit.WORD, words=Way, narrow=True),
        ListColumn(
            "person", _("With whom"), told=lambda row: listed(row.were_there[1], language()),
            link=lambda row: row.person.get_absolute_url() if row.person else "",
        ),
        ListColumn("who", _("Our colleague"), told=lambda row: listed(row.were_there[0], language())),
        ListColumn("brief", _("What was said or agreed"), told=lambda row: row.text[:CUT]),
        ListColumn("text", _("Whole text"), shown=False),
    ),
    order="-day",
    find=questions.found,
    hint=_("Words of the text"),
    empty=_("Log the first visit or call: it takes a few seconds."),
    make="activity-new",
    make_label=_("Log a visit or call"),
    make_right=ActivityRight.LOG,
    filters=(ListFilter("way", _("How"), list(Way), by("way")),),
)  # fmt: skip
