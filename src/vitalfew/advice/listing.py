from typing import Any, Final

from vitalfew.advice import questions
from vitalfew.advice.rights import AdviceRight
from vitalfew.advice.words import AdviceState, Reason
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.permissions import Right
from vitalfew.terms import NextAction, Unit
from vitalfew.terms import gettext_noop as _


def _owner(row: Any) -> str:
    return str(row.owner or "")


ADVICE: Final = Listing(
    name="advice",
    title=_("Advice and its answers"),
    right=AdviceRight.SEE,
    records=questions.advice,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("action", _("Action"), Unit.WORD, "action", words=NextAction, narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", words=AdviceState, narrow=True),
        ListColumn("owner", _("Who sees to it"), order="owner__name", told=_owner),
        ListColumn("due", _("By when"), Unit.DAY, "due"),
        ListColumn("reason", _("Why not"), Unit.WORD, "reason", words=Reason),
        ListColumn("effect", _("Effect"), Unit.MONEY, "effect", right=Right.MONEY, shown=False),
        ListColumn("answered_on", _("Answered on"), Unit.DAY, "answered_on"),
        ListColumn("done_on", _("Done on"), Unit.DAY, "done_on", shown=False),
        ListColumn("outcome", _("What came of it"), shown=False),
    ),
    order="-answered_on",
    find=questions.found,
    hint=_("Account, who sees to it, words"),
    empty=_("What the figures advise stands on each account's page: accept it or decline it there, and it is kept here."),
    filters=(
        ListFilter("state", _("State"), list(AdviceState), by("state")),
        ListFilter("action", _("Action"), list(NextAction), by("action")),
        ListFilter("reason", _("Why not"), list(Reason), by("reason")),
    ),
)  # fmt: skip
