from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext

from vitalfew.complaints.causes import causes
from vitalfew.complaints.models import Cause
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import UsualCause
from vitalfew.lists.listing import ListColumn, Listing
from vitalfew.terms import Unit, label_of
from vitalfew.terms import gettext_noop as _


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """By the house's own words and by the usual ones, in the language of who looks."""
    usual = [each.value for each in UsualCause if text.casefold() in gettext(label_of(UsualCause, each)).casefold()]
    return rows.filter(named__icontains=text) | rows.filter(named="", usual__in=usual)


def _place(row: Cause) -> str:
    return row.branch.word if row.branch else ""


CAUSES: Final = Listing(
    name="causes",
    title=_("Tree of causes"),
    right=ComplaintRight.SEE,
    records=lambda user: causes(user).order_by(),
    columns=(
        ListColumn("cause", _("Cause"), told=lambda row: row.word, link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("branch", _("Branch"), order="branch", told=_place, narrow=True),
        ListColumn("complaints", _("Complaints"), Unit.COUNT, "own", lambda row: row.own, narrow=True),
        ListColumn("under", _("With its causes"), Unit.COUNT, "under", lambda row: row.own + row.under),
    ),
    order="-complaints",
    find=_found,
    hint=_("Name of the cause"),
    empty=_("No causes yet. Begin with the usual ones, and word them as your house does."),
    make="cause-new",
    make_label=_("New cause"),
    make_right=ComplaintRight.RULE,
    work="causes-usual",
    work_label=_("Add the usual causes"),
    work_right=ComplaintRight.RULE,
)  # fmt: skip
