"""What becomes of a plan: asked for, agreed to, begun, revised, reviewed, closed, gone on from."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.plans import actions, reading
from vitalfew.plans.forms import CloseForm, ReviewForm, SendBackForm
from vitalfew.plans.models import Plan
from vitalfew.plans.pages import around, found, there
from vitalfew.plans.rights import AccountPlanRight


@needs(AccountPlanRight.WRITE)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person is asked to agree."""
    return _moved(request, pk, actions.ask, undo="account-plan-revise")


@needs(AccountPlanRight.AGREE)
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreed: what stands in it is kept as a version. It is the one that was read, or nothing is agreed to."""
    read = request.POST.get("version", "")
    version = int(read) if read.isascii() and read.isdecimal() else 0
    return _moved(request, pk, lambda user, number: actions.agree(user, number, version))


@needs(AccountPlanRight.WRITE)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, actions.begin)


@needs(AccountPlanRight.WRITE)
@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft again; what was agreed to stays kept."""
    return _moved(request, pk, actions.revise)


@needs(AccountPlanRight.WRITE)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _moved(request, pk, actions.reopen)


@needs(AccountPlanRight.WRITE)
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The next plan from this one."""
    row = found(request, pk)
    title = _("Plan %(year)s") % {"year": row.until.year + 1}
    made = there(lambda: actions.go_on(signed_in(request), pk, title))
    undo = f"undo:{reverse('account-plan-away', args=[made.pk])}"
    messages.success(request, _("The next plan is begun: set its targets anew"), extra_tags=undo)
    return redirect(made)


@needs(AccountPlanRight.AGREE)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It is to be thought over, and why."""
    form = SendBackForm(request.POST)
    return _settled(request, pk, "send_back", form, lambda user: actions.send_back(user, pk, form.cleaned_data["why"]))


@needs(AccountPlanRight.WRITE)
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at; it goes on until the next review."""
    form = ReviewForm(request.POST)
    return _settled(request, pk, "review", form, lambda user: actions.put_off(user, pk, **form.cleaned_data))


@needs(AccountPlanRight.WRITE)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Reviewed and done with; how far each goal came is kept."""
    form, row = CloseForm(request.POST), found(request, pk)

    def act(user: User) -> Plan:
        said = dict(form.cleaned_data)
        return actions.close(user, pk, said.pop("version"), said, reading.kept(row))

    return _settled(request, pk, "close", form, act, undo="account-plan-reopen")


def _moved(request: HttpRequest, pk: int, act: Callable[[User, int], Plan], undo: str = "") -> HttpResponse:
    """By a button; where the plan's state forbids it, that is said."""
    row = found(request, pk)
    try:
        there(lambda: act(signed_in(request), pk))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    except Stale:
        messages.error(request, _("Somebody changed this meanwhile: look, and send it again"))
        return redirect(row)
    messages.success(request, _("Saved"), extra_tags=f"undo:{reverse(undo, args=[pk])}" if undo else "")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)


def _settled(
    request: HttpRequest, pk: int, name: str, form: Any, act: Callable[[User], Plan], *, undo: str = ""
) -> HttpResponse:
    user, row = signed_in(request), found(request, pk)
    if form.is_valid():
        try:
            there(lambda: act(user))
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": stale.current.version}
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{reverse(undo, args=[pk])}" if undo else "")
            return redirect(row)
    return render(request, "plans/plan.html", around(user, row, {name: form}), status=422)
