from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.approvals import questions
from vitalfew.approvals.kinds import words
from vitalfew.approvals.queues import APPROVALS as QUEUE
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.approvals.words import ApprovalState, Whose
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.people.roles import Role
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _whose(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    return found.filter(state=ApprovalState.WAITING, for_me=word == Whose.MINE)


def _figure(row: Any) -> float | None:
    return None if row.amount is None else float(row.amount)


APPROVALS: Final = Listing(
    name="approvals",
    title=_("Approvals"),
    right=ApprovalRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("brief", _("What is asked for"), told=str, narrow=True),
        ListColumn("kind", _("Kind of approval"), Unit.WORD, "kind", words=words()),
        ListColumn("state", _("State"), Unit.WORD, "state", words=ApprovalState, narrow=True),
        turn_column(QUEUE),
        ListColumn("amount", _("Amount"), order="amount", told=lambda row: row.exactly, narrow=True, exact=True),
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: str(row.account or ""),
            link=lambda row: row.account.get_absolute_url() if row.account else "",
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code if row.account else "",
                   shown=False),
        ListColumn("asked_by", _("Asked by"), order="asked_by__name", told=lambda row: str(row.asked_by or "")),
        ListColumn("asked_on", _("Date of request"), Unit.DAY, "asked_at", lambda row: timezone.localtime(row.asked_at).date()),
        ListColumn("needed_by", _("Needed by"), Unit.DAY, "needed_by"),
        ListColumn("figure", _("Amount as a number"), Unit.NUMBER, told=_figure, shown=False),
        ListColumn("currency", _("Currency"), shown=False),
        ListColumn("why", _("Why"), shown=False),
    ),
    order="-asked_on",
    find=questions.found,
    hint=_("Words, account, colleague"),
    empty=_("Ask for an allowance, a write-off or an exception: it goes to those who may approve so much."),
    make="approval-new",
    make_label=_("Ask for approval"),
    make_right=ApprovalRight.ASK,
    queue=QUEUE,
    filters=(
        ListFilter("whose", _("For whom"), list(Whose), _whose),
        ListFilter("state", _("State"), list(ApprovalState), by("state")),
        ListFilter("kind", _("Kind of approval"), list(words()), by("kind")),
    ),
)  # fmt: skip

DELEGATIONS: Final = Listing(
    name="delegations",
    title=_("Who decides in whose place"),
    right=ApprovalRight.DECIDE,
    records=questions.delegations,
    columns=(
        ListColumn("user", _("In whose place"), order="user__name", told=lambda row: str(row.user), narrow=True),
        ListColumn("deputy", _("Decides in the place"), order="deputy__name", told=lambda row: str(row.deputy), narrow=True),
        ListColumn("since", _("From"), Unit.DAY, "since"),
        ListColumn("until", _("Until"), Unit.DAY, "until", narrow=True),
    ),
    order="-since",
    empty=_("Name who decides in your place while you are away. Whoever stands in during an entered absence does so already."),
    make="delegation-new",
    make_label=_("Name somebody"),
    make_right=ApprovalRight.DECIDE,
)  # fmt: skip

LIMITS: Final = Listing(
    name="approval-limits",
    title=_("Limits of approval"),
    right=ApprovalRight.LIMITS,
    records=questions.limits,
    columns=(
        ListColumn("kind", _("Kind of approval"), Unit.WORD, "kind", words=words(), narrow=True),
        ListColumn("role", _("Role"), Unit.WORD, "role", words=Role, narrow=True),
        ListColumn("amount", _("Up to and including"), order="amount", told=lambda row: row.exactly, narrow=True, exact=True),
        ListColumn("changed_by", _("Set by"), order="changed_by"),
        ListColumn("changed_on", _("Set on"), Unit.DAY, "changed_at", lambda row: timezone.localtime(row.changed_at).date()),
    ),
    order="kind",
    empty=_(
        "No limit is set: heads and executives approve any amount, key account managers none. Set up to which amount a "
        "role approves by itself."
    ),
    make="approval-limit-new",
    make_label=_("Set a limit"),
    make_right=ApprovalRight.LIMITS,
)  # fmt: skip
