from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.milestones import questions
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.milestones.words import Nearness, Occasion
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _near(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    near: QuerySet[Any] = found.near(word, timezone.localdate())  # type: ignore[attr-defined]  # milestones have it
    return near


MILESTONES: Final = Listing(
    name="milestones",
    title=_("Milestones"),
    right=MilestoneRight.SEE,
    records=questions.milestones,
    columns=(
        ListColumn("next_on", _("Next time"), Unit.DAY, "next_on", narrow=True),
        ListColumn("kind", _("Kind of day"), Unit.WORD, words=Occasion, narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("title", _("What it is"), link=lambda row: row.get_absolute_url()),
        ListColumn("years", _("Years"), Unit.COUNT, told=lambda row: row.years or None),
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
            link=lambda row: row.account.get_absolute_url() + "?tab=milestones",
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("person", _("Whose day"), told=lambda row: str(row.person or ""),
                   link=lambda row: row.person.get_absolute_url() if row.person else ""),
        ListColumn("owner", _("Who congratulates"), told=lambda row: str(row.owner or row.account.manager or "")),
        ListColumn("nearness", _("State"), Unit.WORD, words=Nearness),
        ListColumn("day", _("Day, the first time"), Unit.DAY, "day", shown=False),
        ListColumn("lead", _("Days ahead it is told"), Unit.COUNT, "lead", shown=False),
    ),
    order="next_on",
    find=questions.found,
    hint=_("Words, account, person"),
    empty=_(
        "Note the first day: a founding, an award, the opening of a branch. It is told in time. Founding days of key "
        "accounts come from the facts."
    ),
    make="milestone-new",
    make_label=_("Note a day"),
    make_right=MilestoneRight.KEEP,
    filters=(
        ListFilter("near", _("State"), list(Nearness), _near),
        ListFilter("kind", _("Kind of day"), list(Occasion), by("kind")),
    ),
)  # fmt: skip
