"""/accounts: the list, the record, its scorecard and its timeline."""

from datetime import date
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from vitalfew.accounts import actions, questions
from vitalfew.accounts.columns import FILTERS, allowed
from vitalfew.accounts.forms import AccountForm
from vitalfew.accounts.models import Account
from vitalfew.accounts.parts import timeline
from vitalfew.accounts.shapes import (
    AccountChange,
    AccountOut,
    AccountPage,
    ScorecardOut,
    Timeline,
)
from vitalfew.accounts.sheet import Sheet
from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.problems import (
    NOT_FOUND,
    UNSUPPORTED,
    Problem,
    forbidden,
    form_refused,
    not_accepted,
    not_found,
    only_known,
)
from vitalfew.api.versions import changed, etag, require_match
from vitalfew.language import Message
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.rooms import Touch
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.models import Refresh, RefreshState

router = Router(tags=["accounts"])
Code = Annotated[str, Query(description="The account's code")]
JSON: Final = frozenset({"application/json", "application/merge-patch+json"})
PARTS: Final = ("scorecard", "timeline")


def _asked_by_query(name: str, description: str, words: list[str] | None = None) -> dict[str, Any]:
    schema = {"type": "string", "enum": words} if words else {"type": "string"}
    return {"in": "query", "name": name, "required": False, "schema": schema, "description": description}


LIST_PARAMETERS: Final = [
    _asked_by_query("q", "Search by name, code, pinyin or initials"),
    _asked_by_query("manager", "User name of the manager, or none"),
    _asked_by_query("region", "Region"),
    _asked_by_query("kind", "Kind of customer"),
    _asked_by_query("group", "Code of a parent: it and its children"),
    _asked_by_query("stub", "1: only those known from orders alone", [questions.STUB]),
    *(_asked_by_query(each.name, each.label, [word.value for word in each.words]) for each in FILTERS),
    _asked_by_query("order", "A column, with - before it for largest first; others are ignored"),
    _asked_by_query("after", "The cursor of the page before"),
]


def visible(user: User, code: str) -> Account:
    """The account, or the same refusal whether it isn't there or isn't his to see."""
    found = questions.one(user, code)
    if found is None:
        raise not_found()
    return found


