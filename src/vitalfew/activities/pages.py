"""/activities/: the log, one of its lines, and logging in a few seconds."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vitalfew.accounts.asked import account_asked
from vitalfew.activities import actions, questions
from vitalfew.activities.commented import KIND
from vitalfew.activities.forms import ActivityForm
from vitalfew.activities.listing import ACTIVITIES
from vitalfew.activities.models import Activity
from vitalfew.activities.rights import ActivityRight
from vitalfew.activities.ways import Way
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import changed, form_page, say, tried

activities = list_page(ACTIVITIES)
in_timeline: Final = tab("timeline")


@needs(ActivityRight.LOG)
def new(request: HttpRequest) -> HttpResponse:
    """Log what was done; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    begun = {"day": timezone.localdate(), "way": request.GET.get("way", Way.VISIT)}
    form = ActivityForm(user, account, request.POST or None, request.FILES or None, initial=begun)

    def act() -> Activity:
        said, fields = form.cleaned_data, picked(form, actions.FIELDS)
        where = account or said["account"]
        return questions.twin(user, where, fields) or actions.log(user, where, fields, said.get("file"), said["key"])

    if (made := tried(form, act)) is None:
        return form_page(request, form, "activities/new.html", {"account": account})
    say(request, _("Logged"), undo="activity-away", made=made)
    if request.headers.get("X-Outbox"):
        return HttpResponse(status=204, headers={"X-Kept-At": in_timeline(made)})
    return redirect(in_timeline(made))


PAGES: Final = Pages(questions.activities, see=ActivityRight.SEE, write=ActivityRight.LOG)


@needs(ActivityRight.SEE)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """One line in full; who logged it can correct it."""
    user, one, sent = signed_in(request), PAGES.found(request, pk), request.POST or None
    around = {"activity": one, "thread": thread(user, one.account, KIND, pk), "files": one.files.all()}
    if not questions.may_change(user, one):
        return render(request, "activities/activity.html", around, status=200 if sent is None else 403)
    form = ActivityForm(user, one.account, sent, instance=PAGES.found(request, pk), initial={"version": one.version})
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)),
        "activities/activity.html", around, to=in_timeline(one),
    )  # fmt: skip


put_away = PAGES.puts_away(actions.put_away, undo="activity-back", to=in_timeline)
fetch_back = PAGES.fetches_back(actions.fetch_back)
