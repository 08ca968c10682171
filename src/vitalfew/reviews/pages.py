"""/tier-review/: a round from its proposals to its approval, the rounds before, and what each tier brought."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible, Stale
from vitalfew.reviews import actions, questions
from vitalfew.reviews.commented import KIND
from vitalfew.reviews.forms import ApprovalForm, DecisionForm, ManyForm, RoundForm, SubmitForm
from vitalfew.reviews.listing import DECISIONS
from vitalfew.reviews.models import Decision, Review
from vitalfew.reviews.rights import ReviewRight
from vitalfew.reviews.why import why
from vitalfew.reviews.words import Cadence, ReviewState, Shown, carried
from vitalfew.reviews.yields import yields
from vitalfew.terms import Criterion, Tier
from vitalfew.warehouse import scorecards

BEFORE: Final = 20


@needs(ReviewRight.SEE)
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """The review that waits, page by page, and the ones before."""
    user, waiting = signed_in(request), questions.waiting()
    past = list(Review.objects.exclude(state=ReviewState.PROPOSED)[:BEFORE])
    context: dict[str, Any] = {
        "review": waiting, "past": past, "names": questions.names([waiting, *past] if waiting else past),
        "refresh": scorecards.current(), "can_propose": user.may(ReviewRight.PROPOSE), "sees_yield": user.may(Right.PORTFOLIO),
        "round": RoundForm(),
    }  # fmt: skip
    if waiting:
        context |= _around(request, user, waiting)
    return render(request, _template(request, "reviews/review.html"), context)


def _template(request: HttpRequest, whole: str) -> str:
    """The page, or its next lines only."""
    return "reviews/lines.html" if request.headers.get("HX-Request") and request.GET.get("after") else whole


def _around(request: HttpRequest, user: User, row: Review) -> dict[str, Any]:
    today = timezone.localdate()
    counted = questions.by_tier(user, row)
    return {
        "review": row, "page": questions.page(user, row, request.GET.dict()), "changes": questions.changes(user, row),
        "asked": request.GET, "shown": list(Shown), "show": request.GET.get("show") or Shown.CHANGED.value,
        "by_tier": [(tier, *counted[tier]) for tier in Tier if tier in counted], "tiers": list(Tier),
        "untold": counted.get("", (0, 0))[0],
        "can_change": questions.may_change(user, row), "can_approve": questions.may_approve(user, row),
        "alone": user.username in (row.approval.shut_out if row.approval else [row.opened_by]),
        "approval": ApprovalForm(initial={"since": row.in_force_from or today}),
        "submit": SubmitForm(initial={"since": row.in_force_from or today}), "many": ManyForm(),
    }  # fmt: skip


@needs(ReviewRight.SEE)
@require_GET
def round_before(request: HttpRequest, pk: int) -> HttpResponse:
    """A round that is closed: what changed, and every account in it."""
    user, row = signed_in(request), get_object_or_404(Review.objects.select_related("approval"), pk=pk)
    if row.is_open:
        return redirect("tier-review")
    context = {**_around(request, user, row), "names": questions.names([row]), "can_approve": False}
    return render(request, _template(request, "reviews/round.html"), context)


@needs(ReviewRight.SEE)
@require_GET
def decisions(request: HttpRequest) -> HttpResponseBase:
    """All accounts of the latest round, to sort, filter and export."""
    return listed(request, DECISIONS)


@needs(ReviewRight.PROPOSE)
@require_POST
def open_review(request: HttpRequest) -> HttpResponse:
    form = RoundForm(request.POST)
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {"cadence": Cadence.YEAR.value, "refresh": None}
    try:
        actions.open_review(signed_in(request), settings.HOME, said["cadence"], said["refresh"])
    except actions.NotNow:
        messages.error(request, _("There is nothing to propose yet: compute the tiers first"))
    return redirect("tier-review")


def _seen(user: User, pk: int) -> tuple[Decision, Account]:
    """A decision about an account that the user sees."""
    row = get_object_or_404(questions.decisions(user).select_related("review__approval"), pk=pk)
    return row, Account.objects.visible_to(user).get(code=row.customer)


@needs(ReviewRight.SEE)
@require_GET
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One account in a round: its figures, why the tier is proposed, what was decided before, and what is said of it."""
    return render(request, "reviews/decision.html", _of_account(signed_in(request), *_seen(signed_in(request), pk)))


