from typing import Final

from vitalfew.duplicates import questions
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.queues import DUPLICATES as QUEUE
from vitalfew.duplicates.rights import DuplicateRight
from vitalfew.duplicates.states import Kind, State
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.people.language import language
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _

FEW: Final = 2


def _code(pair: Pair, side: str) -> str:
    account = getattr(pair, f"{side}_account")
    return account.code if account else ""


def _reasons(pair: Pair) -> str:
    return "; ".join(message.say(language()) for _good, message in questions.reasons(pair)[:FEW])


DUPLICATES: Final = Listing(
    name="duplicates",
    title=_("Possible duplicates"),
    right=DuplicateRight.SEE,
    records=questions.pairs,
    columns=(
        ListColumn(
            "one", _("Record"), told=lambda pair: str(pair.one), link=lambda pair: pair.get_absolute_url(), narrow=True,
        ),
        ListColumn("one_code", _("Code"), Unit.CODE, told=lambda pair: _code(pair, "one"), shown=False),
        ListColumn(
            "other", _("Maybe the same as"), told=lambda pair: str(pair.other), link=lambda pair: pair.get_absolute_url(),
            narrow=True,
        ),
        ListColumn("other_code", _("Code of the other"), Unit.CODE, told=lambda pair: _code(pair, "other"), shown=False),
        turn_column(QUEUE),
        ListColumn("kind", _("Kind"), Unit.WORD, words=Kind),
        ListColumn("probability", _("How likely"), Unit.SHARE, "probability"),
        ListColumn("at_stake", _("Net sales of both, 12 months"), Unit.MONEY, "at_stake"),
        ListColumn("reasons", _("Why"), told=_reasons),
        ListColumn("state", _("Decision"), Unit.WORD, words=State),
        ListColumn("decided_by", _("Decided by"), shown=False),
    ),
    order="-at_stake",
    find=questions.found,
    hint=_("Name, code, pinyin, initials"),
    empty=_("As far as can be seen, nothing is entered twice."),
    work="duplicates-look",
    work_label=_("Look again"),
    work_right=DuplicateRight.DECIDE,
    queue=QUEUE,
    filters=(
        ListFilter("state", _("Decision"), list(State), by("state")),
        ListFilter("kind", _("Kind"), list(Kind), by("kind")),
    ),
)  # fmt: skip
