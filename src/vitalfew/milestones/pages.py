"""/milestones/: the list, a day and what became of it each time."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import listed
from vitalfew.milestones import actions, questions
from vitalfew.milestones.commented import KIND
from vitalfew.milestones.forms import CongratulateForm, LeaveOutForm, MilestoneForm, ReplyForm, SettleForm
from vitalfew.milestones.listing import MILESTONES
from vitalfew.milestones.models import Milestone
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.milestones.words import Became
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale

FORMS: Final = {"congratulate": CongratulateForm, "leave_out": LeaveOutForm, "reply": ReplyForm}
YEAR: Final = timedelta(days=365)


@needs(MilestoneRight.SEE)
@require_GET
def milestones(request: HttpRequest) -> HttpResponseBase:
    return listed(request, MILESTONES)


@needs(MilestoneRight.KEEP)
def new(request: HttpRequest) -> HttpResponse:
    """Note a day; asked from an account's page, that account is known, and its people can be chosen."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    form = MilestoneForm(user, account, sent, initial={"lead": None})
    if sent is not None and form.is_valid():
        made = actions.note(user, account or form.cleaned_data["account"], _fields(form))
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('milestone-away', args=[made.pk])}")
        return redirect(made)
    context = {"form": form, "account": account}
    return render(request, "milestones/new.html", context, status=200 if sent is None else 422)


def _fields(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name in actions.FIELDS}


def _milestone(request: HttpRequest, pk: int) -> Milestone:
    found = questions.milestones(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(MilestoneRight.SEE)
@require_GET
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """A day in full, and what was made of it each time."""
    return render(request, "milestones/milestone.html", _around(signed_in(request), _milestone(request, pk)))


def _around(user: User, row: Milestone, sent: Mapping[str, SettleForm] | None = None) -> dict[str, Any]:
    begun = {"version": row.version, "done_on": timezone.localdate(), "on": timezone.localdate()}
    forms = {name: form(initial=begun) for name, form in FORMS.items()}
    came = list(row.celebrations.select_related("who"))
    return {
        "milestone": row, "came": came, "may_change": questions.may_change(user, row),
        "answered": any(each.became == Became.ANSWERED for each in came),
        "thread": thread(user, row.account, KIND, row.pk), **forms, **(sent or {}),
    }  # fmt: skip


@needs(MilestoneRight.KEEP)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), _milestone(request, pk), request.POST or None
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "kind": row.kind, "owner": row.owner.username if row.owner else ""}
    form = MilestoneForm(user, row.account, sent, instance=_milestone(request, pk), initial=begun)
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, _fields(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(row)
    context = {"form": form, "milestone": row}
    return render(request, "milestones/edit.html", context, status=200 if sent is None else 422)


@needs(MilestoneRight.KEEP)
@require_POST
def congratulate(request: HttpRequest, pk: int) -> HttpResponse:
    """Something was sent or said."""
    return _settled(request, pk, "congratulate", lambda user, said: actions.congratulate(user, pk, **said))


@needs(MilestoneRight.KEEP)
@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is sent this time."""
    return _settled(request, pk, "leave_out", lambda user, said: actions.leave_out(user, pk, **said))


@needs(MilestoneRight.KEEP)
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Something came back."""
    return _settled(request, pk, "reply", lambda user, said: actions.reply(user, pk, **said), undo=False)


def _settled(
    request: HttpRequest, pk: int, name: str, act: Callable[[User, dict[str, Any]], Milestone], *, undo: bool = True
) -> HttpResponse:
    user, row = signed_in(request), _milestone(request, pk)
    form = FORMS[name](request.POST)
    if form.is_valid():
        try:
            act(user, dict(form.cleaned_data))
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": stale.current.version}
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            again = f"undo:{reverse('milestone-take-back', args=[pk])}" if undo else ""
            messages.success(request, _("Saved"), extra_tags=again)
            return redirect(row)
    return render(request, "milestones/milestone.html", _around(user, row, {name: form}), status=422)


@needs(MilestoneRight.KEEP)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The last time is open again."""
    try:
        row = _there(lambda: actions.take_back(signed_in(request), pk))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect("milestone", pk)
    messages.success(request, _("It is open again"))
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)


@needs(MilestoneRight.KEEP)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the lists; a moment later it can still be fetched back."""
    row = _there(lambda: actions.put_away(signed_in(request), pk))
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('milestone-back', args=[pk])}")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(f"{row.account.get_absolute_url()}?tab=milestones")


@needs(MilestoneRight.KEEP)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    _there(lambda: actions.fetch_back(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def _there(act: Callable[[], Milestone]) -> Milestone:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except Milestone.DoesNotExist:
        raise Http404 from None
