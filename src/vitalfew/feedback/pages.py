"""/feedback/: rounds, planned and counted; accounts, asked and answered. Each page asks one question or calls one action."""

from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.comments.thread import thread
from vitalfew.feedback import actions, questions
from vitalfew.feedback.commented import KIND
from vitalfew.feedback.forms import USUAL, AccountsForm, AnswerForm, AskForm, AssignForm, QuestionsForm, RoundForm
from vitalfew.feedback.listing import ASKED, ROUNDS
from vitalfew.feedback.models import Asked, Round
from vitalfew.feedback.rights import FeedbackRight
from vitalfew.feedback.told import told_of
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import said
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible, Stale
from vitalfew.people.saving import changed, done, say

REFUSED: Final = 422


rounds = list_page(ROUNDS)
all_asked = list_page(ASKED)


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
                made = actions.plan(user, said(form), asks.wording)
                actions.add(user, made, who.accounts, who.cleaned_data["who"])
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            say(request, _("Planned"), undo="feedback-away", made=made)
            return redirect(made)
    open_rounds = questions.rounds(user).filter(until__gte=today) if codes else ()
    context = {"form": form, "asks": asks, "who": who, "codes": codes, "rounds": open_rounds}
    return render(request, "feedback/new.html", context, status=200 if begun is None else REFUSED)


ROUND: Final = Pages(questions.rounds, see=FeedbackRight.SEE, write=FeedbackRight.PLAN)


@needs(FeedbackRight.SEE)
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    """A round: what came of it, who has not answered; whoever planned it can change its name and time."""
    user, one, sent = signed_in(request), ROUND.found(request, pk), request.POST or None
    may_plan = questions.may_plan(user, one)
    if sent is not None and not may_plan:
        raise Forbidden(FeedbackRight.PLAN.value)
    form = RoundForm(sent, instance=Round.objects.get(pk=pk), initial={"version": one.version})
    context = {"round": one, "may_plan": may_plan, "may_add": user.may(FeedbackRight.PLAN)}
    context |= {"who": AccountsForm(user), **told_of(user, one)}
    return changed(
        request, form, lambda version: actions.change(user, pk, version, said(form)), "feedback/round.html", context
    )


@needs(FeedbackRight.PLAN)
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """More accounts join the round."""
    user, one = signed_in(request), ROUND.found(request, pk)
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


put_away = ROUND.puts_away(actions.put_away, undo="feedback-back", to="feedback")
fetch_back = ROUND.fetches_back(actions.fetch_back)

ONE: Final = Pages(questions.asked, see=FeedbackRight.SEE, write=FeedbackRight.ASK)


@needs(FeedbackRight.SEE)
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    """An account in a round: its answers, written down or corrected by who may ask."""
    user, one, sent = signed_in(request), ONE.found(request, pk), request.POST or None
    may_ask = user.may(FeedbackRight.ASK)
    if sent is not None and not may_ask:
        raise Forbidden(FeedbackRight.ASK.value)
    begun = {"version": one.version, "answered_on": one.answered_on or timezone.localdate(), "way": one.way}
    form = AnswerForm(ONE.found(request, pk), sent, initial=begun)
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
    say(request, _("The answer is recorded"))
    return redirect(one)


@needs(FeedbackRight.ASK)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say on which way and which day the account was asked"))
        return redirect(ONE.found(request, pk))
    one, given = ONE.found(request, pk), form.cleaned_data
    return done(
        request, lambda: actions.ask(signed_in(request), pk, given["way"], given["day"]), one,
        _("Noted: asked, not answered yet"),
    )  # fmt: skip


@needs(FeedbackRight.ASK)
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    one, form = ONE.found(request, pk), AssignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This person doesn't ask accounts"))
        return redirect(one)
    return done(request, lambda: actions.assign(signed_in(request), pk, form.cleaned_data["who"]), one)


close = ONE.does(actions.close, _("Closed"))
reopen = ONE.does(actions.reopen, _("Open again"))
take_out = ONE.puts_away(
    actions.take_out, undo="asked-back", to=lambda one: one.round.get_absolute_url(), said=_("Taken out")
)
put_back = ONE.fetches_back(actions.put_back)
