from typing import Any, Final

from django.db.models import QuerySet

from vitalfew.club import questions
from vitalfew.club.rights import ClubRight
from vitalfew.club.words import Answered, How, Standing
from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.permissions import Right
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _


def _standing(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.standing(word)
    return rows


def _exactly(amount: Any) -> str:
    return "" if amount is None else f"{amount:,.2f}"


LEVELS: Final = Listing(
    name="club-levels",
    title=_("Levels of the club"),
    right=ClubRight.SEE,
    records=questions.levels,
    columns=(
        ListColumn("rank", _("Order of levels"), Unit.COUNT, "rank"),
        ListColumn(
            "name", _("Club level"), order="name", told=str, link=lambda row: row.get_absolute_url(), narrow=True
        ),
        ListColumn("mark", _("Mark")),
        ListColumn("n", _("Members"), Unit.COUNT, "n", narrow=True),
        ListColumn("leaving", _("Leaves soon"), Unit.COUNT, "leaving"),
        ListColumn("leeway", _("Leeway, per cent"), Unit.COUNT),
        ListColumn("grace_days", _("Days of grace"), Unit.COUNT),
    ),
    order="rank",
    empty=_("Define the first level: what it is called, whom its rule takes in, what its members are entitled to."),
    make="club-level-new",
    make_label=_("Define a level"),
    make_right=ClubRight.RULE,
)

MEMBERS: Final = Listing(
    name="club-members",
    title=_("Members of the club"),
    right=ClubRight.SEE,
    records=questions.members,
    columns=(
        ListColumn(
            "account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
            link=lambda row: row.get_absolute_url(),
        ),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("level", _("Club level"), order="level__rank", told=lambda row: str(row.level), narrow=True,
                   link=lambda row: row.level.get_absolute_url()),
        ListColumn("standing", _("State"), Unit.WORD, words=Standing, narrow=True),
        ListColumn("since", _("Member since"), Unit.DAY, "since"),
        ListColumn("until", _("Until"), Unit.DAY, "until"),
        ListColumn("leaves_on", _("Leaves on"), Unit.DAY, "leaves_on"),
        ListColumn("how", _("How it came in"), Unit.WORD, words=How),
        ListColumn("manager", _("Manager"), order="account__manager__name", told=lambda row: row.account.in_charge),
    ),
    order="-since",
    find=questions.found_members,
    hint=_("Account or code"),
    empty=_("Nobody belongs to the club yet. Define a level; its rule takes accounts in the night after, or at once."),
    filters=(
        ListFilter("standing", _("State"), list(Standing), _standing),
        ListFilter("how", _("How it came in"), list(How), by("how")),
    ),
)  # fmt: skip

EVENTS: Final = Listing(
    name="club-events",
    title=_("Events of the club"),
    right=ClubRight.SEE,
    records=questions.events,
    columns=(
        ListColumn("day", _("Date"), Unit.DAY, "day", narrow=True),
        ListColumn("title", _("Event"), order="title", narrow=True, link=lambda row: row.get_absolute_url()),
        ListColumn("place", _("Venue"), order="place"),
        ListColumn("level", _("For members from level"), told=lambda row: str(row.level or "")),
        ListColumn("asked", _("Invited"), Unit.COUNT, "asked"),
        ListColumn("yes", _("Said yes"), Unit.COUNT, "yes"),
        ListColumn("came", _("Came"), Unit.COUNT, "came"),
        ListColumn("budget", _("Budget"), order="budget", told=lambda row: _exactly(row.budget), exact=True, right=Right.MONEY),
        ListColumn("cost", _("What it cost"), order="cost", told=lambda row: _exactly(row.cost), exact=True, right=Right.MONEY),
        ListColumn("outcome", _("What came of it"), shown=False),
    ),
    order="-day",
    find=questions.found_events,
    hint=_("Title, venue, words"),
    empty=_("Plan the first round table or club day: when, where, for whom."),
    make="club-event-new",
    make_label=_("Plan an event"),
    make_right=ClubRight.SERVE,
)  # fmt: skip

INVITED: Final = Listing(
    name="club-invitations",
    title=_("Invitations to events"),
    right=ClubRight.SEE,
    records=questions.invited,
    columns=(
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code, shown=False),
        ListColumn("event", _("Event"), order="event__title", told=lambda row: row.event.title,
                   link=lambda row: row.event.get_absolute_url()),
        ListColumn("day", _("Date"), Unit.DAY, "event__day", lambda row: row.event.day),
        ListColumn("answer", _("Answer"), Unit.WORD, words=Answered, narrow=True),
        ListColumn("person", _("Who comes"), told=lambda row: str(row.person or "")),
        ListColumn("note", _("Note")),
    ),
    order="-day",
    find=questions.found_invited,
    hint=_("Account, code or event"),
    empty=_("Nobody is invited yet: open an event and invite a level or an account."),
    filters=(ListFilter("answer", _("Answer"), list(Answered), by("answer")),),
)  # fmt: skip
