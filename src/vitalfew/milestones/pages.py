"""/milestones/: the list, a day and what became of it each time."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.asked import account_asked
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.milestones import actions, questions
from vitalfew.milestones.commented import KIND
from vitalfew.milestones.forms import CongratulateForm, LeaveOutForm, MilestoneForm, ReplyForm
from vitalfew.milestones.listing import MILESTONES
from vitalfew.milestones.models import Milestone
from vitalfew.milestones.rights import MilestoneRight
from vitalfew.milestones.words import Became
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed

milestones = list_page(MILESTONES)


@needs(MilestoneRight.KEEP)
def new(request: HttpRequest) -> HttpResponse:
    """Note a day; asked from an account's page, that account is known, and its people can be chosen."""
    user, account = signed_in(request), account_asked(request)
    form = MilestoneForm(user, account, request.POST or None, initial={"lead": None})

    def act() -> Milestone:
        return actions.note(user, account or form.cleaned_data["account"], picked(form, actions.FIELDS))

    return added(request, form, act, "milestones/new.html", {"account": account}, undo="milestone-away")


def _around(user: User, row: Milestone) -> dict[str, Any]:
    begun = {"version": row.version, "done_on": timezone.localdate(), "on": timezone.localdate()}
    came = list(row.celebrations.select_related("who"))
    return {
        "milestone": row, "came": came, "may_change": questions.may_change(user, row),
        "answered": any(each.became == Became.ANSWERED for each in came),
        "thread": thread(user, row.account, KIND, row.pk), "congratulate": CongratulateForm(initial=begun),
        "leave_out": LeaveOutForm(initial=begun), "reply": ReplyForm(initial=begun),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.milestones, "milestones/milestone.html", _around, see=MilestoneRight.SEE, write=MilestoneRight.KEEP
)
milestone = PAGES.shows()


@needs(MilestoneRight.KEEP)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "kind": row.kind, "owner": row.owner.username if row.owner else ""}
    form = MilestoneForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)),
        "milestones/edit.html", {"milestone": row},
    )  # fmt: skip


congratulate = PAGES.takes("congratulate", CongratulateForm, actions.congratulate, undo="milestone-take-back")
leave_out = PAGES.takes("leave_out", LeaveOutForm, actions.leave_out, undo="milestone-take-back")
reply = PAGES.takes("reply", ReplyForm, actions.reply)
take_back = PAGES.does(actions.take_back, _("It is open again"))
put_away = PAGES.puts_away(actions.put_away, undo="milestone-back", to=tab("milestones"))
fetch_back = PAGES.fetches_back(actions.fetch_back)
