"""/approvals/: what waits for whom, what was decided, and asking for it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.approvals import actions, questions
from vitalfew.approvals.deciding import authorities, deciders
from vitalfew.approvals.forms import ApproveForm, AskForm, SendBackForm, VersionForm
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.listing import APPROVALS
from vitalfew.approvals.models import Approval
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.approvals.words import ApprovalState
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale

FORMS: Final = {"approve": ApproveForm, "send_back": SendBackForm}
OPEN: Final = frozenset({ApprovalState.WAITING, ApprovalState.RETURNED})


@needs(ApprovalRight.SEE)
@require_GET
def approvals(request: HttpRequest) -> HttpResponseBase:
    return listed(request, APPROVALS)


@needs(ApprovalRight.ASK)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for something; asked from an account's page, that account is known."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    form = AskForm(user, account, sent, currency=questions.currency(), initial={"kind": request.GET.get("kind", "")})
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        made = actions.ask_by_hand(user, said["kind"], account or said["account"], _fields(said))
        messages.success(request, _("Asked for: it waits for whoever may approve it"))
        return redirect(made)
    context = {"form": form, "account": account}
    return render(request, "approvals/new.html", context, status=200 if sent is None else 422)


def _fields(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in actions.FIELDS if name in said}


def _approval(request: HttpRequest, pk: int) -> Approval:
    found = questions.approvals(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(ApprovalRight.SEE)
@require_GET
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """One in full: what is asked for, who may decide, and its whole history."""
    return render(request, "approvals/approval.html", _around(signed_in(request), _approval(request, pk)))


def _around(user: User, row: Approval, sent: Mapping[str, VersionForm] | None = None) -> dict[str, Any]:
    forms = {name: form(initial={"version": row.version}) for name, form in FORMS.items()}
    mine = row.asked_by_id == user.pk
    return {
        "approval": row, "kind": kinds()[row.kind], "steps": list(row.steps.all()),
        "authority": authorities(user, [row]).get(row.pk), "deciders": deciders(row) if row.is_waiting else [],
        "can_withdraw": mine and row.state in OPEN,
        "can_ask_again": mine and row.state in {ApprovalState.RETURNED, ApprovalState.WITHDRAWN} and row.number is None,
        **forms, **(sent or {}),
    }  # fmt: skip


@needs(ApprovalRight.DECIDE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, "approve", lambda user, said: actions.approve(user, pk, **said))


@needs(ApprovalRight.DECIDE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, "send_back", lambda user, said: actions.send_back(user, pk, **said))


def _decided(request: HttpRequest, pk: int, name: str, act: Callable[[User, dict[str, Any]], Approval]) -> HttpResponse:
    user, row = signed_in(request), _approval(request, pk)
    form = FORMS[name](request.POST)
    if form.is_valid():
        try:
            act(user, dict(form.cleaned_data))
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": stale.current.version}
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        except Forbidden:
            form.add_error(None, _("This is not yours to decide: who asked doesn't, and limits hold"))
        else:
            messages.success(request, _("Decided, and written down"))
            return redirect(row)
    return render(request, "approvals/approval.html", _around(user, _approval(request, pk), {name: form}), status=422)


@needs(ApprovalRight.ASK)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _approval(request, pk), VersionForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.withdraw(signed_in(request), pk, form.cleaned_data["version"])
    except Stale:
        messages.error(request, _("Somebody changed this meanwhile: look, and send it again"))
    except NotPossible as why:
        messages.error(request, _(str(why)))
    except Forbidden:
        raise Http404 from None
    else:
        messages.success(request, _("Withdrawn"))
    return redirect(row)


@needs(ApprovalRight.ASK)
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what was sent back, and ask again."""
    user, row, sent = signed_in(request), _approval(request, pk), request.POST or None
    if not _around(user, row)["can_ask_again"]:
        raise Http404
    begun = {"version": row.version}
    form = AskForm(
        user, row.account, sent, currency=questions.currency(), instance=_approval(request, pk), initial=begun
    )
    if sent is not None and form.is_valid():
        try:
            actions.ask_again(user, pk, form.cleaned_data["version"] or 0, _fields(form.cleaned_data))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Asked for: it waits for whoever may approve it"))
        return redirect(row)
    context = {"form": form, "account": row.account, "approval": row}
    return render(request, "approvals/new.html", context, status=200 if sent is None else 422)
