from typing import Final

from django.utils.translation import gettext

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.recoveries import questions
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.words import StepState
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

STEPS: Final = Listing(
    name="recovery-steps",
    title=_("Steps of winning back"),
    right=RecoveryRight.SEE,
    records=questions.steps,
    columns=(
        ListColumn("title", _("What is done"), told=lambda row: gettext(row.title), narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("account", _("Account"), order="recovery__account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.recovery.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "recovery__account__code", lambda row: row.account.code, shown=False),
        ListColumn("due", _("Due"), Unit.DAY, "due", narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", words=StepState, narrow=True),
        ListColumn("owner", _("Who does it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("settled_on", _("Settled on"), Unit.DAY, "settled_on", shown=False),
        ListColumn("note", _("What came of it"), shown=False),
    ),
    order="due",
    find=questions.found_steps,
    hint=_("Account, who does it"),
    empty=_("No attempt has steps yet."),
    filters=(ListFilter("state", _("State"), list(StepState), by("state")),),
)  # fmt: skip
