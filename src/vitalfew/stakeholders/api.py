"""/stakeholders, /acquaintances and /coverage: the map of an account, who says he knows whom, and the plan of whom to meet."""

from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import not_accepted, not_found
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.contacts import questions as contacts
from vitalfew.contacts.words import LEVELS
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import Stale
from vitalfew.stakeholders import actions, questions
from vitalfew.stakeholders.bonds import Bond, Stakeholder
from vitalfew.stakeholders.forms import AcquaintanceForm, MeetingForm
from vitalfew.stakeholders.gaps import gaps
from vitalfew.stakeholders.listing import ACQUAINTANCES, COVERAGE
from vitalfew.stakeholders.models import Acquaintance, MeetingRule
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.terms import gettext_noop as _

stakeholders = Router(tags=["contacts"])
acquaintances = Router(tags=["contacts"])
coverage = Router(tags=["contacts"])
KEY: Final = {"parameters": [PARAMETER]}


class BondOut(Schema):
    """Somebody of ours who knows a person: by touches, by his own word, and which of them counts."""

    who: str
    how_well: str
    by: str
    touches: float
    closeness: str | None
    stated_on: date | None


class StakeholderOut(Schema):
    """A person at the account. ``part`` is what is said, else what the influence tells."""

    contact: int
    person: int
    name: str
    title: str
    level: str
    part: str | None
    influence: str
    attitude: str
    blocks: bool
    reports_to: str | None
    reports_to_left: bool
    known_by: list[BondOut]


class MapOut(Schema):
    """Who is there, and what is missing, in the language that was asked for."""

    people: list[StakeholderOut]
    gaps: list[str]


class AcquaintanceNew(Schema):
    """How well one knows a person, in one of five steps."""

    person: int
    closeness: str
    note: str = ""

    model_config = {"extra": "forbid"}


class AcquaintanceChange(Schema):
    """What is said anew; it is dated today."""

    closeness: str
    note: str = ""

    model_config = {"extra": "forbid"}


class AcquaintanceOut(Schema):
    """What somebody of ours said."""

    id: int
    person: int
    who: str
    closeness: str
    stated_on: date
    note: str


class MeetingNew(Schema):
    """A line of an account's own plan; an empty role plans nobody."""

    account: str
    level: str
    role: str = ""
    rhythm: str

    model_config = {"extra": "forbid"}


class MeetingOut(Schema):
    """A line of an account's own plan."""

    id: int
    account: str
    level: str
    role: str
    rhythm: str


@stakeholders.get(
    "", auth=needs(StakeholderRight.SEE), response=responses(MapOut, 404), operation_id="account_stakeholders"
)
def account_stakeholders(
    request: Asked, account: Annotated[str, Query(description="The account's code")]
) -> dict[str, Any]:
    """The stakeholder map of an account."""
    today = timezone.localdate()
    people = questions.stakeholders(visible(request.auth, account), today)
    found = gaps(people, questions.log(today))
    return {"people": [_person(each) for each in people], "gaps": [gap.told.say(language()) for gap in found]}


def _person(each: Stakeholder) -> dict[str, Any]:
    return {
        "contact": each.post, "person": each.person, "name": each.name, "title": each.title, "level": each.level,
        "part": each.part, "influence": each.influence, "attitude": each.attitude, "blocks": each.blocks,
        "reports_to": each.boss or None, "reports_to_left": each.boss_left, "known_by": [_bond(b) for b in each.bonds],
    }  # fmt: skip


def _bond(bond: Bond) -> dict[str, Any]:
    stated = bond.stated
    return {
        "who": bond.who, "how_well": bond.how_well, "by": "word" if bond.by_word else "touches",
        "touches": round(bond.touched, 3), "closeness": stated and stated.closeness, "stated_on": stated and stated.on,
    }  # fmt: skip


def _told(_user: User, row: Acquaintance) -> dict[str, Any]:
    return {
        "person": row.person_id, "who": row.user.username, "closeness": row.closeness, "stated_on": row.stated_on,
        "note": row.note,
    }  # fmt: skip


