"""/alarms/: the list, one alarm and answering it; how one is told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.parts import all_touches
from vitalfew.alarms import actions, mailing, questions
from vitalfew.alarms.forms import WishForm
from vitalfew.alarms.listing import ALARMS
from vitalfew.alarms.models import Alarm
from vitalfew.alarms.rights import AlarmRight
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale

MOST = 12
"""So much of what was done since is shown."""


@needs(AlarmRight.SEE)
@require_GET
def alarms(request: HttpRequest) -> HttpResponseBase:
    return listed(request, ALARMS)


@needs(AlarmRight.SEE)
@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """How many wait for the user: what the bell shows."""
    return render(request, "alarms/count.html", {"n": questions.waiting(signed_in(request)), "most": questions.COUNTED})


@needs(AlarmRight.SEE)
@require_POST
def acknowledge_all(request: HttpRequest) -> HttpResponse:
    """Those that are picked in the list."""
    numbers = [int(each) for each in request.POST.getlist("pk") if each.isdecimal() and len(each) < len(str(2**63))]
    done = actions.acknowledge_all(signed_in(request), numbers)
    messages.success(request, _("Alarms acknowledged: %(n)s") % {"n": done})
    return redirect("alarms")


def _alarm(request: HttpRequest, pk: int) -> Alarm:
    found = questions.alarms(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(AlarmRight.SEE)
@require_GET
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """One in full: what to do, who was told, what was done since."""
    user, row = signed_in(request), _alarm(request, pk)
    context = {
        "alarm": row, "kind": row.of, "tellings": questions.tellings(row), "earlier": questions.earlier(user, row),
        "since": _since(user, row), "posts": list(row.posts.select_related("hook")),
    }  # fmt: skip
    return render(request, "alarms/alarm.html", context)


def _since(user: User, row: Alarm) -> list[Any]:
    """What passed between the account and us from its day on, as far as the user may know it."""
    if row.account is None:
        return []
    first, today = timezone.localdate(row.raised_at), timezone.localdate()
    return [touch for touch in all_touches(user, row.account) if first <= touch.day <= today][:MOST]


@needs(AlarmRight.SEE)
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, actions.acknowledge, _("Acknowledged: it goes no higher"))


@needs(AlarmRight.SEE)
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, actions.finish, _("Done"))


def _answered(request: HttpRequest, pk: int, act: Callable[[User, int, int], Alarm], said: str) -> HttpResponse:
    row, sent = _alarm(request, pk), request.POST.get("version", "")
    try:
        act(signed_in(request), pk, int(sent) if sent.isdecimal() and len(sent) < 10 else row.version)  # noqa: PLR2004  (a version)
    except Stale:
        messages.error(request, _("Somebody changed this meanwhile: look, and send it again"))
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, said, extra_tags=f"undo:{reverse('alarm-reopen', args=[pk])}")
    return redirect(row)


@needs(AlarmRight.SEE)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = _alarm(request, pk)
    try:
        actions.reopen(signed_in(request), pk)
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, _("Open again"))
    return redirect(row)


@needs(AlarmRight.SEE)
def wish(request: HttpRequest) -> HttpResponse:
    """How the user is told, beside the page."""
    user, sent = signed_in(request), request.POST or None
    row = questions.wish_of(user)
    form = WishForm(sent, instance=questions.wish_of(user), initial={"version": row.version})
    if sent is not None and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in actions.OF_WISH}
        try:
            actions.wish(user, form.cleaned_data["version"] or 0, fields)
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect("alarm-wish")
    context = {"form": form, "mail_works": mailing.is_set_up(), "user_email": user.email, "wish": row}
    return render(request, "alarms/wish.html", context, status=200 if sent is None else 422)
