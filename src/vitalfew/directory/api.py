"""/directory: distributors, agents, suppliers and carriers, with what the facts tell of them."""

from copy import copy
from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from ninja import Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.accounts.models import Account
from vitalfew.api.answering import responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.problems import not_found
from vitalfew.directory import actions, measuring, questions
from vitalfew.directory.figures import Counted
from vitalfew.directory.forms import OrganisationForm, ServeForm
from vitalfew.directory.kinds import Kind
from vitalfew.directory.listing import ORGANISATIONS
from vitalfew.directory.models import Organisation, Served
from vitalfew.directory.rights import DirectoryRight
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User

router = Router(tags=["directory"])
PLAIN: Final = tuple(name for name in actions.FIELDS if name not in {each.value for each in Kind} and name != "account")


class OrganisationChange(Schema):
    """What can be set; what is not sent stays. Kinds are distributor, agent, supplier, carrier; account is a code."""

    name: str | None = None
    kinds: list[str] | None = None
    code: str | None = None
    region: str | None = None
    country: str | None = None
    uscc: str | None = None
    web: str | None = None
    phone: str | None = None
    email: str | None = None
    channel: str | None = None
    note: str | None = None
    account: str | None = None

    model_config = {"extra": "forbid"}


class OrganisationNew(OrganisationChange):
    """A new organisation."""

    name: str
    kinds: list[str]


class ServedNew(Schema):
    """For which account it works, as what."""

    account: str
    kind: str
    since: date | None = None

    model_config = {"extra": "forbid"}


class ServedOut(Schema):
    """An account that it serves."""

    id: int
    account: str
    kind: str
    since: date | None


class PersonOut(Schema):
    """Somebody to turn to."""

    name: str
    title: str
    phone: str
    email: str


class FiguresOut(Schema):
    """Twelve months and the twelve before; null where the facts can't tell. Over the accounts the caller sees."""

    basis: str
    accounts: int
    sales: float | None
    sales_before: float | None
    growth: float | None
    due: int
    late: int
    due_before: int
    late_before: int
    late_share: float | None
    late_share_low: float | None
    late_share_high: float | None
    direction: str | None
    complaints: int | None
    complaints_before: int | None


class OrganisationOut(Schema):
    """An organisation in full."""

    id: int
    name: str
    kinds: list[str]
    code: str
    region: str
    country: str
    uscc: str
    web: str
    phone: str
    email: str
    channel: str
    note: str
    account: str | None
    people: list[PersonOut]
    serves: list[ServedOut]
    figures: FiguresOut
    version: int


def _told(user: User, row: Organisation) -> dict[str, Any]:
    people = [{name: getattr(each, name) for name in PersonOut.model_fields} for each in row.people.all()]
    return {
        **{name: getattr(row, name) for name in PLAIN}, "kinds": [each.value for each in row.kinds],
        "account": row.account.code if row.account else None, "people": people,
        "serves": [_served(each) for each in questions.served(user, row)], "figures": _figures(counted_for(user, row)),
    }  # fmt: skip


def counted_for(user: User, row: Organisation) -> Counted:
    """Over all accounts for who sees all; for others over theirs."""
    everything = user.may(DirectoryRight.FIGURES)
    seen = None if everything else set(Account.objects.visible_to(user).values_list("pk", flat=True))
    return measuring.counted([row], seen)[row.pk]


def _served(each: Served) -> dict[str, Any]:
    return {"id": each.pk, "account": each.account.code, "kind": each.kind, "since": each.since}


def _figures(one: Counted) -> dict[str, Any]:
    low, high = one.interval or (None, None)
    plain = {name: getattr(one, name) for name in Counted.__dataclass_fields__ if name != "basis"}
    return {
        **plain, "basis": one.basis.value, "growth": one.growth, "late_share": one.late_share, "late_share_low": low,
        "late_share_high": high, "direction": one.direction.value if one.direction else None,
    }  # fmt: skip


OPERATIONS: Final = Operations(
    router, "organisation", ORGANISATIONS, questions.organisations, OrganisationOut, _told,
    see=DirectoryRight.SEE, write=DirectoryRight.EDIT, many="directory",
)  # fmt: skip
OPERATIONS.reads(
    "Distributors, agents, suppliers and carriers, a page at a time.", "One organisation; its ETag is its version."
)


@OPERATIONS.adds
def add_organisation(user: User, sent: OrganisationNew) -> Organisation:
    """Add an organisation."""
    form = OrganisationForm(user, _as_form(sent.dict(exclude_unset=True)))
    return actions.add(user, checked(form, actions.FIELDS))


def _as_form(said: dict[str, Any]) -> dict[str, Any]:
    """Kinds as the boxes that a form has."""
    kinds = said.pop("kinds", None)
    return said if kinds is None else {**said, **{each.value: each.value in kinds for each in Kind}}


@OPERATIONS.changes
def change_organisation(user: User, row: Organisation, sent: OrganisationChange) -> None:
    """Change an organisation. Fields not sent stay."""
    known = {name: getattr(row, name) for name in actions.FIELDS}
    known["account"] = row.account.code if row.account else ""
    form = OrganisationForm(user, {**known, **_as_form(sent.dict(exclude_unset=True))}, instance=copy(row))
    actions.change(user, row.pk, row.version, checked(form, actions.FIELDS))


@OPERATIONS.puts_away
def put_away_organisation(user: User, row: Organisation) -> None:
    """Put it away."""
    actions.put_away(user, row.pk)


@OPERATIONS.does("accounts")
def serve_account(user: User, row: Organisation, sent: ServedNew) -> None:
    """Say that it works for an account."""
    account = visible(user, sent.account)
    actions.serve(user, row.pk, account, checked(ServeForm(user, row, sent.dict()), ("kind", "since")))


@router.delete(
    "/{int:pk}/accounts/{int:served}",
    auth=needs(DirectoryRight.EDIT),
    response=responses(OrganisationOut, 404),
    operation_id="serve_account_no_more",
)
def serve_account_no_more(request: Asked, pk: int, served: int) -> HttpResponse:
    """Say that it works for the account no more."""
    user, row = request.auth, OPERATIONS.found(request.auth, pk)
    if served not in {each.pk for each in questions.served(user, row)}:
        raise not_found()
    actions.serve_no_more(user, served)
    return OPERATIONS.shown(user, OPERATIONS.found(user, pk))


ROUTERS: Final = (("/directory", router),)
