"""/feedback/: rounds, planned and counted; accounts, asked and answered. Each page asks one question or calls one action."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.comments.thread import thread
from vitalfew.feedback import actions, questions
from vitalfew.feedback.commented import KIND
from vitalfew.feedback.forms import USUAL, AccountsForm, AnswerForm, AskForm, AssignForm, QuestionsForm, RoundForm
from vitalfew.feedback.listing import ASKED, ROUNDS
from vitalfew.feedback.models import Asked, Round
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.feedback.told import told_of
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale

REFUSED: Final = 422


@needs(FeedbackRight.SEE)
@require_GET
def rounds(request: HttpRequest) -> HttpResponseBase:
    return listed(request, ROUNDS)


@needs(FeedbackRight.SEE)
@require_GET
def all_asked(request: HttpRequest) -> HttpResponseBase:
    return listed(request, ASKED)


@needs(FeedbackRight.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """Plan a round; asked from a list, its selected accounts are in it."""
    user, sent = signed_in(request), request.POST or None
    codes = (sent or request.GET).getlist("code")
    begun = sent if sent is not None and "name" in sent else None
    today = timezone.localdate()
    form = RoundForm(begun, initial={"since": today, "until": today + USUAL})
    asks, who = QuestionsForm(begun), AccountsForm(user, begun, initial={"codes": "\n".join(codes)})
    if begun is not None and all([form.is_valid(), asks.is_valid(), who.is_valid()]):
        try:
            with transaction.atomic():
                made = actions.plan(user, _fields(form), asks.wording)
                actions.add(user, made, who.accounts, who.cleaned_data["who"])
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Planned"), extra_tags=f"undo:{reverse('feedback-away', args=[made.pk])}")
            return redirect(made)
    open_rounds = questions.rounds(user).filter(until__gte=today) if codes else ()
    context = {"form": form, "asks": asks, "who": who, "codes": codes, "rounds": open_rounds}
    return render(request, "feedback/new.html", context, status=200 if begun is None else REFUSED)


def _fields(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _round(request: HttpRequest, pk: int) -> Any:
    found = questions.rounds(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(FeedbackRight.SEE)
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """A round: what came of it, who has not answered; whoever planned it can change its name and time."""
    user, one, sent = signed_in(request), _round(request, pk), request.POST or None
    may_plan = questions.may_plan(user, one)
    if sent is not None and not may_plan:
        raise Forbidden(FeedbackRight.PLAN.value)
    form = RoundForm(sent, instance=Round.objects.get(pk=pk), initial={"version": one.version})
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, _fields(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(one)
    context = {"round": one, "form": form, "may_plan": may_plan, "may_add": user.may(FeedbackRight.PLAN)}
    context |= {"who": AccountsForm(user), **told_of(user, one)}
    return render(request, "feedback/round.html", context, status=200 if sent is None else REFUSED)


@needs(FeedbackRight.PLAN)
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """More accounts join the round."""
    user, one = signed_in(request), _round(request, pk)
    codes = request.POST.getlist("code")
    given = request.POST.copy()
    if codes:
        given["codes"] = "\n".join(codes)
    form = AccountsForm(user, given)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect(one)
    try:
        n = actions.add(user, one, form.accounts, form.cleaned_data["who"])
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, _("Accounts added: %(n)s") % {"n": n})
    return redirect(one)


@needs(FeedbackRight.PLAN)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    _round(request, pk)
    actions.put_away(signed_in(request), pk)
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('feedback-back', args=[pk])}")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect("feedback")


@needs(FeedbackRight.PLAN)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.fetch_back(signed_in(request), pk)
    except Round.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def _asked(request: HttpRequest, pk: int) -> Asked:
    found: Asked | None = questions.asked(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(FeedbackRight.SEE)
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """An account in a round: its answers, written down or corrected by who may ask."""
    user, one, sent = signed_in(request), _asked(request, pk), request.POST or None
    may_ask = user.may(FeedbackRight.ASK)
    if sent is not None and not may_ask:
        raise Forbidden(FeedbackRight.ASK.value)
    begun = {"version": one.version, "answered_on": one.answered_on or timezone.localdate(), "way": one.way}
    form = AnswerForm(_asked(request, pk), sent, initial=begun)
    if sent is not None and form.is_valid():
        try:
            return _answered(request, one, form)
        except Stale as stale:
            given = questions.answers_of(one)
            for question in form.asked_of:
                setattr(stale.current, f"q{question.pk}", getattr(given.get(question.pk), "value", None))
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        except NotPossible as why:
            form.add_error(None, _(str(why)))
    context = {
        "asked": one, "form": form, "may_ask": may_ask, "ask": AskForm(), "assign": AssignForm(),
        "answers": [(question, questions.answers_of(one).get(question.pk)) for question in form.asked_of],
        "thread": thread(user, one.account, KIND, pk),
    }  # fmt: skip
    return render(request, "feedback/asked.html", context, status=200 if sent is None else REFUSED)


def _answered(request: HttpRequest, one: Asked, form: AnswerForm) -> HttpResponse:
    fields = {name: form.cleaned_data[name] for name in actions.ANSWERED}
    actions.answer(signed_in(request), one.pk, form.cleaned_data["version"] or 0, fields, form.given)
    messages.success(request, _("The answer is recorded"))
    return redirect(one)


def _done(request: HttpRequest, pk: int, said: str, act: Callable[[], object]) -> HttpResponse:
    """One step: done and said, or why it is not possible."""
    one = _asked(request, pk)
    try:
        act()
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, said)
    return redirect(one)


@needs(FeedbackRight.ASK)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say on which way and which day the account was asked"))
        return redirect(_asked(request, pk))
    given = form.cleaned_data
    return _done(
        request, pk, _("Noted: asked, not answered yet"),
        lambda: actions.ask(signed_in(request), pk, given["way"], given["day"]),
    )  # fmt: skip


@needs(FeedbackRight.ASK)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = _asked(request, pk), AssignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This person doesn't ask accounts"))
        return redirect(one)
    return _done(request, pk, _("Saved"), lambda: actions.assign(signed_in(request), pk, form.cleaned_data["who"]))


@needs(FeedbackRight.ASK)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, _("Closed"), lambda: actions.close(signed_in(request), pk))


@needs(FeedbackRight.ASK)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, _("Open again"), lambda: actions.reopen(signed_in(request), pk))


@needs(FeedbackRight.ASK)
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Not asked in this round after all."""
    one = _asked(request, pk)
    try:
        actions.take_out(signed_in(request), pk)
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(one)
    messages.success(request, _("Taken out"), extra_tags=f"undo:{reverse('asked-back', args=[pk])}")
    return redirect(one.round)


@needs(FeedbackRight.ASK)
@require_POST
def put_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.put_back(signed_in(request), pk)
    except Asked.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)
