from typing import Any, Final

from vitalfew.handover import questions
from vitalfew.handover.rights import HandoverRight
from vitalfew.handover.words import HandoverCause, HandoverState
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _steps(row: Any) -> str:
    return f"{row.all_steps - row.open_steps}/{row.all_steps}"


HANDOVERS: Final = Listing(
    name="handovers",
    title=_("Handovers of accounts"),
    right=HandoverRight.SEE,
    records=questions.handovers,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("giver", _("Handed over by"), order="giver__name", told=lambda row: str(row.giver or row.person or "")),
        ListColumn("successor", _("Taken over by"), order="successor__name", told=lambda row: str(row.successor or ""),
                   narrow=True),
        ListColumn("cause", _("Cause"), Unit.WORD, words=HandoverCause),
        ListColumn("state", _("State"), Unit.WORD, words=HandoverState, narrow=True),
        ListColumn("steps", _("Steps done"), told=_steps),
        ListColumn("due", _("Due"), Unit.DAY, "due"),
        ListColumn("made_at", _("Started"), Unit.DAY, "made_at", lambda row: row.made_at.date()),
        ListColumn("agreed_on", _("Customer agreed"), Unit.DAY, "agreed_on"),
    ),
    order="-made_at",
    find=questions.found,
    hint=_("Name or code of the account"),
    empty=_("Begin one from an account's page, or select accounts in their list."),
    filters=(
        ListFilter("state", _("State"), list(HandoverState), by("state")),
        ListFilter("cause", _("Cause"), list(HandoverCause), by("cause")),
    ),
)  # fmt: skip
