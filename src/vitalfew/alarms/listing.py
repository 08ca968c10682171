from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from vitalfew.alarms import questions
from vitalfew.alarms.kinds import words
from vitalfew.alarms.queues import ALARMS as QUEUE
from vitalfew.alarms.rights import AlarmRight
from vitalfew.alarms.words import AlarmState, Way, Whose
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.lists.turn_column import turn_column
from vitalfew.rooms import Urgency
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _whose(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    return found.filter(mine=True) if word == Whose.MINE else found


ALARMS: Final = Listing(
    name="alarms",
    title=_("Alarms"),
    right=AlarmRight.SEE,
    records=questions.listed,
    columns=(
        ListColumn("brief", _("What it says"), told=str, narrow=True),
        ListColumn("kind", _("Kind of alarm"), Unit.WORD, "kind", words=words()),
        ListColumn("state", _("State"), Unit.WORD, "state", words=AlarmState, narrow=True),
        ListColumn("urgency", _("Urgency"), Unit.WORD, words=Urgency),
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: str(row.account or ""),
            link=lambda row: row.account.get_absolute_url() if row.account else "",
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code if row.account else "",
                   shown=False),
        turn_column(QUEUE),
        ListColumn("raised_on", _("Raised on"), Unit.DAY, "raised_at", lambda row: timezone.localtime(row.raised_at).date()),
        ListColumn("repeats", _("Not told again"), Unit.COUNT, "repeats", shown=False),
        ListColumn("told", _("People told"), Unit.COUNT, "told"),
        ListColumn("answered_by", _("Answered by"), order="answered_by__name", told=lambda row: str(row.answered_by or "")),
        ListColumn("acted_on", _("Acted on"), Unit.DAY, "acted_on", shown=False),
        ListColumn("episode", _("Occurrence"), Unit.COUNT, shown=False),
        ListColumn("text", _("Whole text"), shown=False),
    ),
    order="-raised_on",
    find=questions.found,
    hint=_("Account, code"),
    empty=_("You were told of nothing. Which alarms there are, an administrator or the head says in the rules."),
    queue=QUEUE,
    filters=(
        ListFilter("state", _("State"), list(AlarmState), by("state")),
        ListFilter("kind", _("Kind of alarm"), list(words()), by("kind")),
        ListFilter("urgency", _("Urgency"), list(Urgency), by("urgency")),
        ListFilter("whose", _("Whose"), list(Whose), _whose),
    ),
    pick="alarms-acknowledge",
    pick_label=_("Acknowledge"),
)  # fmt: skip

HOOKS: Final = Listing(
    name="alarm-hooks",
    title=_("Alarms to other systems"),
    right=AlarmRight.POST,
    records=questions.hooks,
    columns=(
        ListColumn("name", _("Name"), order="name", narrow=True),
        ListColumn("way", _("System"), Unit.WORD, "way", words=Way, narrow=True),
        ListColumn("host", _("Host")),
        ListColumn("changed_by", _("Changed by"), order="changed_by"),
    ),
    order="name",
    empty=_("Enter the address of a group robot or of a program of yours; rules say what is posted to it."),
    make="alarm-hook-new",
    make_label=_("Enter an address"),
    make_right=AlarmRight.POST,
)
