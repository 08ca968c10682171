"""Who decides in whose place, and up to which amount each role decides."""

from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from vitalfew.approvals import actions, questions
from vitalfew.approvals.forms import DelegationForm, LimitForm
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.listing import DELEGATIONS, LIMITS
from vitalfew.approvals.models import Delegation, Limit
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed

OF_DELEGATION: Final = ("deputy", "since", "until")

delegations = list_page(DELEGATIONS)


@needs(ApprovalRight.DECIDE)
def new_delegation(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = DelegationForm(user, request.POST or None)

    def act() -> Delegation:
        return actions.delegate(user, **picked(form, OF_DELEGATION))

    return added(request, form, act, "approvals/delegation.html", {}, undo="delegation-away", to="delegations")


def _given(user: User) -> QuerySet[Delegation]:
    """Who gave one changes it, and administrators."""
    rows = questions.delegations(user)
    return rows if user.may(ApprovalRight.LIMITS) else rows.filter(user=user)


GIVEN: Final = Pages(_given, see=ApprovalRight.DECIDE, write=ApprovalRight.DECIDE)


@needs(ApprovalRight.DECIDE)
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who decides, or the days; whoever was named only reads it."""
    user, sent = signed_in(request), request.POST or None
    row = get_object_or_404(questions.delegations(user), pk=pk)
    context = {"delegation": row}
    if not _given(user).filter(pk=pk).exists():
        return render(request, "approvals/delegation.html", context, status=200 if sent is None else 403)
    begun = {"version": row.version, "deputy": row.deputy.username}
    form = DelegationForm(row.user, sent, instance=GIVEN.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change_delegation(user, pk, version, picked(form, OF_DELEGATION)),
        "approvals/delegation.html", context, to="delegations",
    )  # fmt: skip


end_delegation = GIVEN.puts_away(actions.end_delegation, undo="delegation-back", to="delegations")
delegation_back = GIVEN.fetches_back(actions.fetch_delegation_back)

limits = list_page(LIMITS)


@needs(ApprovalRight.LIMITS)
def new_limit(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = LimitForm(request.POST or None, currency=questions.currency())

    def act() -> Limit:
        return actions.set_limit(user, **picked(form, ("kind", "role", "amount")))

    return added(request, form, act, "approvals/limit.html", {}, undo="approval-limit-away", to="approval-limits")


SET: Final = Pages(questions.limits, see=ApprovalRight.LIMITS, write=ApprovalRight.LIMITS)


@needs(ApprovalRight.LIMITS)
def limit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), SET.found(request, pk)
    form = LimitForm(
        request.POST or None, currency=questions.currency(), instance=SET.found(request, pk),
        initial={"version": row.version},
    )  # fmt: skip
    return changed(
        request, form, lambda version: actions.change_limit(user, pk, version, form.cleaned_data["amount"]),
        "approvals/limit.html", {"limit": row, "kind": kinds()[row.kind]}, to="approval-limits",
    )  # fmt: skip


drop_limit = SET.puts_away(actions.drop_limit, undo="approval-limit-back", to="approval-limits")
limit_back = SET.fetches_back(actions.fetch_limit_back)
