"""/alarm-hooks/: addresses of other systems, tried, and what failed."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.alarms import actions, questions
from vitalfew.alarms.forms import HookForm
from vitalfew.alarms.listing import HOOKS
from vitalfew.alarms.models import Hook
from vitalfew.alarms.rights import AlarmRight
from vitalfew.alarms.work import deliver_soon
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import added, form_page, say, there, tried

SHOWN: Final = 20


hooks = list_page(HOOKS)


@needs(AlarmRight.POST)
def new(request: HttpRequest) -> HttpResponse:
    user, form = signed_in(request), HookForm(request.POST or None)
    return added(
        request, form, lambda: actions.add_hook(user, picked(form, actions.OF_HOOK)), "alarms/hook.html", {},
        undo="alarm-hook-away",
    )  # fmt: skip


PAGES: Final = Pages(questions.hooks, see=AlarmRight.POST, write=AlarmRight.POST)


@needs(AlarmRight.POST)
def hook(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    begun = {"version": row.version, "url": "", "secret": ""}
    form = HookForm(request.POST or None, instance=PAGES.found(request, pk), initial=begun)

    def act() -> Hook:
        version = form.cleaned_data["version"] or 0
        return actions.change_hook(user, pk, version, picked(form, actions.OF_HOOK))

    if tried(form, act):
        say(request)
        return redirect(row)
    posts = row.posts.select_related("alarm__account")[:SHOWN]
    return form_page(request, form, "alarms/hook.html", {"hook": row, "posts": posts})


@needs(AlarmRight.POST)
@require_POST
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """A trial post, sent in the background; what came of it stands on the page."""
    there(lambda: actions.try_hook(signed_in(request), pk))
    deliver_soon()
    say(request, _("On its way: look here in a moment"))
    return redirect("alarm-hook", pk)


put_away = PAGES.puts_away(actions.drop_hook, undo="alarm-hook-back", to="alarm-hooks")
fetch_back = PAGES.fetches_back(actions.fetch_hook_back)
