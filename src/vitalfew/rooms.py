"""What the house asks of its rooms, each in a file of a fixed name that is found by looking.

    rights      lines of the table of rights                                RIGHTS, a kind of Permission
    menu        its entries in the menu                                     ENTRIES
    urls        its addresses                                               urlpatterns
    api         its operations under /api/v1/                               ROUTERS: (prefix, router)
    worklist    what waits for somebody: lines of Today                     waiting(user)
    since       which proposed actions people took after the figures     done(codes, day)
    advised     which proposed actions people declined,                  refused(codes, day),
                and where one answers them                               answer_at(user, code, action)
    touches     what passed between an account and us: its timeline         touches(user, account)
    searchable  what the search box finds                                   found(user, text, most)
    tabs        its tabs of the account's page                              TABS
    cards       its cards on others' tabs                                   CARDS
    trail       what the audit trail calls its steps and fields             STEPS, FIELDS
    quick       what is done from anywhere in a few seconds                 QUICK, entries of the + menu
    bulk        what is done with the accounts selected in a list           BULK, entries whose page gets their codes
    aliases     codes that were merged, and what stands for them            aliases()
    personal    what it keeps of a person: told to whom it is about,        told(traces), forget(traces)
                and forgotten; what takes long before is in ready(traces)
    commented   its records that can be commented on                        KIND, spots(user, numbers)
    own_tables  tables that analyses read beside the facts                  own_tables()
    facts       rows that people changed, given to the facts                facts()
    examples    its records in the demo house                               plant()
    recurring   what the worker begins by itself                            begin()
    sync        its records brought in line with the facts                  sync(source)
    approvable  what of it a second person approves                         KINDS
    alarming    what stands that somebody must be told                      ALARMING
    handed      what of it goes to the successor with an account            HANDED
    queues      its lists of what waits for somebody                        QUEUES
    favours     which accounts' business goes first, by it                  favours(day)
    workdays    which days the house works                                  calendar()
    sources     its records from which promises are made                    SOURCES
    appointments  what stands in somebody's calendar                        appointments(user, since)
    untold      what not to say at an account's table                       untold(user, account)
    portal      what somebody of a customer's sees of it                    PARTS
    reports     what of it is handed out on paper or as a workbook          REPORTS
    in_report   its sections of an account's report                         sections(user, account)

So a new room is one folder with an ``apps.py`` and one line among the floors; the menu, Today, the timeline and the search
know no room by name. What is handed over is plain: codes of accounts, sentences, days, addresses.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from hashlib import blake2b
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple, Self

from vitalfew.handouts import Handout
from vitalfew.language import Kept, Message
from vitalfew.terms import Group, Term
from vitalfew.terms import gettext_noop as _

HERE: Final = Path(__file__).parent
PARTS: Final[Mapping[str, str]] = {
    "rights": "RIGHTS", "menu": "ENTRIES", "quick": "QUICK", "urls": "urlpatterns", "api": "ROUTERS",
    "worklist": "waiting", "since": "done", "touches": "touches", "searchable": "found", "tabs": "TABS", "cards": "CARDS",
    "trail": "STEPS",
    "bulk": "BULK", "personal": "told", "commented": "KIND", "aliases": "aliases", "own_tables": "own_tables",
    "facts": "facts", "sync": "sync", "recurring": "begin", "examples": "plant",
    "approvable": "KINDS", "alarming": "ALARMING", "handed": "HANDED",
    "queues": "QUEUES", "favours": "favours", "workdays": "calendar", "sources": "SOURCES",
    "appointments": "appointments", "untold": "untold", "portal": "PARTS",
    "reports": "REPORTS", "advised": "refused", "in_report": "sections",
}  # fmt: skip
"""What each file declares, by its name."""
FOUNDATIONS: Final = frozenset({"api", "warehouse"})
"""Applications below the rooms: their files mean what they like."""


@cache
def packages() -> tuple[str, ...]:
    """The packages that are applications of their own."""
    return tuple(sorted(f"{__package__}.{path.parent.name}" for path in HERE.glob("*/apps.py")))


def declared(part: str) -> Iterator[ModuleType]:
    """Each room's file of that name, where it has one."""
    for package in packages():
        if package.rpartition(".")[2] not in FOUNDATIONS and find_spec(f"{package}.{part}"):
            yield import_module(f"{package}.{part}")