def _of_account(user: User, row: Decision, account: Account) -> dict[str, Any]:
    rounds = list(questions.rounds_of(row.customer))
    return {
        "row": row, "review": row.review, "account": account, "why": list(why(row, row.review.currency)),
        "parts": [(each, row.parts[each.value]) for each in Criterion if each.value in row.parts],
        "rounds": rounds, "last": next((each for each in rounds if each.review_id < row.review_id), None),
        "carried": carried(row.decided), "tiers": list(Tier), "can_change": questions.may_change(user, row.review),
        "decided_by": User.objects.filter(username=row.decided_by).first() or row.decided_by,
        "thread": thread(user, account, KIND, row.pk),
    }  # fmt: skip


@needs(ReviewRight.PROPOSE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One account's tier; answered with its line as it is now, or with its page."""
    user = signed_in(request)
    row, account = _seen(user, pk)
    form = DecisionForm(row.proposed, request.POST)
    if form.is_valid():
        _tried(user, row, form)
    row.refresh_from_db()
    status = 200 if form.is_valid() else 422
    if request.headers.get("HX-Request"):
        context = {"line": questions.Line(row, account), "tiers": list(Tier), "can_change": True, "review": row.review}
        return render(request, "reviews/line.html", {**context, "form": form}, status=status)
    if form.is_valid():
        messages.success(request, _("Saved"))
        return redirect(row)
    return render(request, "reviews/decision.html", {**_of_account(user, row, account), "form": form}, status=status)


def _tried(user: User, row: Decision, form: DecisionForm) -> None:
    said = form.cleaned_data
    try:
        actions.decide(user, row, said["tier"], said["reason"].strip(), said["version"])
    except actions.Changed:
        form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
    except actions.NotNow:
        raise Http404 from None


@needs(ReviewRight.PROPOSE)
@require_POST
def decide_many(request: HttpRequest, pk: int) -> HttpResponse:
    """The same tier for the accounts that are ticked."""
    row, form = get_object_or_404(Review, pk=pk), ManyForm(request.POST)
    numbers = [int(each) for each in request.POST.getlist("row") if each.isascii() and each.isdecimal()]
    if not numbers:
        messages.error(request, _("Select the accounts first"))
    elif not form.is_valid():
        messages.error(request, _("Choose a tier, and say why it is another than proposed"))
    else:
        said = actions.Said(form.cleaned_data["tier"], form.cleaned_data["reason"].strip())
        try:
            n = actions.decide_many(signed_in(request), row, numbers, said)
        except actions.NotNow:
            raise Http404 from None
        messages.success(request, _("Accounts decided: %(n)s") % {"n": n})
    return redirect("tier-review")


@needs(ReviewRight.PROPOSE)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = get_object_or_404(Review, pk=pk), SubmitForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say from which day the tiers are in force"))
        return redirect("tier-review")
    said = form.cleaned_data
    return _done(request, lambda: actions.submit(signed_in(request), row, said["since"], said["why"]))


@needs(ReviewRight.APPROVE)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Review, pk=pk)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say from which day the tiers are in force"))
        return redirect("tier-review")
    try:
        moved = actions.approve(signed_in(request), row, form.cleaned_data["since"])
    except actions.ByOneself:
        messages.error(request, _("You proposed this review: somebody else approves it"))
        return redirect("tier-review")
    except (NotPossible, Stale):
        messages.error(request, _("Somebody changed this meanwhile: look, and send it again"))
        return redirect("tier-review")
    except actions.NotNow:
        raise Http404 from None
    messages.success(request, _("%(n)s accounts have a new tier") % {"n": moved})
    return redirect("tier-review")


@needs(ReviewRight.PROPOSE)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, lambda: actions.withdraw(signed_in(request), get_object_or_404(Review, pk=pk)))


def _done(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except actions.NotNow:
        raise Http404 from None
    messages.success(request, _("Saved"))
    return redirect("tier-review")


@needs(Right.PORTFOLIO)
@require_GET
def tier_yield(request: HttpRequest) -> HttpResponse:
    """What each tier brought and cost, round by round."""
    return render(request, "reviews/yield.html", {"rounds": yields(settings.HOME)})
