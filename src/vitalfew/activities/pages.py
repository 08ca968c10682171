"""/activities/: the log, one of its lines, and logging in a few seconds."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.activities import actions, questions
from vitalfew.activities.commented import KIND
from vitalfew.activities.forms import ActivityForm
from vitalfew.activities.listing import ACTIVITIES
from vitalfew.activities.models import Activity
from vitalfew.activities.rights import ActivityRight
from vitalfew.activities.ways import Way
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import Stale


@needs(ActivityRight.SEE)
@require_GET
def activities(request: HttpRequest) -> HttpResponseBase:
    return listed(request, ACTIVITIES)


@needs(ActivityRight.LOG)
def new(request: HttpRequest) -> HttpResponse:
    """Log what was done; asked from an account's page, that account is known."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    begun = {"day": timezone.localdate(), "way": request.GET.get("way", Way.VISIT)}
    form = ActivityForm(user, account, sent, request.FILES or None, initial=begun)
    if sent is not None and form.is_valid():
        where = account or form.cleaned_data["account"]
        try:
            made = questions.twin(user, where, _fields(form)) or actions.log(
                user, where, _fields(form), form.cleaned_data.get("file"), form.cleaned_data["key"]
            )
        except OSError:
            form.add_error("file", _("The server's disk is full or cannot be written to. Tell its administrator"))
            return render(request, "activities/new.html", {"form": form, "account": account}, status=422)
        messages.success(request, _("Logged"), extra_tags=f"undo:{reverse('activity-away', args=[made.pk])}")
        kept_at = f"{where.get_absolute_url()}?tab=timeline"
        if request.headers.get("X-Outbox"):
            return HttpResponse(status=204, headers={"X-Kept-At": kept_at})
        return redirect(kept_at)
    context = {"form": form, "account": account}
    return render(request, "activities/new.html", context, status=200 if sent is None else 422)


def _fields(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name in actions.FIELDS}


def _activity(request: HttpRequest, pk: int) -> Activity:
    found = questions.activities(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(ActivityRight.SEE)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One line in full; who logged it can correct it."""
    user, one, sent = signed_in(request), _activity(request, pk), request.POST or None
    around = {"activity": one, "thread": thread(user, one.account, KIND, pk), "files": one.files.all()}
    if not questions.may_change(user, one):
        return render(request, "activities/activity.html", around, status=200 if sent is None else 403)
    form = ActivityForm(user, one.account, sent, instance=_activity(request, pk), initial={"version": one.version})
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, _fields(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(f"{one.account.get_absolute_url()}?tab=timeline")
    return render(request, "activities/activity.html", {**around, "form": form}, status=200 if sent is None else 422)


@needs(ActivityRight.LOG)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the timeline; a moment later it can still be fetched back."""
    one = _activity(request, pk)
    actions.put_away(signed_in(request), pk)
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('activity-back', args=[pk])}")
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(f"{one.account.get_absolute_url()}?tab=timeline")


@needs(ActivityRight.LOG)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.fetch_back(signed_in(request), pk)
    except Activity.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)
