"""/win-back/steps/: what becomes of a step."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import SAVED, done, say, tried
from vitalfew.recoveries import questions, stepping
from vitalfew.recoveries.beside import BESIDE
from vitalfew.recoveries.forms import DoForm, LeaveOutForm, MoveForm
from vitalfew.recoveries.models import RecoveryStep
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.step_listing import STEPS

steps = list_page(STEPS, BESIDE)
UNDO: Final = "recovery-step-reopen"
DONE: Final = _("Done")
SAID: Final = {"do": (DONE, UNDO), "leave_out": (_("Left out"), UNDO), "move": (SAVED, "")}


def _around(user: User, row: RecoveryStep) -> dict[str, Any]:
    begun = {"version": row.version, "on": timezone.localdate()}
    owner = row.owner.username if row.owner else ""
    moved = {"version": row.version, "due": row.due, "owner": owner, "title": gettext(row.title)}
    return {
        "step": row, "recovery": row.recovery, "may_step": user.may(RecoveryRight.WRITE) and row.recovery.is_open,
        "do": DoForm(initial=begun), "leave_out": LeaveOutForm(initial=begun), "move": MoveForm(row.account, initial=moved),
    }  # fmt: skip


PAGES: Final = Pages(questions.steps, "recoveries/step.html", _around, see=RecoveryRight.SEE, write=RecoveryRight.WRITE)
step = PAGES.shows()


def _sent(request: HttpRequest, pk: int, name: str, form: Any, act: Any) -> HttpResponse:
    """By its form; then one is back at the attempt."""
    user = signed_in(request)
    if made := tried(form, lambda: act(user, pk, **form.cleaned_data)):
        said, undo = SAID[name]
        say(request, said, undo, made)
        return redirect(made.recovery)
    return PAGES.shown(request, PAGES.found(request, pk), {name: form}, status=422)


@needs(RecoveryRight.WRITE)
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    PAGES.found(request, pk)
    return _sent(request, pk, "do", DoForm(request.POST), stepping.do)


@needs(RecoveryRight.WRITE)
@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    PAGES.found(request, pk)
    return _sent(request, pk, "leave_out", LeaveOutForm(request.POST), stepping.leave_out)


@needs(RecoveryRight.WRITE)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, somebody else, or another day; the playbook's words that nobody changed stay in every language."""
    row = PAGES.found(request, pk)

    def act(user: User, number: int, **fields: Any) -> RecoveryStep:
        kept = row.title if fields["title"] == gettext(row.title) else fields["title"]
        return stepping.change(user, number, **{**fields, "title": kept})

    return _sent(request, pk, "move", MoveForm(row.account, request.POST), act)


@needs(RecoveryRight.WRITE)
@require_POST
def quick(request: HttpRequest, pk: int) -> HttpResponse:
    """By one touch: done today."""
    user, row = signed_in(request), PAGES.found(request, pk)
    today = timezone.localdate()
    return done(
        request, lambda: stepping.do(user, pk, row.version, on=today), row.recovery, DONE, undo=UNDO, back=row.recovery
    )


reopen = PAGES.does(stepping.reopen, _("It is open again"))
