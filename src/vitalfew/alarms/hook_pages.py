"""/alarm-hooks/: addresses of other systems, tried, and what failed."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.alarms import actions, questions
from vitalfew.alarms.forms import HookForm, overtaken
from vitalfew.alarms.listing import HOOKS
from vitalfew.alarms.models import Hook
from vitalfew.alarms.rights import AlarmRight
from vitalfew.alarms.work import deliver_soon
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import Stale

SHOWN: Final = 20


@needs(AlarmRight.POST)
@require_GET
def hooks(request: HttpRequest) -> HttpResponseBase:
    return listed(request, HOOKS)


@needs(AlarmRight.POST)
def new(request: HttpRequest) -> HttpResponse:
    user, sent = signed_in(request), request.POST or None
    form = HookForm(sent)
    if sent is not None and form.is_valid():
        made = actions.add_hook(user, _fields(form))
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('alarm-hook-away', args=[made.pk])}")
        return redirect(made)
    return render(request, "alarms/hook.html", {"form": form}, status=200 if sent is None else 422)


def _fields(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in actions.OF_HOOK}


@needs(AlarmRight.POST)
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    user, sent = signed_in(request), request.POST or None
    row = questions.hooks(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    begun = {"version": row.version, "url": "", "secret": ""}
    form = HookForm(sent, instance=questions.hooks(user).get(pk=pk), initial=begun)
    if sent is not None and form.is_valid():
        try:
            actions.change_hook(user, pk, form.cleaned_data["version"] or 0, _fields(form))
        except Stale as stale:
            overtaken(form, stale)
        else:
            messages.success(request, _("Saved"))
            return redirect(row)
    posts = row.posts.select_related("alarm__account")[:SHOWN]
    return render(
        request, "alarms/hook.html", {"form": form, "hook": row, "posts": posts}, status=200 if sent is None else 422
    )


@needs(AlarmRight.POST)
@require_POST
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """A trial post, sent in the background; what came of it stands on the page."""
    try:
        actions.try_hook(signed_in(request), pk)
    except Hook.DoesNotExist:
        raise Http404 from None
    deliver_soon()
    messages.success(request, _("On its way: look here in a moment"))
    return redirect("alarm-hook", pk)


@needs(AlarmRight.POST)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.drop_hook(signed_in(request), pk)
    except Hook.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('alarm-hook-back', args=[pk])}")
    return redirect("alarm-hooks")


@needs(AlarmRight.POST)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.fetch_hook_back(signed_in(request), pk)
    except Hook.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)
