"""/incentive-cases/: training and breaches, with their evidence."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.incentives import actions, questions
from vitalfew.incentives.forms import CaseForm
from vitalfew.incentives.listing import CASES
from vitalfew.incentives.models import Case
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import Stale


@needs(IncentiveRight.SEE)
@require_GET
def cases(request: HttpRequest) -> HttpResponseBase:
    return listed(request, CASES)


@needs(IncentiveRight.RECORD)
def new(request: HttpRequest) -> HttpResponse:
    """Write one down; asked from an account's page, that account is known."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    form = CaseForm(user, account, sent, request.FILES or None, initial={"day": timezone.localdate()})
    if sent is not None and form.is_valid():
        try:
            made = actions.record(user, account or form.cleaned_data["account"], _said(form), form.cleaned_data["file"])
        except OSError:
            form.add_error("file", _("The server's disk is full or cannot be written to. Tell its administrator"))
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('incentive-case-away', args=[made.pk])}")
            return redirect(made)
    context = {"form": form, "account": account}
    return render(request, "incentives/case_new.html", context, status=200 if sent is None else 422)


def _said(form: CaseForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in actions.OF_CASE}


def _case(request: HttpRequest, pk: int) -> Case:
    return _there(lambda: questions.cases(signed_in(request)).get(pk=pk))


def _there(act: Callable[[], Case]) -> Case:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except Case.DoesNotExist:
        raise Http404 from None


@needs(IncentiveRight.SEE)
@require_GET
def case(request: HttpRequest, pk: int) -> HttpResponse:
    row = _case(request, pk)
    context = {
        "case": row,
        "files": list(row.files.all()),
        "may_change": questions.may_change_case(signed_in(request), row),
    }
    return render(request, "incentives/case.html", context)


@needs(IncentiveRight.RECORD)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), _case(request, pk), request.POST or None
    if not questions.may_change_case(user, row):
        raise Http404
    form = CaseForm(
        user, row.account, sent, instance=_case(request, pk), initial={"version": row.version, "kind": row.kind}
    )
    if sent is not None and form.is_valid():
        try:
            actions.change_case(user, pk, form.cleaned_data["version"] or 0, _said(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(row)
    context = {"form": form, "back": row, "draft": f"incentive-case-{pk}-{row.version}"}
    return render(request, "incentives/edit.html", context, status=200 if sent is None else 422)


@needs(IncentiveRight.RECORD)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts no more; a moment later it can still be fetched back."""
    _there(lambda: actions.put_case_away(signed_in(request), pk))
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('incentive-case-back', args=[pk])}")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect("incentive-cases")


@needs(IncentiveRight.RECORD)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    _there(lambda: actions.fetch_case_back(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)