class Permission(Term):
    """A line of the table of rights: what can be allowed, how it is called, and the roles that may."""

    roles: frozenset[str]

    def __new__(cls, value: str, label: str, roles: frozenset[Any]) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label, member.roles = value, label, roles
        return member


class Entry(NamedTuple):
    """A line of the menu; lower places stand first. One ``under`` another route shows while somebody is there."""

    label: str
    route: str
    icon: str
    right: Permission
    place: int
    under: str = ""
    also: str = ""
    """What else one may look for to find it: a marked text."""


@dataclass(frozen=True)
class Task:
    """A line of Today: what, for which account, why, by when, what it may bring, and its button.

    ``effect`` is money at stake, left out for who may not see it; the higher the ``priority``, the earlier the line.
    """

    what: str
    why: Message | Kept
    button: str
    url: str
    customer: str = ""
    effect: float | None = None
    basis: str = ""
    """What the effect is: a marked text."""
    due: date | None = None
    priority: float = 0.0
    soon: bool = False
    """Whether it waits no longer than a week."""
    advice: bool = False
    """Whether its reader says when it is done; what a record asks for goes by itself, once that is settled."""
    turn: int | None = None
    """By the green channel: which of others of the same weight it stands before; smaller is sooner, 0 has waited long enough."""

    @property
    def key(self) -> str:
        """What tells it again, however its reason is worded by then."""
        return blake2b(f"{self.what}\n{self.customer}\n{self.url}".encode(), digest_size=16).hexdigest()


class TouchKind(Term):
    """What a line of the timeline is of; rooms may have kinds of their own."""

    ACTIVITY = "activity", _("Visits, calls and notes")
    VISIT = "visit", _("Visits in the cost record")
    PLANNED_VISIT = "planned-visit", _("Planned visits")
    ORDER = "order", _("Orders")
    DELIVERY = "delivery", _("Deliveries")
    COMPLAINT = "complaint", _("Complaints")
    SURVEY = "survey", _("Survey answers")
    CAME = "came", _("New people")
    LEFT = "left", _("People who left")
    HANDOVER = "handover", _("Handovers")
    INTELLIGENCE = "intelligence", _("Intelligence")
    PROMISE = "promise", _("Promises")
    MILESTONE = "milestone", _("Milestones")
    PLAN = "plan", _("Account plans")
    INCENTIVE = "incentive", _("Incentives")
    AGREEMENT = "agreement", _("Agreements")
    JOURNEY = "journey", _("Service journeys")
    TIER = "tier", _("Tiers")
    CLUB = "club", _("Club")
    IDEA = "idea", _("Ideas")
    TRAINING = "training", _("Training")
    APPROVAL = "approval", _("Approvals")
    SUPPLY = "supply", _("Supply")
    RESCUE = "rescue", _("Rescue plans")
    LOSS = "loss", _("Lost accounts")
    ADVICE = "advice", _("Advice")
    RECOVERY = "recovery", _("Winning back")
    TREATMENT = "treatment", _("Loss-makers")
    EXCHANGE = "exchange", _("Data exchange")
    CAMPAIGN = "campaign", _("Campaigns")
    LETTER = "letter", _("Letters to the customer")
    CHANGE = "change", _("Changes of the record")


@dataclass(frozen=True)
class Touch:
    """A line of an account's timeline: the day, its kind, what passed, and what changed, from and to."""

    day: date
    kind: str
    what: Message
    about: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True)
class Appointment:
    """An entry of somebody's calendar: whole days, or from a moment until another; told again by its subject.

    It leaves the house: what came of it, what it is worth, and what is known of a person stay here.
    """

    subject: str
    what: str
    begins: date
    """A day; or a moment, which is a day with its hour."""
    ends: date
    """The day after its last one; or the moment at which it ends."""
    url: str
    version: int
    changed_at: datetime
    about: str = ""
    place: str = ""
    status: str = "CONFIRMED"


class Spot(NamedTuple):
    """A record that can be commented on: its account, and where it is shown."""

    account: Any
    url: str


