from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from vitalfew.lists.listing import ListColumn, ListFilter, Listing, by
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import Unit
from vitalfew.terms import gettext_noop as _
from vitalfew.training import covering, questions
from vitalfew.training.models import Programme
from vitalfew.training.rights import TrainingRight
from vitalfew.training.words import How, Presence, Reach, SessionState, Validity


def _exactly(amount: Any) -> str:
    return "" if amount is None else f"{amount:,.2f}"


def _came(found: QuerySet[Any], word: str) -> QuerySet[Any]:
    if word == Presence.CAME:
        return found.filter(came_at__isnull=False)
    missing = found.filter(came_at=None)
    closed = {"session__state": SessionState.CLOSED}
    return missing.filter(**closed) if word == Presence.ABSENT else missing.exclude(**closed)


def _standing(found: Any, word: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.standing(word)
    return rows


PROGRAMMES: Final = Listing(
    name="programmes",
    title=_("Training programmes"),
    right=TrainingRight.SEE,
    records=questions.programmes,
    columns=(
        ListColumn("title", _("Title"), order="title", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("hours", _("Hours taught"), Unit.NUMBER, "hours", lambda row: float(row.hours)),
        ListColumn("valid_months", _("Certificate valid for months"), Unit.COUNT, "valid_months"),
        ListColumn("times", _("Sessions"), Unit.COUNT, "times", narrow=True),
        ListColumn("holders", _("Valid certificates"), Unit.COUNT, "holders"),
        ListColumn("aim", _("What participants can do afterwards"), shown=False),
    ),
    order="title",
    find=questions.found_programmes,
    hint=_("Title or aim"),
    empty=_("Write the first programme: what is taught, to whom, and the test that shows it was learned."),
    make="programme-new",
    make_label=_("Write a programme"),
    make_right=TrainingRight.TEACH,
)

SESSIONS: Final = Listing(
    name="training",
    title=_("Training sessions"),
    right=TrainingRight.SEE,
    records=questions.sessions,
    columns=(
        ListColumn("programme", _("Programme"), order="programme__title", told=lambda row: row.programme.title, narrow=True,
                   link=lambda row: row.get_absolute_url()),
        ListColumn("day", _("Date"), Unit.DAY, "day", narrow=True),
        ListColumn("state", _("State"), Unit.WORD, "state", words=SessionState),
        ListColumn("place", _("Venue"), order="place"),
        ListColumn("trainer", _("Trainer of ours"), order="trainer__name", told=lambda row: str(row.trainer or "")),
        ListColumn("expected", _("On the list"), Unit.COUNT, "expected"),
        ListColumn("came", _("Came"), Unit.COUNT, "came"),
        ListColumn("seats", _("Seats"), Unit.COUNT, "seats", shown=False),
        ListColumn("budget", _("Budget"), order="budget", told=lambda row: _exactly(row.budget), right=Right.MONEY, shown=False,
                   exact=True),
        ListColumn("cost", _("What it cost"), order="cost", told=lambda row: _exactly(row.cost), right=Right.MONEY, exact=True),
    ),
    order="-day",
    find=questions.found_sessions,
    hint=_("Programme or venue"),
    empty=_("Plan the first session: a programme, a day, and the accounts whose people come."),
    make="training-new",
    make_label=_("Plan a session"),
    make_right=TrainingRight.RUN,
    filters=(ListFilter("state", _("State"), list(SessionState), by("state")),),
)  # fmt: skip

ATTENDEES: Final = Listing(
    name="training-attendees",
    title=_("Who is trained"),
    right=TrainingRight.SEE,
    records=questions.attendees,
    columns=(
        ListColumn("name", _("Full name"), order="name", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.where, narrow=True),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code if row.account else "",
                   shown=False),
        ListColumn("programme", _("Programme"), order="session__programme__title", told=lambda row: row.session.programme.title),
        ListColumn("day", _("Date"), Unit.DAY, "session__day", lambda row: row.session.day),
        ListColumn("presence", _("Attendance"), Unit.WORD, words=Presence),
        ListColumn("how", _("How it is known"), Unit.WORD, words=How, shown=False),
    ),
    order="-day",
    find=questions.found_attendees,
    hint=_("Name, account or programme"),
    empty=_("Nobody is on a list yet: open a session and invite accounts and contacts."),
    filters=(ListFilter("presence", _("Attendance"), list(Presence), _came),),
)  # fmt: skip

CERTIFICATES: Final = Listing(
    name="certificates",
    title=_("Certificates"),
    right=TrainingRight.SEE,
    records=questions.certificates,
    columns=(
        ListColumn("number", _("Certificate number"), Unit.CODE, "number", link=lambda row: row.get_absolute_url(), narrow=True),
        ListColumn("name", _("Full name"), order="name", narrow=True),
        ListColumn("account", _("Account"), order="account__name", told=lambda row: row.account.name if row.account else ""),
        ListColumn("code", _("Code"), Unit.CODE, "account__code", lambda row: row.account.code if row.account else "",
                   shown=False),
        ListColumn("programme", _("Programme"), order="programme__title", told=lambda row: row.programme.title),
        ListColumn("issued_on", _("Issued on"), Unit.DAY, "issued_on"),
        ListColumn("expires_on", _("Valid until"), Unit.DAY, "expires_on"),
        ListColumn("validity", _("State"), Unit.WORD, words=Validity),
    ),
    order="-issued_on",
    find=questions.found_certificates,
    hint=_("Number, name, account or programme"),
    empty=_("Certificates come by themselves: to who passes the test, or came where there is none."),
    filters=(ListFilter("standing", _("State"), list(Validity), _standing),),
)  # fmt: skip


class Choice(NamedTuple):
    """A programme to choose, as filters show their words."""

    value: str
    label: str


def _link(row: Any) -> str:
    return f"{row.get_absolute_url()}?tab=training"


def covered(user: User, asked: str) -> Listing:
    """The list of accounts with how far they are trained; by the programme that is asked for."""
    programmes = list(Programme.objects.visible_to(user))
    chosen = next((row for row in programmes if str(row.pk) == asked), None)
    choices: Any = [Choice(str(row.pk), row.title) for row in programmes]
    return Listing(
        name="training-coverage",
        title=_("Whose people are trained"),
        right=TrainingRight.SEE,
        records=lambda user: covering.coverage(user, chosen),
        columns=(
            ListColumn("name", _("Account"), order="name", link=_link, narrow=True),
            ListColumn("code", _("Code"), Unit.CODE, "code", shown=False),
            ListColumn("manager", _("Manager"), order="manager__name", told=lambda row: str(row.manager or "")),
            ListColumn("worth", _("Net sales, 12 months"), Unit.MONEY, "worth"),
            ListColumn("meant", _("People meant"), Unit.COUNT, "meant"),
            ListColumn("trained", _("Trained"), Unit.COUNT, "trained"),
            ListColumn("share", _("Share trained"), Unit.SHARE, "share", narrow=True),
            ListColumn("latest", _("Latest training"), Unit.DAY, "latest"),
            ListColumn("oldest", _("Oldest certificate"), Unit.DAY, "oldest"),
            ListColumn("reach", _("State"), Unit.WORD, told=covering.reach, words=Reach),
        ),
        order="-worth",
        find=covering.found,
        hint=_("Account or code"),
        filters=(
            ListFilter("programme", _("Programme"), choices, lambda rows, _word: rows),
            ListFilter("reach", _("State"), list(Reach), covering.reaching),
        ),
    )
