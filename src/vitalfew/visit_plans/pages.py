"""/visits/plan/: weeks of visits proposed, changed by hand, accepted."""

from itertools import islice
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.department.workdays import calendar
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import done, there
from vitalfew.visit_plans import actions, questions
from vitalfew.visit_plans.forms import MoveForm, PlanForm
from vitalfew.visit_plans.listing import PLANS
from vitalfew.visit_plans.models import Proposal, VisitPlan
from vitalfew.visit_plans.rights import PlanRight
from vitalfew.visit_plans.words import ProposalState
from vitalfew.visit_plans.work import work_out_soon

FIELDS: Final = ("since", "weeks", "most_a_day", "most_a_week", "mine_only")
LONGEST: Final = 19
"""Digits of a number that every database takes."""
SHOWN: Final = 30
"""So many visits without a place are told."""


plans = list_page(PLANS)


@needs(PlanRight.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    user, sent = signed_in(request), request.POST or None
    form = PlanForm(user, sent)
    if sent is not None and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        made = actions.ask(user, fields, list(form.cleaned_data["people"]))
        work_out_soon(made)
        return redirect(made)
    return render(request, "visit_plans/new.html", {"form": form}, status=200 if sent is None else 422)


def _around(user: User, row: VisitPlan) -> dict[str, Any]:
    """People and weeks, what is proposed, what found no place."""
    known_until = calendar().known_until
    missing = questions.unplaced(user, row)
    return {
        "plan": row, "board": questions.board(user, row), "unplaced": list(islice(missing, SHOWN)), "more": len(list(missing)),
        "open": questions.proposals(user, row).filter(state=ProposalState.OPEN).count(),
        "unannounced": known_until if known_until and known_until < row.until else None,
    }  # fmt: skip


PAGES: Final = Pages(questions.plans, "visit_plans/plan.html", _around, see=PlanRight.PLAN, write=PlanRight.PLAN)
plan = PAGES.shows()


@needs(PlanRight.PLAN)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; the page is loaded anew when it is done."""
    row = PAGES.found(request, pk)
    answer = render(request, "visit_plans/progress.html", {"plan": row})
    if not row.is_running:
        answer["HX-Refresh"] = "true"
    return answer


@needs(PlanRight.PLAN)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    made = there(lambda: actions.again(signed_in(request), pk))
    work_out_soon(made)
    return redirect(made)


@needs(PlanRight.PLAN)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the visits: the one that is named, or all that are open."""
    row, named = PAGES.found(request, pk), request.POST.get("proposal")
    pks = None if named is None else [_number(named) or 0]
    batch, planned, kept_back = actions.accept(signed_in(request), row, pks)
    if planned:
        back = f"undo:{reverse('visit-plan-give-back', args=[pk])}?batch={batch}"
        messages.success(request, _("Visits planned: %(n)s") % {"n": len(planned)}, extra_tags=back)
    if kept_back:
        said = _("Not planned: %(n)s. Another visit to the account stands in these days, or who goes no longer sees it")
        messages.warning(request, said % {"n": kept_back})
    return redirect(row)


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < LONGEST else None


@needs(PlanRight.PLAN)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """What was accepted at once is proposed again."""
    row, batch = PAGES.found(request, pk), _number(request.GET.get("batch", ""))
    given = actions.give_back(signed_in(request), row, batch) if batch is not None else 0
    messages.success(request, _("Proposals again: %(n)s") % {"n": given})
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)


@needs(PlanRight.PLAN)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else goes, or in another week."""
    user = signed_in(request)
    row = _proposal(user, pk)
    form = MoveForm(row.plan, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a person and a week of the plan"))
        return redirect(row.plan)
    person, week = form.cleaned_data["person"], form.cleaned_data["week"]
    return done(request, lambda: actions.move(user, pk, person, week), row.plan)


def _proposal(user: User, pk: int) -> Proposal:
    found = there(lambda: VisitPlan.objects.visible_to(user).get(proposals=pk))
    return there(lambda: questions.proposals(user, found).get(pk=pk))


@needs(PlanRight.PLAN)
@require_POST
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Not this time."""
    user = signed_in(request)
    return done(request, lambda: actions.reject(user, pk), _proposal(user, pk).plan, undo="proposal-open")


@needs(PlanRight.PLAN)
@require_POST
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    return done(request, lambda: actions.open_again(user, pk), _proposal(user, pk).plan)


put_away = PAGES.puts_away(actions.put_away, undo="visit-plan-back", to="visit-plans")
fetch_back = PAGES.fetches_back(actions.fetch_back)