@dataclass(frozen=True)
class Report:
    """What can be handed out: how it is called, who may have it, and of what it is made for a user as of a day."""

    value: str
    label: str
    right: Permission
    written: Callable[[Any, Any, date], Handout]
    """Of who reads it, and the account, where it is about one."""
    of_account: bool = False
    paper: Callable[[Any, Any, date], bytes] | None = None
    """Where it is printed in a way of its own."""


OURS: Final = "vf-"
"""How numbers begin under which rooms give their own records to the facts."""
ERASED: Final = "▇▇"
"""What stands where a person's name or number stood."""


@dataclass(frozen=True)
class Traces:
    """By what a person is found: records, numbers in the facts, words that name nobody else, names, and where they were heard."""

    people: frozenset[int]
    numbers: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    accounts: frozenset[str]

    def are_in(self, text: str) -> bool:
        return self._said.search(text) is not None

    def erased_from(self, text: str) -> str:
        """The text with the longest words taken out first, however they are capitalised."""
        return self._said.sub(ERASED, text)

    @cached_property
    def _said(self) -> re.Pattern[str]:
        longest_first = sorted(self.words | self.names, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or "(?!)", re.IGNORECASE)


class InTheWay(Exception):
    """A person can't be erased now; the sentence says why."""


@dataclass(frozen=True)
class Hit:
    """A line of the search: its kind, its code and name, what else tells it apart, and where it is."""

    kind: str
    code: str
    name: str
    detail: str
    url: str


Shown = Callable[[Any, Any], Mapping[str, Any]]
"""What a template needs, of a user and the account he looks at."""


def nothing(_user: object, _account: object) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Tab:
    """A tab of the account's page: its name, the right it needs, and where it stands."""

    name: str
    label: str
    right: Permission
    place: int
    template: str
    groups: tuple[Group, ...] = ()
    """Whose analyses have their panels here."""
    shown: Shown = nothing
    cards_later: bool = False
    """Whether the rooms' cards come after the page, so that it answers as soon however many rooms there are."""


OF_A_PERSON: Final = "person"


@dataclass(frozen=True)
class Card:
    """A card on another's tab; the template gets what ``shown`` gives as ``card``, and stays away where that is empty.

    On the tab called so by :data:`OF_A_PERSON` it stands on a contact's page, and ``shown`` gets the person.
    """

    tab: str
    right: Permission
    template: str
    shown: Shown
    first: bool = False
    """Whether it stands before the tab's own: what must not be missed."""


def nothing_more(_record: object, _successor: object) -> None:
    """A record that has its new owner needs nothing else."""


@dataclass(frozen=True)
class Handed:
    """Records that go along when an account is handed over: what they are called, and in which field their owner stands."""

    label: str
    field: str
    rows: Callable[[Any, Any], Any]
    """Of an account, those that are open and the giver's."""
    then: Callable[[Any, Any], None] = nothing_more
    """Called with the record and the successor whose it now is."""


@dataclass(frozen=True)
class Source:
    """A kind of record from which something is promised: on what occasion that is, and how one of them is found.

    Found by its key among an account's, as far as the user may see it; else None.
    """

    kind: str
    origin: str
    found: Callable[[Any, Any, str], "Begun | None"]


class Begun(NamedTuple):
    """With what a promise made from a record begins, and where that record is."""

    url: str
    text: str = ""
    due: date | None = None
    """Left out where that day has passed."""
    reference: str = ""


def nothing_follows(_user: object, _number: int, _state: str) -> None:
    """Of what is asked for in words alone, nothing follows by itself."""


@dataclass(frozen=True)
class Approvable:
    """A kind of thing that a second person approves, and what follows in its room."""

    value: str
    label: str
    see: Permission
    decide: Permission
    any_amount: frozenset[Any] = frozenset()
    """Roles that decide about any amount until a limit is set for them; others only up to a limit that is set."""
    money: bool = True
    """Whether an amount is asked for, and limits count."""
    by_hand: bool = False
    """Whether people ask for it in words, about an account; else its room asks, for one of its records."""
    alone: bool = False
    """Whether who asked may decide where nobody else can; the trail then says so."""
    became: Callable[[Any, int, str], None] = nothing_follows
    """Called with who decided, the number of the room's record, and the state it came to, in the same transaction."""


