from typing import Final

from vitalfew.analyses.negative_assets import LossReason
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.treatments import questions
from vitalfew.treatments.rights import TreatmentRight
from vitalfew.treatments.words import Effect, TreatmentKind, TreatmentState

TREATMENTS: Final = Listing(
    name="treatments",
    title=_("Treatments of loss-makers"),
    right=TreatmentRight.SEE,
    records=questions.treatments,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("kind", _("What is done"), Unit.WORD, "kind", words=TreatmentKind, narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", words=TreatmentState, narrow=True),
        ListColumn("reason", _("What drives the loss"), Unit.WORD, "reason", words=LossReason),
        ListColumn("earned", _("Earned in twelve months, as proposed"), Unit.MONEY, "earned"),
        ListColumn("effect", _("What came of it"), Unit.WORD, "effect", words=Effect),
        ListColumn("change", _("Change a year"), Unit.MONEY, "change"),
        ListColumn("change_low", _("from"), Unit.MONEY, "change_low", shown=False),
        ListColumn("change_high", _("to"), Unit.MONEY, "change_high", shown=False),
        ListColumn("owner", _("Who leads it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("until", _("Judged on"), Unit.DAY, "until"),
        ListColumn("outcome", _("How it came to that, and what we learned"), shown=False),
    ),
    order="earned",
    find=questions.found,
    hint=_("Account, who leads it, words"),
    empty=_("Nothing is being done about loss-makers yet: begin from their list."),
    make="losers",
    make_label=_("Choose a loss-maker"),
    make_right=TreatmentRight.WRITE,
    filters=(
        ListFilter("state", _("State"), list(TreatmentState), by("state")),
        ListFilter("kind", _("What is done"), list(TreatmentKind), by("kind")),
        ListFilter("effect", _("What came of it"), list(Effect), by("effect")),
    ),
)  # fmt: skip
