"""/handovers/: begun, prepared with the brief, accepted by the successor and the customer, done."""

from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.dependence import before_and_after
from vitalfew.accounts.models import Account
from vitalfew.handover import actions, along, questions
from vitalfew.handover.brief import brief
from vitalfew.handover.forms import AgreedForm, HandoverForm, StartForm
from vitalfew.handover.listing import HANDOVERS
from vitalfew.handover.measure import measured
from vitalfew.handover.models import Step
from vitalfew.handover.rights import HandoverRight
from vitalfew.handover.words import HandoverCause, HandoverState, StepState
from vitalfew.lists.pages import listed
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale


@needs(HandoverRight.SEE)
@require_GET
def handovers(request: HttpRequest) -> HttpResponseBase:
    """The list, and what the handovers that are over tell."""
    return listed(request, HANDOVERS, told=measured().sentences)


@needs(HandoverRight.HAND_OVER)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a handover of one account, or of those selected in a list."""
    user, sent = signed_in(request), request.POST or None
    asked = sent or request.GET
    codes = asked.getlist("code") or asked.getlist("account")
    accounts = list(Account.objects.visible_to(user).filter(code__in=codes).select_related("manager").order_by("name"))
    if not accounts:
        raise Http404
    people = questions.leaving(accounts[0]) if len(accounts) == 1 else None
    begun = sent is not None and "due" in sent
    form = StartForm(sent if begun else None, people=people, initial=_initial(asked))
    if begun and form.is_valid():
        try:
            rows = actions.start(user, accounts, actions.Wish(form.cleaned_data["manager"], **_wish(form)))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("%(n)s handovers begun") % {"n": len(rows)})
            return redirect(rows[0] if len(rows) == 1 else "handovers")
    return render(request, "handover/new.html", {"form": form, "accounts": accounts}, status=422 if begun else 200)


def _initial(asked: QueryDict) -> dict[str, Any]:
    return {
        "manager": asked.get("manager", ""), "cause": asked.get("cause", HandoverCause.REASSIGNED),
        "person": asked.get("person", ""),
    }  # fmt: skip


def _wish(form: StartForm) -> dict[str, Any]:
    return {name: form.cleaned_data.get(name) for name in ("cause", "due", "note", "person")}


PAGES: Final = Pages(questions.handovers, see=HandoverRight.SEE, write=HandoverRight.HAND_OVER)


@needs(HandoverRight.SEE)
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """One handover: how far it is, what is to be done, and the brief."""
    user, one, sent = signed_in(request), PAGES.found(request, pk), request.POST or None
    takes_part = questions.takes_part(user, one) and user.may(HandoverRight.HAND_OVER)
    if sent is not None and not takes_part:
        raise Forbidden(HandoverRight.HAND_OVER.value)
    form = HandoverForm(sent, instance=PAGES.found(request, pk), initial={"version": one.version})
    if sent is not None and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in actions.EDITABLE}
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, fields)
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        except NotPossible as why:
            messages.error(request, _(str(why)))
        else:
            messages.success(request, _("Saved"))
        return redirect(one)
    context = {
        "handover": one, "steps": questions.steps(one), "form": form, "agreed": AgreedForm(),
        "takes_part": takes_part, "may_accept": questions.may_accept(user, one),
        "along": along.told(one) if one.state == HandoverState.STARTED else list(one.went_along.items()),
        "hung": before_and_after(one.account.code, one.made_at.date()),
        "sees_account": Account.objects.visible_to(user).filter(pk=one.account_id).exists(),
    }  # fmt: skip
    return render(request, "handover/handover.html", context, status=422 if sent is not None else 200)


@needs(HandoverRight.SEE)
@require_GET
def read_brief(request: HttpRequest, pk: int) -> HttpResponse:
    """What the successor must know, on a page to print."""
    user, one = signed_in(request), PAGES.found(request, pk)
    if not Account.objects.visible_to(user).filter(pk=one.account_id).exists():
        raise Http404
    return render(request, "handover/brief.html", {"handover": one, "brief": brief(user, one.account)})


def _done(request: HttpRequest, pk: int, said: Any, act: Any) -> HttpResponse:
    """One step of a handover: done and said, or why it is not possible."""
    one = PAGES.found(request, pk)
    try:
        act()
        messages.success(request, said)
    except NotPossible as why:
        messages.error(request, _(str(why)))
    seen = questions.handovers(signed_in(request)).filter(pk=pk).exists()
    return redirect(one if seen else "handovers")


@needs(HandoverRight.HAND_OVER)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, _("The account is yours now"), lambda: actions.accept(signed_in(request), pk))


@needs(HandoverRight.HAND_OVER)
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _done(request, pk, _("Declined"), lambda: actions.decline(signed_in(request), pk, reason))


@needs(HandoverRight.HAND_OVER)
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer agreed."""
    form = AgreedForm(request.POST)
    if not form.is_valid():
        PAGES.found(request, pk)
        messages.error(request, _("Say who of the customer's agreed, and on which day it was"))
        return redirect("handover", pk=pk)
    given = form.cleaned_data
    agreed = partial(actions.agree, signed_in(request), pk, given["by"], given["on"], given["how"])
    return _done(request, pk, _("The customer's agreement is recorded"), agreed)


@needs(HandoverRight.HAND_OVER)
@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """A step is done, not needed, or open again."""
    step = Step.objects.filter(pk=pk, handover__in=questions.handovers(signed_in(request))).first()
    state = request.POST.get("state", "")
    if step is None or state not in set(StepState):
        raise Http404
    return _done(request, step.handover_id, _("Saved"), lambda: actions.tick(signed_in(request), pk, state))


call_off = PAGES.puts_away(actions.call_off, undo="handover-again", to="handovers", said=_("Called off"))
take_up = PAGES.fetches_back(actions.take_up)
