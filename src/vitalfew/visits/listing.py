from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.visits import questions
from vitalfew.visits.models import Visit, named
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import Mood, Purpose, VisitStanding

CUT: Final = 80


def _standing(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    standing: QuerySet[Any] = found.standing(word, timezone.localdate())  # type: ignore[attr-defined]  # visits have it
    return standing


def _mood(row: Visit) -> str:
    """How it went; the worst of several."""
    order = [Mood.BAD, Mood.MIXED, Mood.GOOD]
    found = {part.mood for part in row.parts.all()}
    return next((each.value for each in order if each.value in found), "")


VISITS: Final = Listing(
    name="visit-list",
    title=_("Visits"),
    right=VisitRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("day", _("Date"), Unit.DAY, "day", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("at", _("Time"), told=lambda row: f"{row.at:%H:%M}" if row.at else ""),
        ListColumn("account", _("Account"), order="named", told=lambda row: row.names, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("codes", _("Code"), told=lambda row: named(part.account.code for part in row.parts.all()),
                   shown=False),
        ListColumn("purpose", _("Purpose"), Unit.WORD, words=Purpose),
        ListColumn("standing", _("State"), Unit.WORD, words=VisitStanding, narrow=True),
        ListColumn("leader", _("Who goes"), order="leader__name", told=lambda row: str(row.leader or "")),
        ListColumn("companions", _("Who goes along"), told=lambda row: named(row.companions.all())),
        ListColumn("people", _("With whom"),
                   told=lambda row: named(each.person for each in row.people.all())),
        ListColumn("mood", _("How it went"), Unit.WORD, told=_mood, words=Mood),
        ListColumn("brief", _("What was said or agreed"), told=lambda row: row.result[:CUT]),
        ListColumn("topic", _("What is to be spoken about"), shown=False),
        ListColumn("place", _("Place"), shown=False),
        ListColumn("why", _("Why it does not take place"), shown=False),
        ListColumn("result", _("Whole text"), shown=False),
    ),
    order="-day",
    find=questions.found,
    hint=_("Words of topic, place and result; pinyin too"),
    empty=_("Plan the first visit: whom, when, who goes. On the day before you get its briefing."),
    make="visit-new",
    make_label=_("Plan a visit"),
    make_right=VisitRight.PLAN,
    filters=(
        ListFilter("standing", _("State"), list(VisitStanding), _standing),
        ListFilter("purpose", _("Purpose"), list(Purpose), by("purpose")),
    ),
)  # fmt: skip
