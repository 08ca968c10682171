"""/contacts: the people at customers, one record a post."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from vitalfew.accounts.api import visible
from vitalfew.accounts.models import Account
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, Problem, form_refused, not_found
from vitalfew.api.versions import MATCH, changed, etag, require_match
from vitalfew.contacts import actions, erasing, questions
from vitalfew.contacts.forms import PersonForm, PostForm
from vitalfew.contacts.listing import CONTACTS
from vitalfew.contacts.models import Post
from vitalfew.contacts.rights import ContactRight
from vitalfew.language import Message
from vitalfew.lists.answers import ListPage, answered, parameters
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale

router = Router(tags=["contacts"])
KEY: Final = {"parameters": [PARAMETER]}


class ContactChange(Schema):
    """What can be set of a contact; what is not sent stays."""

    name: str | None = None
    called: str | None = None
    email: str | None = None
    wechat: str | None = None
    channel: str | None = None
    language: str | None = None
    birthday: date | None = None
    note: str | None = None
    basis: str | None = None
    agreed_on: date | None = None
    purpose: str | None = None
    keep_until: date | None = None
    title: str | None = None
    department: str | None = None
    level: str | None = None
    part: str | None = None
    influence: str | None = None
    attitude: str | None = None
    reports_to: int | None = None
    since: date | None = None
    left_on: date | None = None

    model_config = {"extra": "forbid"}


class ContactNew(ContactChange):
    """Somebody new at an account."""

    account: str
    name: str
    phones: list[str] = []


class KeptOut(Schema):
    """What is kept of a person, by where it is kept."""

    person: list[dict[str, Any]]
    phones: list[dict[str, Any]]
    posts: list[dict[str, Any]]
    elsewhere: list[dict[str, Any]]
    trail: list[dict[str, Any]]


class ErasedOut(Schema):
    """Whose record went."""

    erased: int


class ContactOut(Schema):
    """A person at an account."""

    id: int
    contact_id: str
    account: str
    person: int
    phones: list[str]
    name: str
    called: str
    email: str
    wechat: str
    channel: str
    language: str
    birthday: date | None
    note: str
    basis: str
    agreed_on: date | None
    purpose: str
    keep_until: date | None
    title: str
    department: str
    level: str
    part: str
    influence: str
    attitude: str
    reports_to: int | None
    since: date | None
    left_on: date | None


@router.get(
    "",
    auth=needs(ContactRight.SEE),
    response=responses(ListPage, 404),
    operation_id="list_contacts",
    openapi_extra=parameters(CONTACTS),
)
def list_contacts(
    request: Asked,
    response: HttpResponse,
    account: Annotated[str, Query(description="Only those at this account")] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The people at customers, a page at a time."""
    listing = CONTACTS
    if account:
        at = visible(request.auth, account)
        listing = replace(CONTACTS, records=lambda user: questions.posts(user).filter(account=at))
    return answered(request, request.auth, listing, response, limit)


@router.get("/{int:pk}", auth=needs(ContactRight.SEE), response=responses(ContactOut, 404), operation_id="get_contact")
def get_contact(request: Asked, pk: int) -> HttpResponse:
    """One contact; its ETag is its version."""
    return _shown(_found(request.auth, pk))


def _found(user: User, pk: int) -> Post:
    post = questions.posts(user).filter(pk=pk).first()
    if post is None:
        raise not_found()
    return post


def _shown(post: Post, status: int = 200) -> HttpResponse:
    document = {
        "id": post.pk, "contact_id": post.contact_id, "account": post.account.code, "person": post.person_id,
        "phones": [phone.number for phone in post.person.phones.all()],
        **{name: getattr(post.person, name) for name in actions.PERSON},
        **{name: getattr(post, name) for name in actions.POST}, "reports_to": post.reports_to_id,
    }  # fmt: skip
    return answer(document, status, {"ETag": _version(post), "Location": f"/api/v1/contacts/{post.pk}"})


def _version(post: Post) -> str:
    return etag(f"{post.version}-{post.person.version}")


