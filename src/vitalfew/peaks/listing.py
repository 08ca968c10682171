from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.peaks import questions
from vitalfew.peaks.queues import ARRANGEMENTS as QUEUE
from vitalfew.peaks.rights import PeakRight
from vitalfew.peaks.words import Answer, Heard, Side, Standing
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _standing(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.standing(word, timezone.localdate())  # type: ignore[attr-defined]  # peaks have it
    return rows


PEAKS: Final = Listing(
    name="peaks",
    title=_("Peak seasons"),
    right=PeakRight.SEE,
    records=questions.peaks,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("category", _("Category"), order="category", narrow=True),
        ListColumn("begins", _("Begins on"), Unit.DAY, "begins", narrow=True),
        ListColumn("ends", _("Ends on"), Unit.DAY, "ends"),
        ListColumn("standing", _("State"), Unit.WORD, words=Standing, narrow=True),
        ListColumn("growth", _("Growth it expects, in percent"), Unit.NUMBER, "growth"),
        ListColumn("stock", _("Sensible stock as it begins"), Unit.NUMBER, told=lambda row: row.stock and float(row.stock)),
        ListColumn("heard", _("From where we know it"), Unit.WORD, words=Heard, shown=False),
        ListColumn("owner", _("Who sees to it"), told=lambda row: str(row.owner or "")),
        ListColumn("agreed_on", _("Agreed on"), Unit.DAY, "agreed_on", shown=False),
    ),
    order="-begins",
    find=questions.found,
    hint=_("Account, category, product code"),
    empty=_("Talk about the next peak with an account, and write down what is agreed: supply then knows the quantities."),
    make="peak-new",
    make_label=_("Agree on a peak"),
    make_right=PeakRight.MAKE,
    filters=(ListFilter("standing", _("State"), list(Standing), _standing),),
)  # fmt: skip
ARRANGEMENTS: Final = Listing(
    name="arrangements",
    title=_("Asked of production and transport"),
    right=PeakRight.SEE,
    records=questions.arrangements,
    columns=(
        ListColumn("text", _("What is asked"), narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("side", _("Asked of"), Unit.WORD, words=Side, narrow=True),
        ListColumn("account", _("Account"), order="peak__account__name", told=lambda row: row.account.name,
                   link=lambda row: row.peak.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "peak__account__code", lambda row: row.account.code, shown=False),
        ListColumn("due", _("To be done by"), Unit.DAY, "due", narrow=True),
        ListColumn("answer", _("Answer"), Unit.WORD, words=Answer, narrow=True),
        turn_column(QUEUE),
        ListColumn("other_day", _("On which day instead"), Unit.DAY, "other_day"),
        ListColumn("reason", _("Reason")),
    ),
    order="due",
    find=questions.arranged,
    hint=_("Words, account"),
    empty=_("Nothing is asked of production or transport: an agreed peak asks both by itself."),
    queue=QUEUE,
    filters=(
        ListFilter("answer", _("Answer"), list(Answer), by("answer")),
        ListFilter("side", _("Asked of"), list(Side), by("side")),
    ),
)  # fmt: skip
