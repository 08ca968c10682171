"""Who decides in whose place, and up to which amount each role decides."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.approvals import actions, questions
from vitalfew.approvals.forms import DelegationForm, LimitForm
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.listing import DELEGATIONS, LIMITS
from vitalfew.approvals.models import Delegation, Limit
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale


@needs(ApprovalRight.DECIDE)
@require_GET
def delegations(request: HttpRequest) -> HttpResponseBase:
    return listed(request, DELEGATIONS)


@needs(ApprovalRight.DECIDE)
def new_delegation(request: HttpRequest) -> HttpResponse:
    user, sent = signed_in(request), request.POST or None
    form = DelegationForm(user, sent)
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        made = actions.delegate(user, said["deputy"], said["since"], said["until"])
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('delegation-away', args=[made.pk])}")
        return redirect("delegations")
    return render(request, "approvals/delegation.html", {"form": form}, status=200 if sent is None else 422)


@needs(ApprovalRight.DECIDE)
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who decides, or the days; whoever was named only reads it."""
    user, sent = signed_in(request), request.POST or None
    row = questions.delegations(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    if row.user_id != user.pk and not user.may(ApprovalRight.LIMITS):
        return render(request, "approvals/delegation.html", {"delegation": row}, status=200 if sent is None else 403)
    begun = {"version": row.version, "deputy": row.deputy.username}
    form = DelegationForm(row.user, sent, instance=questions.delegations(user).get(pk=pk), initial=begun)
    if sent is not None and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("deputy", "since", "until")}
        return _saved(
            request, form, "delegations",
            lambda: actions.change_delegation(user, pk, form.cleaned_data["version"] or 0, fields),
        )  # fmt: skip
    context = {"form": form, "delegation": row}
    return render(request, "approvals/delegation.html", context, status=200 if sent is None else 422)


def _saved(request: HttpRequest, form: Any, route: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Stale as stale:
        return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
    messages.success(request, _("Saved"))
    return redirect(route)


@needs(ApprovalRight.DECIDE)
@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    return _away(request, "delegations", "delegation-back", pk, lambda: actions.end_delegation(signed_in(request), pk))


@needs(ApprovalRight.DECIDE)
@require_POST
def delegation_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _back(request, lambda: actions.fetch_delegation_back(signed_in(request), pk))


@needs(ApprovalRight.LIMITS)
@require_GET
def limits(request: HttpRequest) -> HttpResponseBase:
    return listed(request, LIMITS)


@needs(ApprovalRight.LIMITS)
def new_limit(request: HttpRequest) -> HttpResponse:
    user, sent = signed_in(request), request.POST or None
    form = LimitForm(sent, currency=questions.currency())
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.set_limit(user, said["kind"], said["role"], said["amount"])
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('approval-limit-away', args=[made.pk])}")
            return redirect("approval-limits")
    return render(request, "approvals/limit.html", {"form": form}, status=200 if sent is None else 422)


@needs(ApprovalRight.LIMITS)
def limit(request: HttpRequest, pk: int) -> HttpResponse:
    user, sent = signed_in(request), request.POST or None
    row = questions.limits(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    form = LimitForm(
        sent,
        currency=questions.currency(),
        instance=questions.limits(user).get(pk=pk),
        initial={"version": row.version},
    )
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        return _saved(
            request, form, "approval-limits",
            lambda: actions.change_limit(user, pk, said["version"] or 0, said["amount"]),
        )  # fmt: skip
    context = {"form": form, "limit": row, "kind": kinds()[row.kind]}
    return render(request, "approvals/limit.html", context, status=200 if sent is None else 422)


@needs(ApprovalRight.LIMITS)
@require_POST
def drop_limit(request: HttpRequest, pk: int) -> HttpResponse:
    return _away(
        request, "approval-limits", "approval-limit-back", pk, lambda: actions.drop_limit(signed_in(request), pk)
    )


@needs(ApprovalRight.LIMITS)
@require_POST
def limit_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _back(request, lambda: actions.fetch_limit_back(signed_in(request), pk))


def _away(request: HttpRequest, route: str, undo: str, pk: int, act: Callable[[], object]) -> HttpResponse:
    _there(act)
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse(undo, args=[pk])}")
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(route)


def _back(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        _there(act)
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def _there(act: Callable[[], object]) -> None:
    """Nothing is there where the user sees nothing, or may not."""
    try:
        act()
    except (Delegation.DoesNotExist, Limit.DoesNotExist, Forbidden):
        raise Http404 from None
