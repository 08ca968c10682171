from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from vitalfew.complaints import questions
from vitalfew.complaints.models import Complaint
from vitalfew.complaints.queues import COMPLAINTS as QUEUE
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.words import Category, Channel, Due, Procedure, Severity, Standing, State
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.people.models import User
from vitalfew.terms import Term, Unit
from vitalfew.terms import gettext_noop as _


class Whose(Term):
    """Whether it is known whose it is."""

    KNOWN = "known", _("Account known")
    TRAY = "tray", _("Account not known yet")


def _listed(user: User) -> QuerySet[Complaint]:
    return questions.complaints(user).order_by()


def _standing(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    standing: QuerySet[Any] = found.standing(word)  # type: ignore[attr-defined]  # complaints have it
    return standing


def _whose(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    return found.filter(account__isnull=word == Whose.TRAY)


class Known(Term):
    """What is known of it."""

    NO_CATEGORY = "no-subject", _("No subject yet")
    NO_CAUSE = "no-cause", _("Not on the tree of causes yet")


def _gap(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    return found.filter(category="") if word == Known.NO_CATEGORY else found.filter(cause=None)


def _moment(at: datetime | None) -> datetime | None:
    """Where the house is, to the minute."""
    return timezone.localtime(at).replace(second=0, microsecond=0) if at else None


COMPLAINTS: Final = Listing(
    name="complaints",
    title=_("Complaints"),
    right=ComplaintRight.SEE,
    records=_listed,
    columns=(
        ListColumn("complaint_id", _("Complaint number"), Unit.CODE, "number", lambda row: row.number,
                   link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("brief", _("What the customer said"), told=lambda row: row.brief or "–", narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: str(row.account or row.company),
                   link=lambda row: f"{row.account.get_absolute_url()}?tab=complaints" if row.account else ""),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code if row.account else "",
                   shown=False),
        ListColumn("standing", _("Clock"), Unit.WORD, words=Standing, narrow=True),
        ListColumn("due_what", _("Due next"), Unit.WORD, words=Due),
        ListColumn("due_at", _("Due"), order="due_at", told=lambda row: _moment(row.due_at)),
        ListColumn("state", _("State"), Unit.WORD, words=State),
        ListColumn("severity", _("Severity"), Unit.COUNT, "severity"),
        ListColumn("priority", _("Priority"), Unit.COUNT, "priority", lambda row: row.priority if row.is_ours else None),
        turn_column(QUEUE),
        ListColumn("owner", _("Who settles it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("channel", _("Channel"), Unit.WORD, words=Channel, shown=False),
        ListColumn("category", _("Subject of the complaint"),
                   told=lambda row: gettext(row.category_word) if row.category else ""),
        ListColumn("cause", _("Cause"), order="cause", shown=False, told=lambda row: row.cause.path if row.cause else ""),
        ListColumn("received_on", _("Received on"), Unit.DAY, "received_on"),
        ListColumn("closed_on", _("Settled on"), Unit.DAY, "closed_on", shown=False),
        ListColumn("procedure", _("Procedure"), Unit.WORD, words=Procedure, shown=False),
        ListColumn("product", _("Product"), shown=False),
        ListColumn("batch", _("Batch or serial number"), shown=False),
        ListColumn("order_number", _("Order number"), shown=False),
        ListColumn("carrier", _("Carrier"), shown=False),
        ListColumn("text", _("Whole text"), shown=False),
        ListColumn("outcome", _("Outcome"), shown=False),
    ),
    order="-received_on",
    find=questions.found,
    hint=_("Number, account, person, phone, words, order, batch; pinyin too"),
    empty=_("No complaint has come in. Take one in within a minute, or give customers the address of the open form."),
    make="complaint-new",
    make_label=_("Take in a complaint"),
    make_right=ComplaintRight.TAKE,
    queue=QUEUE,
    filters=(
        ListFilter("standing", _("Clock"), list(Standing), _standing),
        ListFilter("state", _("State"), list(State), by("state")),
        ListFilter("severity", _("Severity"), list(Severity), by("severity")),
        ListFilter("procedure", _("Procedure"), list(Procedure), by("procedure")),
        ListFilter("channel", _("Channel"), list(Channel), by("channel")),
        ListFilter("category", _("Subject of the complaint"), list(Category), by("category")),
        ListFilter("gap", _("What is missing"), list(Known), _gap),
        ListFilter("whose", _("Whose"), list(Whose), _whose),
    ),
)  # fmt: skip