@router.get(
    "",
    auth=needs(Right.ACCOUNTS),
    response=responses(AccountPage),
    exclude_unset=True,
    operation_id="list_accounts",
    openapi_extra={"parameters": LIST_PARAMETERS},
)
def list_accounts(
    request: Asked, response: HttpResponse, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> dict[str, Any]:
    """Accounts the caller may see, a page at a time; columns he may not see are neither shown nor ordered by."""
    words = {each.name: [word.value for word in each.words] for each in FILTERS if each.words}
    only_known(request.GET.dict(), {**words, "stub": [questions.STUB]})
    wanted = questions.Wanted.of(request.GET.dict(), request.auth)
    if wanted.after and questions.cursor(wanted.after) is None:
        raise not_accepted("after", Message(_("This is no cursor of a page before")))
    page = questions.page(request.auth, wanted, limit)
    names = list(allowed(request.auth))
    if page.after:
        response.headers["Link"] = f'<{_next_page(request, page.after)}>; rel="next"'
    around = {"currency": page.refresh.currency, "as_of": page.refresh.as_of} if page.refresh else {}
    return {"items": [_line(line, names) for line in page.lines], "next": page.after or None, **around}


def _next_page(request: HttpRequest, after: str) -> str:
    asked = request.GET.copy()
    asked["after"] = after
    return f"{request.path}?{asked.urlencode()}"


def _line(line: questions.Line, names: list[str]) -> dict[str, Any]:
    values = {name: line.value(name) for name in names}
    return {**{name: None if value == "" else value for name, value in values.items()}, "version": line.account.version}


@router.get(
    "/{path:code}/scorecard",
    auth=needs(Right.ACCOUNTS),
    response=responses(ScorecardOut, 404),
    exclude_unset=True,
    operation_id="account_scorecard",
)
def account_scorecard(request: Asked, code: str, as_of: date | None = None) -> HttpResponse | dict[str, Any]:
    """The account's figures: the current ones, or those of the latest refresh as of a day."""
    account = questions.one(request.auth, code)
    if account is None:
        return _record(visible(request.auth, f"{code}/scorecard"))
    sheet = Sheet(settings.HOME, request.auth, account)
    row = sheet.refresh if as_of is None else _refresh_at(as_of)
    if row is None:
        raise Problem(NOT_FOUND, Message(_("There are no figures of this day or before")))
    return {
        "customer": account.code,
        "as_of": row.as_of,
        "currency": row.currency,
        "refresh": row.pk,
        "figures": sheet.figures_at(row),
        "history": [past.as_of for past in sheet.past],
    }


def _refresh_at(day: date) -> Refresh | None:
    """The latest refresh as of a day or before."""
    return Refresh.objects.filter(state=RefreshState.DONE, as_of__lte=day).order_by("-as_of", "-id").first()


@router.get(
    "/{path:code}/timeline",
    auth=needs(Right.ACCOUNTS),
    response=responses(Timeline, 404),
    operation_id="account_timeline",
)
def account_timeline(request: Asked, code: str) -> HttpResponse | dict[str, Any]:
    """Orders, complaints, people who left and changes of the record, latest first."""
    account = questions.one(request.auth, code)
    if account is None:
        return _record(visible(request.auth, f"{code}/timeline"))
    return {"items": [_event(touch) for touch in timeline(request.auth, account)]}


def _event(touch: Touch) -> dict[str, Any]:
    return {"day": touch.day, "kind": touch.kind, "text": touch.what.say(language()), "about": touch.about}


@router.get("/{path:code}", auth=needs(Right.ACCOUNTS), response=responses(AccountOut, 404), operation_id="get_account")
def get_account(request: Asked, code: str) -> HttpResponse:
    """The account's record; its ETag is its version. Codes may contain slashes."""
    return _record(visible(request.auth, code))


def _record(account: Account) -> HttpResponse:
    fields = ("code", "name", "kind", "region", "country", "industry", "uscc", "opened_on", "founded_on",
              "payment_terms_days", "manager_name", "stub", "version")  # fmt: skip
    document = {name: getattr(account, name) for name in fields}
    document["parent"] = account.parent_code or None
    document["credit_limit"] = None if account.credit_limit is None else f"{account.credit_limit:f}"
    document["manager"] = account.manager.username if account.manager else None
    return answer(document, headers={"ETag": etag(account.version)})


@router.patch(
    "/{path:code}",
    auth=needs(Right.EDIT_ACCOUNTS),
    response=responses(AccountOut, 404, 412, 415, 428),
    operation_id="change_account",
    openapi_extra={
        "parameters": [
            {"in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"},
             "description": "The ETag of the record that is changed"},
        ]
    },
)  # fmt: skip
def change_account(request: Asked, code: str, sent: AccountChange) -> HttpResponse:
    """Complete or correct the record. Fields not sent stay; If-Match says which version is changed."""
    if request.content_type not in JSON:
        raise Problem(UNSUPPORTED, Message(_("Send the change as application/json")))
    account = visible(request.auth, code)
    require_match(request, etag(account.version))
    fields = _checked(account, sent.dict(exclude_unset=True), may_assign=request.auth.may(Right.ASSIGN))
    try:
        actions.change(request.auth, account, account.version, fields)
    except actions.Stale as stale:
        raise changed(etag(stale.current.version)) from None
    except Account.DoesNotExist:
        raise not_found() from None
    return _record(Account.objects.select_related("manager").get(pk=account.pk))


def _checked(account: Account, sent: dict[str, Any], *, may_assign: bool) -> dict[str, Any]:
    """The fields as the form on the page would take them; only those that were sent are judged."""
    if "manager" in sent and not may_assign:
        raise forbidden()
    record = Account.objects.get(pk=account.pk)
    form = AccountForm(data=_filled(account, sent), instance=record, may_assign=may_assign)
    form.full_clean()
    if wrong := {name: texts for name, texts in form.errors.items() if name in sent}:
        raise form_refused(wrong)
    fields = {name: form.cleaned_data[name] for name in sent if name != "manager"}
    if "manager" in sent:
        manager = form.cleaned_data["manager"]
        fields["manager_id"] = manager.pk if manager else None
    return fields


def _filled(account: Account, sent: dict[str, Any]) -> dict[str, Any]:
    kept = {name: getattr(account, name) for name in ("name", "kind", "region", "country", "industry", "uscc")}
    asked = {**kept, **{name: value for name, value in sent.items() if name != "manager"}, "version": account.version}
    if "manager" not in sent or sent["manager"] is None:
        return {**asked, "manager": account.manager_id if "manager" not in sent else ""}
    user = User.objects.filter(username=sent["manager"]).first()
    return {**asked, "manager": user.pk if user else -1}


def _change_part(part: str) -> None:
    """A code may end like a part of an account: its record can be changed all the same."""

    @router.patch(f"/{{path:code}}/{part}", auth=needs(Right.EDIT_ACCOUNTS), include_in_schema=False)
    def change_odd_code(request: Asked, code: str, sent: AccountChange) -> HttpResponse:
        return change_account(request, f"{code}/{part}", sent)


for _part in PARTS:
    _change_part(_part)


ROUTERS: Final = (("/accounts", router),)
