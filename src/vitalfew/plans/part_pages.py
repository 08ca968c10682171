"""What a plan is made of: added, corrected, taken out; actions ticked off, figures noted, effects worked out."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from vitalfew.language import Message
from vitalfew.lists.parts import PartPages
from vitalfew.people.fields import said
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.saving import done, form_page, say, tried
from vitalfew.plans import composing, effect, questions
from vitalfew.plans.models import Plan
from vitalfew.plans.pages import PAGES
from vitalfew.plans.part_forms import PART_FORMS, NoteForm
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.terms import gettext_noop

LONGEST: Final = 200
TITLES: Final = {
    "goal": gettext_noop("Goal"), "step": gettext_noop("Action"), "target": gettext_noop("White space"),
    "promotion": gettext_noop("Joint promotion"),
}  # fmt: skip


def _may_edit(user: User, row: Plan) -> bool:
    return questions.may_change(user, row) and row.is_draft


def _known(request: HttpRequest, row: Plan) -> dict[str, Any]:
    """What the page one came from knows, and the plan's time."""
    known = {each: request.GET[each][:LONGEST] for each in ("category", "amount") if request.GET.get(each)}
    return {"since": row.since, "until": row.until, "due": row.until, "our_share": 50, **known}


PARTS: Final = PartPages(
    PAGES, composing.PARTS, PART_FORMS, TITLES, "plans/part.html", "account-plan-part", _may_edit, _known
)
add, edit, take_out, bring_back = PARTS.adds(), PARTS.changes(), PARTS.takes_out(), PARTS.brings_back()


@needs(AccountPlanRight.SEE)
@require_POST
def tick_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The action is done, and what came of it."""
    user, (_step, row) = signed_in(request), PARTS.found(request, "step", pk)
    result = request.POST.get("result", "").strip()[:500]
    return done(request, lambda: composing.settle(user, pk, result), row, undo="account-plan-undone")


@needs(AccountPlanRight.SEE)
@require_POST
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    user, (_step, row) = signed_in(request), PARTS.found(request, "step", pk)
    return done(request, lambda: composing.unsettle(user, pk), row)


@needs(AccountPlanRight.WRITE)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a goal has come that the house can't read."""
    user, (goal, row) = signed_in(request), PARTS.found(request, "goal", pk)
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": goal.version, "figure": goal.figure, "source": goal.source, "figure_on": timezone.localdate()}
    form = NoteForm(request.POST or None, initial=begun)
    if tried(form, lambda: composing.note(user, pk, form.cleaned_data["version"], said(form))):
        say(request)
        return redirect(row)
    return form_page(request, form, "plans/part.html", {"plan": row, "title": str(goal), "name": f"note-{pk}"})


@needs(AccountPlanRight.WRITE)
@require_POST
def work_out(request: HttpRequest, pk: int) -> HttpResponse:
    """What a promotion changed, as far as can be told."""
    user, (promotion, row) = signed_in(request), PARTS.found(request, "promotion", pk)
    if not questions.may_change(user, row):
        raise Http404
    result = effect.worked_out(promotion)
    if isinstance(result, Message):
        messages.error(request, result.say(language()))
        return redirect(row)
    return done(request, lambda: composing.keep_effect(user, pk, effect.stored(result)), row)
