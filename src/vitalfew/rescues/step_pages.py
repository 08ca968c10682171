"""/rescues/steps/: what becomes of a step."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import SAVED, done, say, tried
from vitalfew.rescues import questions, stepping
from vitalfew.rescues.beside import BESIDE
from vitalfew.rescues.forms import DoForm, LeaveOutForm, MoveForm
from vitalfew.rescues.models import RescueStep
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.step_listing import STEPS

steps = list_page(STEPS, BESIDE)
UNDO: Final = "rescue-step-reopen"
DONE: Final = _("Done")
SAID: Final = {"do": (DONE, UNDO), "leave_out": (_("Left out"), UNDO), "move": (SAVED, "")}


def _around(user: User, row: RescueStep) -> dict[str, Any]:
    begun = {"version": row.version, "on": timezone.localdate()}
    moved = {"version": row.version, "due": row.due, "owner": row.owner.username if row.owner else ""}
    return {
        "step": row, "rescue": row.rescue, "may_step": user.may(RescueRight.STEP) and row.rescue.is_open,
        "do": DoForm(initial=begun), "leave_out": LeaveOutForm(initial=begun), "move": MoveForm(row.account, initial=moved),
    }  # fmt: skip


PAGES: Final = Pages(questions.steps, "rescues/step.html", _around, see=RescueRight.SEE, write=RescueRight.STEP)
step = PAGES.shows()


def _sent(request: HttpRequest, pk: int, name: str, form: Any, act: Any) -> HttpResponse:
    """By its form; then one is back at the plan."""
    user = signed_in(request)
    if made := tried(form, lambda: act(user, pk, **form.cleaned_data)):
        said, undo = SAID[name]
        say(request, said, undo, made)
        return redirect(made.rescue)
    return PAGES.shown(request, PAGES.found(request, pk), {name: form}, status=422)


@needs(RescueRight.STEP)
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    PAGES.found(request, pk)
    return _sent(request, pk, "do", DoForm(request.POST), stepping.do)


@needs(RescueRight.STEP)
@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    PAGES.found(request, pk)
    return _sent(request, pk, "leave_out", LeaveOutForm(request.POST), stepping.leave_out)


@needs(RescueRight.STEP)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else does it, or by another day."""
    row = PAGES.found(request, pk)
    return _sent(request, pk, "move", MoveForm(row.account, request.POST), stepping.change)


@needs(RescueRight.STEP)
@require_POST
def quick(request: HttpRequest, pk: int) -> HttpResponse:
    """By one touch: done today."""
    user, row = signed_in(request), PAGES.found(request, pk)
    today = timezone.localdate()
    return done(
        request, lambda: stepping.do(user, pk, row.version, on=today), row.rescue, DONE, undo=UNDO, back=row.rescue
    )


reopen = PAGES.does(stepping.reopen, _("It is open again"))
