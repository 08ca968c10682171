from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from vitalfew.complaints.models import Inquiry
from vitalfew.complaints.queues import INQUIRIES as QUEUE
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.language import Count, Message, Percent
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import AnomalyKind, Term, Unit
from vitalfew.terms import gettext_noop as _

WITH: Final = ("account", "account__manager", "complaint", "answered_by")


def inquiries(user: User) -> QuerySet[Inquiry]:
    return Inquiry.objects.visible_to(user).select_related(*WITH)


def due_for(user: User) -> QuerySet[Inquiry]:
    """Those about the user's accounts whose day has come, the most at stake first."""
    rows = inquiries(user).filter(answer="", due__lte=timezone.localdate(), account__manager=user)
    return rows.order_by("-stake", "pk")


def told(row: Inquiry) -> Message:
    """What is unusual."""
    if row.kind == AnomalyKind.SILENCE:
        return Message(_("No order for {n} {n:day|days}; usually one every {usual} {usual:day|days}"), {
            "n": Count(row.seen), "usual": Count(row.usual or 0),
        })  # fmt: skip
    short = 1 - row.seen / row.usual if row.usual else 1.0
    return Message(_("A month with {share} less than usual"), {"share": Percent(min(max(short, 0.0), 1.0), 0)})


class Stands(Term):
    """How a question stands."""

    OPEN = "open", _("To be asked")
    LATER = "later", _("Looked at again later")
    EXPLAINED = "explained", _("Explained")
    PROBLEM = "problem", _("It is a problem")
    GONE = "gone", _("Gone by itself")


def stands(row: Inquiry) -> Stands:
    if row.answer:
        return next(each for each in Stands if each.value == row.answer)
    return Stands.LATER if row.due > timezone.localdate() else Stands.OPEN


def _standing(rows: QuerySet[Any], word: str) -> QuerySet[Any]:
    today = timezone.localdate()
    open_ones: dict[str, dict[str, Any]] = {
        Stands.OPEN: {"answer": "", "due__lte": today}, Stands.LATER: {"answer": "", "due__gt": today},
    }  # fmt: skip
    return rows.filter(**open_ones.get(word, {"answer": word}))


def _found(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    return rows.filter(Q(account__name__icontains=text) | Q(account__code__icontains=text) | Q(why__icontains=text))


INQUIRIES: Final = Listing(
    name="inquiries",
    title=_("Asked before it is a complaint"),
    right=ComplaintRight.SEE,
    records=lambda user: inquiries(user).order_by(),
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: str(row.account), narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("kind", _("What is unusual"), Unit.WORD, words=AnomalyKind, narrow=True),
        ListColumn("since", _("Since"), Unit.DAY, "since"),
        ListColumn("stands", _("State"), Unit.WORD, words=Stands, told=stands, narrow=True),
        ListColumn("stake", _("At stake"), Unit.MONEY, "stake", right=Right.MONEY),
        ListColumn("due", _("From when it is asked"), Unit.DAY, "due"),
        ListColumn("manager", _("Account manager"), told=lambda row: str(row.account.manager or "")),
        turn_column(QUEUE),
        ListColumn("why", _("What the customer said"), shown=False),
        ListColumn("complaint", _("Complaint number"), Unit.CODE, told=lambda row: row.complaint.number if row.complaint else "",
                   shown=False),
    ),
    order="-since",
    find=_found,
    hint=_("Name or code of the account, reason"),
    empty=_("Nothing is unusual. After each refresh the accounts with the most at stake that buy less than usual, or not at all, "
            "become a question here: at most 200, each asked once."),
    queue=QUEUE,
    filters=(
        ListFilter("stands", _("State"), list(Stands), _standing),
        ListFilter("kind", _("What is unusual"), [AnomalyKind.SILENCE, AnomalyKind.DROP], by("kind")),
    ),
)  # fmt: skip
