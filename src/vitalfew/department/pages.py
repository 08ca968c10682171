"""/department/: who looks after whom, whom accounts could go to, who is away."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from vitalfew.accounts.models import Absence, Account
from vitalfew.accounts.parts import bulk_for
from vitalfew.accounts.questions import managers
from vitalfew.department import actions, questions
from vitalfew.department.forms import AbsenceForm, CapacityForm, ManagerForm
from vitalfew.department.listing import ABSENCES
from vitalfew.department.matching import propose
from vitalfew.department.preview import preview
from vitalfew.department.rights import DepartmentRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS, Right
from vitalfew.people.records import Stale
from vitalfew.people.saving import added, changed
from vitalfew.warehouse import scorecards


@needs(DepartmentRight.SEE)
@require_GET
def department(request: HttpRequest) -> HttpResponse:
    user, refresh = signed_in(request), scorecards.current()
    context = {
        "department": questions.seen_by(user),
        "currency": refresh.currency if refresh else "",
        "can_assign": user.may(Right.ASSIGN),
        "can_set": user.may(DepartmentRight.CAPACITY),
    }
    return render(request, "department/department.html", context)


@needs(DepartmentRight.CAPACITY)
@require_POST
def capacity(request: HttpRequest, username: str) -> HttpResponse:
    """Say how much somebody can look after."""
    of = User.objects.filter(username=username, is_active=True).first()
    if of is None:
        raise Http404
    form = CapacityForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the capacity as a number of ordinary accounts, such as 40"))
        return redirect("department")
    try:
        actions.set_capacity(signed_in(request), of, form.cleaned_data["version"], form.cleaned_data["accounts"])
        messages.success(request, _("Saved"))
    except Stale as stale:
        said = _("Somebody else has just set it to %(n)s: yours was not saved")
        messages.error(request, said % {"n": f"{stale.current.accounts:g}"})  # type: ignore[attr-defined]  # a capacity
    return redirect("department")


@needs(Right.ASSIGN)
@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    """Whom the accounts without a manager could go to, or those of somebody who leaves."""
    user, leaving = signed_in(request), _leaving(request)
    found = questions.without_manager(user, leaving)
    desks = questions.department().desks
    matches = {m.code: m for m in propose([row.case for row in found], questions.candidates(desks, leaving))}
    people = {desk.user.pk: desk.user for desk in desks if desk.user}
    refresh = scorecards.current()
    rows = [(row, people[m.pk], m.reasons) for row in found if (m := matches.get(row.account.code))]
    context = {"rows": rows, "leaving": leaving, "managers": list(people.values()), "found": len(found)}
    return render(
        request,
        "department/proposals.html",
        {**context, "currency": refresh.currency if refresh else "", "most": questions.MOST},
    )


def _leaving(request: HttpRequest) -> User | None:
    username = request.GET.get("of", "")
    who = User.objects.filter(username=username).first() if username else None
    if username and who is None:
        raise Http404
    return who


@needs(Right.ASSIGN)
@require_http_methods(["GET", "POST"])
def reassign(request: HttpRequest) -> HttpResponse:
    """What a change of the manager of the selected accounts would mean, before it is made."""
    user = signed_in(request)
    chosen = Account.objects.visible_to(user).filter(code__in=request.POST.getlist("code")).select_related("manager")
    accounts = list(chosen)
    if not accounts:
        messages.error(request, _("Select the accounts first"))
        return redirect("accounts")
    form = ManagerForm(request.POST if request.POST.get("manager") else None)
    to = form.cleaned_data["manager"] if form.is_bound and form.is_valid() else None
    refresh = scorecards.current()
    context: dict[str, Any] = {"accounts": accounts, "form": form, "query": request.POST.get("query", "")}
    context["handing"] = [entry for entry in bulk_for(user) if entry.route != "reassign"]
    context |= {"preview": preview(accounts, to), "currency": refresh.currency if refresh else ""}
    return render(request, "department/reassign.html", context)


@needs(Right.ASSIGN)
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """The selected accounts go to those who were proposed for them."""
    user = signed_in(request)
    chosen = list(Account.objects.visible_to(user).filter(code__in=request.POST.getlist("code")))
    wanted = {account: request.POST.get(f"to-{account.code}", "") for account in chosen}
    people = {each.username: each for each in managers()}
    given = {account: people[name] for account, name in wanted.items() if name in people}
    request.session["assigned"] = {account.code: (account.manager_id, to.pk) for account, to in given.items()}
    changed = actions.accept(user, given)
    said = _("%(n)s accounts given to those proposed") % {"n": changed}
    messages.success(request, said, extra_tags=f"undo:{reverse('accounts-assign-undo')}")
    return redirect("department")


absences = list_page(ABSENCES)


@needs(DepartmentRight.AWAY)
def new_absence(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = AbsenceForm(user, request.POST or None, for_all=user.role in HEADS, initial={"user": user.pk})

    def act() -> Absence:
        given = form.cleaned_data
        return actions.be_away(user, given["user"], given["deputy"], given["since"], given["until"])

    return added(
        request, form, act, "department/absence.html", {}, undo="absence-away", said=_("Entered"), to="absences"
    )


AWAY: Final = Pages(questions.absences, see=DepartmentRight.AWAY, write=DepartmentRight.AWAY)


@needs(DepartmentRight.AWAY)
def absence(request: HttpRequest, pk: int) -> HttpResponse:
    """One absence; whoever is away and heads of the department change it."""
    user, one, sent = signed_in(request), AWAY.found(request, pk), request.POST or None
    if one.user != user and user.role not in HEADS:
        return render(request, "department/absence.html", {"absence": one}, status=200 if sent is None else 403)
    form = AbsenceForm(
        user, sent, for_all=user.role in HEADS, instance=AWAY.found(request, pk), initial={"version": one.version}
    )
    return changed(
        request, form,
        lambda version: actions.change_absence(user, pk, version, picked(form, ("deputy", "since", "until"))),
        "department/absence.html", {"absence": one}, to="absences",
    )  # fmt: skip


take_back = AWAY.puts_away(actions.take_back, undo="absence-again", to="absences", said=_("Taken back"))
enter_again = AWAY.fetches_back(actions.enter_again)
