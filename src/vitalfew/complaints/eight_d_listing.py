from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.complaints.models import EightD
from vitalfew.complaints.questions import ALL
from vitalfew.complaints.queues import TO_SIGN
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Report
from vitalfew.lists.listing import ListColumn, ListFilter, Listing
from vitalfew.lists.turn_column import turn_column
from vitalfew.people.models import User
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

WITH: Final = ("complaint", "complaint__account", "offered_by", "signed_by")


def eight_ds(user: User) -> QuerySet[EightD]:
    return EightD.objects.visible_to(user).select_related(*WITH)


def to_sign(user: User) -> QuerySet[EightD]:
    """Those that wait for a signature this user may give: handed in by another, of a complaint he settles or may settle."""
    rows = eight_ds(user).filter(offered_at__isnull=False, signed_at=None, complaint__merged_into=None)
    if user.role not in ALL:
        rows = rows.filter(Q(complaint__owner=user) | Q(complaint__account__manager=user))
    return rows.exclude(offered_by=user).order_by("offered_at", "pk")


def _state(rows: QuerySet[Any], word: str) -> QuerySet[Any]:
    states: dict[str, dict[str, Any]] = {
        Report.DRAFT: {"offered_at": None}, Report.OFFERED: {"offered_at__isnull": False, "signed_at": None},
        Report.SIGNED: {"signed_at__isnull": False, "shared_at": None}, Report.SHARED: {"shared_at__isnull": False},
    }  # fmt: skip
    return rows.filter(**states[word])


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(complaint__number__icontains=text) | rows.filter(complaint__account__name__icontains=text)


EIGHT_DS: Final = Listing(
    name="eight-ds",
    title=_("8D records"),
    right=ComplaintRight.SEE,
    records=lambda user: eight_ds(user).order_by(),
    columns=(
        ListColumn("complaint", _("Complaint number"), Unit.CODE, "complaint__number", lambda row: row.complaint.number,
                   link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("account", _("Account"), told=lambda row: str(row.complaint.account or row.complaint.company)),
        ListColumn("brief", _("What the customer said"), told=lambda row: row.complaint.brief or "–", narrow=True),
        ListColumn("state", _("State"), Unit.WORD, words=Report, narrow=True),
        ListColumn("offered_by", _("Handed in by"), told=lambda row: str(row.offered_by or "")),
        ListColumn("signed_by", _("Who signed it"), told=lambda row: str(row.signed_by or "")),
        ListColumn("offered_on", _("Handed in on"), Unit.DAY, "offered_at",
                   lambda row: timezone.localtime(row.offered_at).date() if row.offered_at else None),
        turn_column(TO_SIGN),
        ListColumn("begun_on", _("Begun on"), Unit.DAY, "made_at", lambda row: timezone.localtime(row.made_at).date()),
    ),
    order="-begun_on",
    find=_found,
    hint=_("Number of the complaint, name of the account"),
    empty=_("No 8D record yet. One begins on the complaint's page, for every serious complaint and for others by wish."),
    queue=TO_SIGN,
    filters=(ListFilter("state", _("State"), list(Report), _state),),
)  # fmt: skip