@router.post(
    "",
    auth=needs(ContactRight.EDIT),
    response=responses(ContactOut, 404, 409, status=201),
    operation_id="add_contact",
    openapi_extra=KEY,
)
def add_contact(request: Asked, sent: ContactNew) -> HttpResponse:
    """Somebody new at an account."""
    return _added(request, sent)


@once
def _added(request: Asked, sent: ContactNew) -> HttpResponse:
    account = visible(request.auth, sent.account)
    said = sent.dict(exclude_unset=True)
    person, post = _checked(said, None, account)
    phones = [("mobile", number[:40]) for number in sent.phones if number.strip()]
    made = _possible(lambda: actions.add(request.auth, account, person, post, phones))
    return _shown(_found(request.auth, made.pk), 201)


def _possible(act: Callable[[], Post]) -> Post:
    try:
        return act()
    except NotPossible as why:
        raise Problem(CONFLICT, Message(str(why))) from None


def _checked(sent: dict[str, Any], post: Post | None, account: Account) -> tuple[dict[str, Any], dict[str, Any]]:
    """What belongs to the person and what to the post, as the forms on the pages would take them."""
    at_account = partial(PostForm, account=account)
    forms = (PersonForm, post and post.person, actions.PERSON), (at_account, post, actions.POST)
    taken: list[dict[str, Any]] = []
    wrong: dict[str, Any] = {}
    for form_class, record, names in forms:
        known = {name: getattr(record, name) for name in names} if record else {}
        form = form_class({**known, **{name: sent[name] for name in names if name in sent}}, instance=_copy(record))
        form.full_clean()
        wrong |= form.errors
        taken.append({name: form.cleaned_data.get(name) for name in names if name in sent})
    if wrong:
        raise form_refused(wrong)
    return taken[0], taken[1]


def _copy(record: Any) -> Any:
    """A form writes into its record: it gets one of its own."""
    return type(record).objects.get(pk=record.pk) if record else None


@router.patch(
    "/{int:pk}",
    auth=needs(ContactRight.EDIT),
    response=responses(ContactOut, 404, 412, 428),
    operation_id="change_contact",
    openapi_extra=MATCH,
)
def change_contact(request: Asked, pk: int, sent: ContactChange) -> HttpResponse:
    """Change a contact. Fields not sent stay; If-Match says which version is changed."""
    post = _found(request.auth, pk)
    require_match(request, _version(post))
    person_fields, post_fields = _checked(sent.dict(exclude_unset=True), post, post.account)
    try:
        _change(request, post, person_fields, post_fields)
    except Stale:
        raise changed(_version(_found(request.auth, pk))) from None
    return _shown(_found(request.auth, pk))


def _change(request: HttpRequest, post: Post, person: dict[str, Any], fields: dict[str, Any]) -> None:
    from django.db import transaction

    user: User = request.auth  # type: ignore[attr-defined]  # the gate puts it there
    with transaction.atomic():
        if person:
            actions.change_person(user, post.person_id, post.person.version, person)
        if fields:
            _possible(lambda: actions.change_post(user, post.pk, post.version, fields))


@router.get(
    "/{int:pk}/kept",
    auth=needs(ContactRight.ERASE),
    response=responses(KeptOut, 404),
    operation_id="contact_kept",
)
def contact_kept(request: Asked, pk: int) -> dict[str, Any]:
    """Everything that is kept of the person, in all rooms, for whom it is about."""
    return erasing.hand_out(request.auth, _found(request.auth, pk).person)


@router.delete(
    "/{int:pk}",
    auth=needs(ContactRight.ERASE),
    response=responses(ErasedOut, 404, 412, 428),
    operation_id="erase_contact",
    openapi_extra=MATCH,
)
def erase_contact(request: Asked, pk: int) -> HttpResponse:
    """Erase the person from everything. It can't be undone."""
    post = _found(request.auth, pk)
    require_match(request, _version(post))
    try:
        erasing.erase(request.auth, post.person, post.person.version)
    except Stale:
        raise changed(_version(_found(request.auth, pk))) from None
    return answer({"erased": pk}, 200, {})


ROUTERS: Final = (("/contacts", router),)
