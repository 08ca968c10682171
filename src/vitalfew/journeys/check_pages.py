"""/journeys/checks/: the list of checks, one of them, and what becomes of it."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.journeys import checking, questions
from vitalfew.journeys.beside import BESIDE
from vitalfew.journeys.forms import DoForm, HandOnForm, LeaveOutForm
from vitalfew.journeys.listing import CHECKS
from vitalfew.journeys.models import Check
from vitalfew.journeys.rights import JourneyRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import done, say, tried

DONE: Final = _("Done")
UNDO: Final = "journey-check-reopen"

checks = list_page(CHECKS, BESIDE)


def _around(user: User, row: Check) -> dict[str, Any]:
    begun = {"version": row.version, "on": timezone.localdate()}
    return {
        "check": row, "journey": row.journey, "may_check": user.may(JourneyRight.CHECK),
        "do": DoForm(user, row, initial=begun), "leave_out": LeaveOutForm(initial=begun),
        "hand_on": HandOnForm(row.account, initial=begun),
    }  # fmt: skip


PAGES: Final = Pages(questions.checks, "journeys/check.html", _around, see=JourneyRight.SEE, write=JourneyRight.CHECK)
check = PAGES.shows()


@needs(JourneyRight.CHECK)
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """By its form; then one is back at the journey."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = DoForm(user, row, request.POST, request.FILES)
    if made := tried(form, lambda: checking.do(user, pk, **form.cleaned_data)):
        say(request, DONE, UNDO, made)
        return redirect(row.journey)
    return PAGES.shown(request, PAGES.found(request, pk), {"do": form}, status=422)


@needs(JourneyRight.CHECK)
@require_POST
def fine(request: HttpRequest, pk: int) -> HttpResponse:
    """By one touch: done today, all fine."""
    user, row = signed_in(request), PAGES.found(request, pk)
    today = timezone.localdate()
    return done(request, lambda: checking.do(user, pk, row.version, on=today), row.journey, DONE, undo=UNDO, back=row)


@needs(JourneyRight.CHECK)
@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    row = PAGES.found(request, pk)
    form = HandOnForm(row.account, request.POST)
    return PAGES.sent(request, row, "hand_on", form, checking.hand_on, said=_("Handed on"))


leave_out = PAGES.takes("leave_out", LeaveOutForm, checking.leave_out, undo=UNDO)
reopen = PAGES.does(checking.reopen, _("It is open again"))
