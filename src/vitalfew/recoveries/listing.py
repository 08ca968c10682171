from typing import Final

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.recoveries import questions
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.words import Arm, RecoveryState, Verdict
from vitalfew.terms import ChurnCause, Unit
from vitalfew.terms import gettext_noop as _

ROUNDS: Final = Listing(
    name="win-back-rounds",
    title=_("Rounds of winning back"),
    right=RecoveryRight.SEE,
    records=questions.rounds,
    columns=(
        ListColumn("name", _("What it is called"), order="name", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("begun_on", _("Begun on"), Unit.DAY, "begun_on", narrow=True),
        ListColumn("until", _("Judged on"), Unit.DAY, "until"),
        ListColumn("tried_n", _("Tried"), Unit.COUNT, "tried_n", narrow=True),
        ListColumn("held_n", _("Left alone, to compare"), Unit.COUNT, "held_n"),
        ListColumn("back_n", _("Came back"), Unit.COUNT, "back_n", narrow=True),
        ListColumn("share", _("Of 100 accounts, left alone by lot"), Unit.COUNT, "share", shown=False),
        ListColumn("seed", _("Seed of the draw"), Unit.CODE, "seed", shown=False),
    ),
    order="-begun_on",
    find=questions.found_rounds,
    hint=_("What it is called"),
    empty=_("Choose lost accounts that are worth an attempt, and begin the first round with them."),
    make="win-back",
    make_label=_("Choose lost accounts"),
    make_right=RecoveryRight.WRITE,
)
RECOVERIES: Final = Listing(
    name="recoveries",
    title=_("Attempts to win back"),
    right=RecoveryRight.SEE,
    records=questions.recoveries,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("state", _("State"), Unit.WORD, "state", words=RecoveryState, narrow=True),
        ListColumn("cause", _("Why it left"), Unit.WORD, "cause", words=ChurnCause),
        ListColumn("expected", _("Expected gain as it began"), Unit.MONEY, "expected", narrow=True),
        ListColumn("expected_low", _("from"), Unit.MONEY, "expected_low", shown=False),
        ListColumn("expected_high", _("to"), Unit.MONEY, "expected_high", shown=False),
        ListColumn("value", _("Second lifetime value"), Unit.MONEY, "value"),
        ListColumn("silence", _("Silence as it began"), Unit.DAYS, "silence"),
        ListColumn("owner", _("Who leads it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("round", _("Round of winning back"), order="winback_round__name", told=lambda row: row.winback_round.name,
                   link=lambda row: row.winback_round.get_absolute_url()),
        ListColumn("arm", _("By lot"), Unit.WORD, "arm", words=Arm, shown=False),
        ListColumn("verdict", _("Verdict as it began"), Unit.WORD, "verdict", words=Verdict, shown=False),
        ListColumn("settled_on", _("Settled on"), Unit.DAY, "settled_on", shown=False),
        ListColumn("outcome", _("How it came to that, and what we learned"), shown=False),
    ),
    order="-expected",
    find=questions.found,
    hint=_("Account, who leads it, offer, round"),
    empty=_("No attempt yet: choose lost accounts, and begin a round with them."),
    filters=(
        ListFilter("state", _("State"), list(RecoveryState), by("state")),
        ListFilter("cause", _("Why it left"), list(ChurnCause), by("cause")),
        ListFilter("arm", _("By lot"), list(Arm), by("arm")),
    ),
)  # fmt: skip