ACQUAINTANCE: Final = Operations(
    acquaintances, "acquaintance", ACQUAINTANCES, questions.acquaintances, AcquaintanceOut, _told,
    see=StakeholderRight.SEE, write=StakeholderRight.STATE,
)  # fmt: skip
ACQUAINTANCE.reads(
    "Who of ours says he knows whom, a page at a time.", "What one of ours said; its ETag is its version."
)


@partial(ACQUAINTANCE.adds, also=(412,))
def state_acquaintance(user: User, sent: AcquaintanceNew) -> Acquaintance:
    """Say how well one knows a person whom one said nothing of yet."""
    person = contacts.person(user, sent.person)
    if person is None:
        raise not_found()
    return actions.state(user, person, 0, checked(AcquaintanceForm(sent.dict()), actions.SAID))


@ACQUAINTANCE.changes
def change_acquaintance(user: User, row: Acquaintance, sent: AcquaintanceChange) -> None:
    """Say anew how well one knows the person: one's own word only."""
    if row.user_id != user.pk:
        raise not_found()
    actions.state(user, row.person, row.version, checked(AcquaintanceForm(sent.dict()), actions.SAID))


@ACQUAINTANCE.puts_away
def take_back_acquaintance(user: User, row: Acquaintance) -> None:
    """Say no more of it."""
    actions.put_away(user, row.pk)


@coverage.get(
    "",
    auth=needs(StakeholderRight.COVERAGE),
    response=responses(ListPage),
    operation_id="list_coverage",
    openapi_extra=parameters(COVERAGE),
)
def list_coverage(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """The planned levels of accounts and how far they are covered, a page at a time."""
    return answered(request, request.auth, COVERAGE, response, limit)


@coverage.post(
    "/rules",
    auth=needs(StakeholderRight.PLAN),
    response=responses(MeetingOut, 404, 409, 412, status=201),
    operation_id="plan_meeting",
    openapi_extra=KEY,
)
def plan_meeting(request: Asked, sent: MeetingNew) -> HttpResponse:
    """Plan a level of an account that had no line of its own."""
    return _planned(request, sent)


@once
def _planned(request: Asked, sent: MeetingNew) -> HttpResponse:
    account = visible(request.auth, sent.account)
    if sent.level not in {level.value for level in LEVELS}:
        raise not_accepted("level", Message(_("This is no level that can be planned")))
    fields = checked(MeetingForm(sent.dict(include={"role", "rhythm"})), actions.PLANNED)
    try:
        return _rule(actions.plan(request.auth, sent.level, 0, fields, account=account), 201)
    except Stale as stale:
        raise changed(etag(stale.current.version)) from None


def _rule(row: MeetingRule, status: int = 200) -> HttpResponse:
    document = {
        "id": row.pk, "account": row.account.code if row.account else "", "level": row.level, "role": row.role,
        "rhythm": row.rhythm,
    }  # fmt: skip
    return answer(document, status, {"ETag": etag(row.version)})


@coverage.delete(
    "/rules/{int:pk}",
    auth=needs(StakeholderRight.PLAN),
    response=responses(MeetingOut, 404, 412, 428),
    operation_id="unplan_meeting",
    openapi_extra=MATCH,
)
def unplan_meeting(request: Asked, pk: int) -> HttpResponse:
    """What counts for its tier counts again."""
    row = _own_rule(request, pk)
    require_match(request, etag(row.version))
    return _rule(actions.unplan(request.auth, pk))


def _own_rule(request: HttpRequest, pk: int) -> MeetingRule:
    """A line of an account that the caller may see."""
    user: User = request.auth  # type: ignore[attr-defined]  # the gate puts it there
    row = MeetingRule.objects.filter(pk=pk, put_away_at=None, account__isnull=False).select_related("account").first()
    if row is None or row.account is None:
        raise not_found()
    visible(user, row.account.code)
    return row


ROUTERS: Final = (("/stakeholders", stakeholders), ("/acquaintances", acquaintances), ("/coverage", coverage))
