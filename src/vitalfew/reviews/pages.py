"""/tier-review/: proposals, decisions, approval, and the reviews before."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.people.gate import needs, signed_in
from vitalfew.reviews import actions, questions
from vitalfew.reviews.forms import ApprovalForm, DecisionForm
from vitalfew.reviews.models import Decision, Review, ReviewState
from vitalfew.reviews.rights import ReviewRight
from vitalfew.terms import Tier
from vitalfew.warehouse import scorecards


@needs(ReviewRight.SEE)
@require_GET
def review(request: HttpRequest) -> HttpResponse:
    """The review that waits, page by page, and the ones before."""
    user, waiting = signed_in(request), questions.waiting()
    past = list(Review.objects.exclude(state=ReviewState.PROPOSED)[:20])
    context: dict[str, Any] = {
        "review": waiting,
        "past": past,
        "names": questions.names([waiting, *past] if waiting else past),
        "refresh": scorecards.current(),
        "tiers": list(Tier),
        "can_propose": user.may(ReviewRight.PROPOSE),
        "can_approve": user.may(ReviewRight.APPROVE),
    }
    if waiting:
        context |= {
            "page": questions.page(user, waiting, request.GET.dict()),
            "changes": questions.changes(user, waiting),
            "asked": request.GET,
            "can_approve": questions.may_approve(user, waiting),
            "alone": user.username == waiting.opened_by,
            "approval": ApprovalForm(initial={"since": timezone.localdate()}),
        }
    part = bool(request.headers.get("HX-Request") and request.GET.get("after"))
    return render(request, "reviews/lines.html" if part else "reviews/review.html", context)


@needs(ReviewRight.PROPOSE)
@require_POST
def open_review(request: HttpRequest) -> HttpResponse:
    try:
        actions.open_review(signed_in(request), settings.HOME)
    except actions.NotNow:
        messages.error(request, _("There is nothing to propose yet: compute the tiers first"))
    return redirect("tier-review")


@needs(ReviewRight.PROPOSE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One account's tier; answered with its line as it is now."""
    user = signed_in(request)
    row = get_object_or_404(Decision, pk=pk)
    account = Account.objects.visible_to(user).filter(code=row.customer).first()
    if account is None:
        raise Http404
    form = DecisionForm(row.proposed, request.POST)
    if form.is_valid():
        try:
            actions.decide(user, row, form.cleaned_data["tier"], form.cleaned_data["reason"].strip())
        except actions.NotNow:
            raise Http404 from None
        row.refresh_from_db()
    context = {
        "line": questions.Line(row, account),
        "tiers": list(Tier),
        "can_propose": True,
        "form": form,
        "refresh": scorecards.current(),
    }
    return render(request, "reviews/line.html", context, status=200 if form.is_valid() else 422)


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
    except actions.NotNow:
        raise Http404 from None
    messages.success(request, _("%(n)s accounts have a new tier") % {"n": moved})
    return redirect("tier-review")


@needs(ReviewRight.PROPOSE)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.withdraw(signed_in(request), get_object_or_404(Review, pk=pk))
    except actions.NotNow:
        raise Http404 from None
    return redirect("tier-review")
