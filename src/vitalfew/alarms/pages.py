"""/alarms/: the list, one alarm and answering it; how one is told."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.parts import all_touches
from vitalfew.alarms import actions, questions, unseen
from vitalfew.alarms.forms import WishForm
from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.listing import ALARMS
from vitalfew.alarms.models import Alarm
from vitalfew.alarms.rights import AlarmRight
from vitalfew.lists.pages import listed
from vitalfew.lists.records import Pages
from vitalfew.outbox import server
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import changed, done, version_read

MOST = 12
"""So much of what was done since is shown."""


@needs(AlarmRight.SEE)
@require_GET
def alarms(request: HttpRequest) -> HttpResponseBase:
    """The list; who says which alarms there are reads above it which kinds could not be looked at."""
    oversees = signed_in(request).may(AlarmRight.RULE)
    return listed(request, ALARMS, told=unseen.said(kinds().values()) if oversees else [])


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


def _around(user: User, row: Alarm) -> dict[str, Any]:
    """What to do, who was told, what was done since."""
    return {
        "alarm": row, "kind": row.of, "tellings": questions.tellings(row), "earlier": questions.earlier(user, row),
        "since": _since(user, row), "posts": list(row.posts.select_related("hook")),
    }  # fmt: skip


def _since(user: User, row: Alarm) -> list[Any]:
    """What passed between the account and us from its day on, as far as the user may know it."""
    if row.account is None:
        return []
    first, today = timezone.localdate(row.raised_at), timezone.localdate()
    return [touch for touch in all_touches(user, row.account) if first <= touch.day <= today][:MOST]


PAGES: Final = Pages(questions.alarms, "alarms/alarm.html", _around, see=AlarmRight.SEE, write=AlarmRight.SEE)
alarm = PAGES.shows()


@needs(AlarmRight.SEE)
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, actions.acknowledge, _("Acknowledged: it goes no higher"))


@needs(AlarmRight.SEE)
@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, actions.finish, _("Done"))


def _answered(request: HttpRequest, pk: int, act: Callable[[User, int, int], Alarm], said: Any) -> HttpResponse:
    user, row, read = signed_in(request), PAGES.found(request, pk), version_read(request)
    version = row.version if read is None else read
    return done(request, lambda: act(user, pk, version), row, said, undo="alarm-reopen")


reopen = PAGES.does(actions.reopen, _("Open again"))


@needs(AlarmRight.SEE)
def wish(request: HttpRequest) -> HttpResponse:
    """How the user is told, beside the page."""
    user, row = signed_in(request), questions.wish_of(signed_in(request))
    form = WishForm(request.POST or None, instance=questions.wish_of(user), initial={"version": row.version})
    return changed(
        request, form, lambda version: actions.wish(user, version, picked(form, actions.OF_WISH)), "alarms/wish.html",
        {"mail_works": server.is_set_up(), "user_email": user.email, "wish": row}, to="alarm-wish",
    )  # fmt: skip
