from typing import Any, Final

from django.db.models import QuerySet

from vitalfew.complaints.models import Claim
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import ClaimState, Party
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.models import User
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _claims(user: User) -> QuerySet[Claim]:
    return Claim.objects.visible_to(user).select_related("complaint", "complaint__account").order_by()


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(name__icontains=text) | rows.filter(complaint__number__icontains=text)


CLAIMS: Final = Listing(
    name="claims",
    title=_("Claims on third parties"),
    right=ComplaintRight.SEE,
    records=_claims,
    columns=(
        ListColumn("name", _("Supplier or carrier"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("party", _("Third party"), Unit.WORD, words=Party),
        ListColumn("complaint", _("Complaint"), order="complaint__number", told=lambda row: row.complaint.number,
                   link=lambda row: row.complaint.get_absolute_url()),
        ListColumn("account", _("Account"), told=lambda row: str(row.complaint.account or "")),
        ListColumn("state", _("State"), Unit.WORD, words=ClaimState, narrow=True),
        ListColumn("amount", _("Claimed"), order="amount", told=lambda row: row.exactly, exact=True),
        ListColumn("recovered", _("Recovered"), order="recovered",
                   told=lambda row: row.back, exact=True),
        ListColumn("claimed_on", _("Claimed on"), Unit.DAY, "claimed_on"),
        ListColumn("due", _("Answer expected by"), Unit.DAY, "due"),
        ListColumn("what", _("What is claimed"), shown=False),
        ListColumn("note", _("What was said or paid"), shown=False),
    ),
    order="due",
    find=_found,
    hint=_("Name, number of the complaint"),
    empty=_("Nothing is claimed. A claim on a supplier or carrier begins on the complaint's page."),
    filters=(
        ListFilter("state", _("State"), list(ClaimState), by("state")),
        ListFilter("party", _("Third party"), list(Party), by("party")),
    ),
)  # fmt: skip
