"""What a plan is made of: added, corrected, taken out; actions ticked off, figures noted, effects worked out."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.language import Message
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.plans import composing, effect, questions
from vitalfew.plans.models import Goal, Part, Plan, Promotion
from vitalfew.plans.pages import found, undone
from vitalfew.plans.part_forms import PART_FORMS, NoteForm
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.terms import gettext_noop

LONGEST: Final = 200
TITLES: Final = {
    "goal": gettext_noop("Goal"), "step": gettext_noop("Action"), "target": gettext_noop("White space"),
    "promotion": gettext_noop("Joint promotion"),
}  # fmt: skip
MEANWHILE: Final = gettext_noop("Somebody changed this meanwhile: look, and send it again")


@needs(AccountPlanRight.WRITE)
def add(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A goal, an action, a target or a promotion more."""
    user, row, sent = signed_in(request), found(request, pk), request.POST or None
    if name not in PART_FORMS or not (questions.may_change(user, row) and row.is_draft):
        raise Http404
    form = PART_FORMS[name](user, row, sent, initial=_known(request, row))
    if sent is not None and form.is_valid():
        part = composing.put_in(user, pk, name, _said(form))
        messages.success(request, _("Saved"), extra_tags=_undo(name, part, "out"))
        return redirect(row)
    return _shown(request, row, name, form)


def _known(request: HttpRequest, row: Plan) -> dict[str, Any]:
    """What the page one came from knows, and the plan's time."""
    asked = {each: request.GET[each][:LONGEST] for each in ("category", "amount") if request.GET.get(each)}
    return {"since": row.since, "until": row.until, "due": row.until, "our_share": 50, **asked}


@needs(AccountPlanRight.WRITE)
def edit(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Correct it, unless somebody saved meanwhile."""
    user, sent = signed_in(request), request.POST or None
    part: Any = _part(user, name, pk)
    if not (questions.may_change(user, part.plan) and part.plan.is_draft):
        raise Http404
    begun = {"version": part.version, "owner": part.owner.username if getattr(part, "owner", None) else ""}
    form = PART_FORMS[name](user, part.plan, sent, instance=_part(user, name, pk), initial=begun)
    if sent is not None and form.is_valid():
        try:
            composing.change(user, name, pk, form.cleaned_data["version"] or 0, _said(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(part.plan)
    return _shown(request, part.plan, name, form, part)


@needs(AccountPlanRight.WRITE)
@require_POST
def take_out(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Out of the plan; a moment later it can still be brought back."""
    part = _part(signed_in(request), name, pk)
    return _tried(request, part.plan, lambda user: composing.take_out(user, name, pk), _undo(name, part, "back"))


@needs(AccountPlanRight.WRITE)
@require_POST
def bring_back(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    user = signed_in(request)
    kept = questions.PARTS[name].objects.within_reach_of(user).filter(pk=pk).first() if name in PART_FORMS else None
    if kept is None:
        raise Http404
    return _tried(request, kept.plan, lambda who: composing.bring_back(who, name, pk))


@needs(AccountPlanRight.SEE)
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """The action is done, and what came of it."""
    step: Any = _part(signed_in(request), "step", pk)
    result = request.POST.get("result", "").strip()[:500]
    undo = undone(step, "account-plan-undone")
    return _tried(request, step.plan, lambda user: composing.settle(user, pk, result), undo)


@needs(AccountPlanRight.SEE)
@require_POST
def not_done(request: HttpRequest, pk: int) -> HttpResponse:
    step = _part(signed_in(request), "step", pk)
    return _tried(request, step.plan, lambda user: composing.unsettle(user, pk))


@needs(AccountPlanRight.WRITE)
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a goal has come that the house can't read."""
    user, sent = signed_in(request), request.POST or None
    goal: Any = _part(user, "goal", pk)
    if not questions.may_change(user, goal.plan):
        raise Http404
    begun = {"version": goal.version, "figure": goal.figure, "source": goal.source, "figure_on": timezone.localdate()}
    form = NoteForm(sent, initial=begun)
    if sent is not None and form.is_valid() and _noted(user, goal, form):
        messages.success(request, _("Saved"))
        return redirect(goal.plan)
    context = {"plan": goal.plan, "form": form, "title": str(goal), "name": f"note-{goal.pk}"}
    return render(request, "plans/part.html", context, status=200 if sent is None else 422)


def _noted(user: User, goal: Goal, form: Any) -> bool:
    said = dict(form.cleaned_data)
    try:
        composing.note(user, goal.pk, said.pop("version"), said)
    except Stale as stale:
        form.data = {**form.data.dict(), "version": stale.current.version}
        form.add_error(None, _(MEANWHILE))
    except NotPossible as why:
        form.add_error(None, _(str(why)))
    else:
        return True
    return False


@needs(AccountPlanRight.WRITE)
@require_POST
def work_out(request: HttpRequest, pk: int) -> HttpResponse:
    """What a promotion changed, as far as can be told."""
    user = signed_in(request)
    row: Any = _part(user, "promotion", pk)
    if not questions.may_change(user, row.plan):
        raise Http404
    result = effect.worked_out(row)
    if isinstance(result, Message):
        messages.error(request, result.say(language()))
        return redirect(row.plan)
    return _tried(request, row.plan, lambda who: _kept(who, row, result))


def _kept(user: User, row: Promotion, result: effect.Effect) -> Promotion:
    return composing.keep_effect(user, row.pk, effect.stored(result))


def _part(user: User, name: str, pk: int) -> Part:
    model = questions.PARTS.get(name)
    part: Part | None = model.objects.visible_to(user).filter(pk=pk).first() if model else None
    if part is None:
        raise Http404
    return part


def _said(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _undo(name: str, part: Part, way: str) -> str:
    return f"undo:{reverse(f'account-plan-part-{way}', args=[name, part.pk])}"


def _shown(request: HttpRequest, row: Plan, name: str, form: Any, part: Part | None = None) -> HttpResponse:
    draft = f"{name}-{part.pk}-{part.version}" if part else f"{name}-of-{row.pk}"
    context = {"plan": row, "form": form, "title": _(TITLES[name]), "name": draft, "part": part, "kind": name}
    return render(request, "plans/part.html", context, status=422 if form.is_bound else 200)


def _tried(request: HttpRequest, row: Plan, act: Callable[[User], Any], undo: str = "") -> HttpResponse:
    try:
        act(signed_in(request))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    messages.success(request, _("Saved"), extra_tags=undo)
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)
