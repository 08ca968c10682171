from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.rescues import questions
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.words import StepState, Timing
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _timing(found: Any, word: str) -> QuerySet[Any]:
    today = timezone.localdate()
    late: QuerySet[Any] = found.overdue(today)
    return late if word == Timing.LATE else found.exclude(pk__in=late.values("pk"))


STEPS: Final = Listing(
    name="rescue-steps",
    title=_("Steps of rescue plans"),
    right=RescueRight.SEE,
    records=questions.steps,
    columns=(
        ListColumn("title", _("What is done"), told=lambda row: gettext(row.title), narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("account", _("Account"), order="rescue__account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.rescue.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "rescue__account__code", lambda row: row.account.code, shown=False),
        ListColumn("due", _("Due"), Unit.DAY, "due", narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", words=StepState, narrow=True),
        ListColumn("owner", _("Who does it"), order="owner__name", told=lambda row: str(row.owner or "")),
        ListColumn("settled_on", _("Settled on"), Unit.DAY, "settled_on", shown=False),
        ListColumn("note", _("What came of it"), shown=False),
    ),
    order="due",
    find=questions.found_steps,
    hint=_("Account, who does it"),
    empty=_("No plan has steps yet."),
    filters=(
        ListFilter("state", _("State"), list(StepState), by("state")),
        ListFilter("timing", _("In time"), list(Timing), _timing),
    ),
)  # fmt: skip
