from typing import Any, Final

from django.utils import timezone

from vitalfew.department import questions
from vitalfew.department.rights import DepartmentRight
from vitalfew.lists.listing import ListColumn, ListFilter, Listing
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _


class When(Term):
    """Where an absence lies in time."""

    NOW = "now", _("Away now")
    AHEAD = "ahead", _("Ahead")
    PAST = "past", _("Past")


def _when(found: Any, word: str) -> Any:
    today = timezone.localdate()
    if word == When.AHEAD:
        return found.filter(since__gt=today)
    return found.filter(until__lt=today) if word == When.PAST else found.filter(since__lte=today, until__gte=today)


ABSENCES: Final = Listing(
    name="absences",
    title=_("Who is away, and who stands in"),
    right=DepartmentRight.AWAY,
    records=questions.absences,
    columns=(
        ListColumn("user", _("Away"), order="user__name", told=lambda row: str(row.user), narrow=True),
        ListColumn("deputy", _("Deputy"), order="deputy__name", told=lambda row: str(row.deputy), narrow=True),
        ListColumn("since", _("From"), Unit.DAY, "since", narrow=True),
        ListColumn("until", _("Until"), Unit.DAY, "until", narrow=True),
    ),
    order="-since",
    filters=(ListFilter("when", _("When"), list(When), _when),),
    empty=_("Enter the next holiday: the deputy then sees the accounts in these days."),
    make="absence-new",
    make_label=_("Enter an absence"),
    make_right=DepartmentRight.AWAY,
)  # fmt: skip