@dataclass(frozen=True)
class Queue:
    """Records that wait for somebody, and are taken in turn: see ``channel``."""

    value: str
    label: str
    rows: Callable[[], Any]
    """All of them, waiting or not."""
    waits: Mapping[str, Any]
    """By which fields one tells those that wait."""
    arrived: str
    """Since when it waits: a field."""
    settled: str
    """When it waited no more: a field."""
    accounts: tuple[str, ...] = ("account",)
    """Whose business it is: fields."""
    within: tuple[str, ...] = ()
    """What orders those whose turn is the same, before the time of arrival; - for largest first."""
    first: tuple[str, ...] = ()
    """What comes before the turn: how soon somebody must know."""
    timed: bool = True
    """Whether it is told to the minute when it came, or by the day alone."""


@dataclass(frozen=True)
class Favour:
    """That an account's business goes first: before whom (the smaller the sooner), and by what, in each language."""

    rank: int
    named: Mapping[str, str]


@dataclass(frozen=True)
class Visitor:
    """Somebody of a customer's who looks into the portal: plain, so that rooms below it can read it."""

    username: str
    name: str
    person: int
    """The number of his or her record among the contacts."""
    may: bool
    """Whether he may do something; one of ours who looks at what he sees may not."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """What he chose on the page, by the names in its address."""


class Waiting(NamedTuple):
    """A line of the portal's first page: what is new there or waits for the visitor, and by when."""

    what: Message
    due: date | None = None
    new: bool = False
    """Whether it is told alone, and asks for nothing."""


def nothing_waits(_visitor: Visitor, _account: object) -> Iterator[Waiting]:
    return iter(())


@dataclass(frozen=True)
class PortalPart:
    """A page of the portal, ``/portal/NAME/``: what somebody of a customer's sees of a room, for one of his accounts.

    ``told`` names every field that leaves the house: texts, days, numbers, forms;
    a record of ours is refused (``portal/plain.py``).
    What is done there are the room's own addresses under ``/portal/NAME/``, on ``portal/gate.py``.
    """

    name: str
    label: str
    place: int
    icon: str
    template: str
    """On ``portal/frame.html``; it gets what ``told`` gives, and ``visitor``, ``account`` (its code and name) and ``part``."""
    told: Callable[[Visitor, Any], Mapping[str, Any]]
    """Of the visitor and an account he may see."""
    waiting: Callable[[Visitor, Any], Iterator[Waiting]] = nothing_waits


class Urgency(Term):
    """How soon somebody must know."""

    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("For information")


@dataclass(frozen=True)
class Matter:
    """Something that stands and that somebody must know: told again by its subject, whatever it says by then.

    What it says names nobody of the customer's: it is kept, mailed and posted.
    """

    subject: str
    said: Message
    since: date | None
    """None where it is not known since when."""
    account: str = ""
    url: str = ""
    concerned: tuple[str, ...] = ()
    """User names of those whose matter it is."""
    until: date | None = None
    """When it ended, where it stands no more."""


CONCERNED: Final = "concerned"
ITS_MANAGER: Final = "manager"
"""Who is told, beside ``role:…``, ``team:…`` and ``user:…``: whose matter it is; who manages the account."""


@dataclass(frozen=True)
class Alarming:
    """A kind of state that must not go unknown: what it is called, what to do, who is told unless a rule says otherwise."""

    value: str
    label: str
    advice: str
    see: Permission
    standing: Callable[[float, date | None], Iterator[Matter]]
    """What stands now, from a threshold on; with a day also what ended since."""
    to: tuple[str, ...]
    urgency: Urgency = Urgency.NORMAL
    threshold: str = ""
    """What its threshold counts, a marked text; empty where it has none."""
    usual: float = 0.0
    least: float = 0.0
    most: float = 365.0
    """Where the threshold begins, and between what it may lie."""
    by_people: bool = False
    """Whether it ends by what somebody of ours does, so that its end is an answer."""
    from_start: bool = False
    """Whether it is on in every house until somebody switches it off."""
    of_figures: bool = False
    """Whether it stands in the figures of a refresh: then of the most valuable and growable accounts alone, unless a rule
    says all."""
