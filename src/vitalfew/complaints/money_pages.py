"""On a complaint's page: what was compensated, who suffered too, what third parties are to pay. /complaints/claims/."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.complaints import claiming, compensating, questions
from vitalfew.complaints.beside import BESIDE
from vitalfew.complaints.claim_listing import CLAIMS
from vitalfew.complaints.models import Claim, Complaint
from vitalfew.complaints.money_forms import ClaimEndForm, ClaimForm, CompensateForm
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.pages import list_page
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, done, say, tried

CLAIMED: Final = ("party", "name", "what", "amount", "claimed_on", "due")
claims = list_page(CLAIMS, BESIDE)


def around(user: User, row: Complaint, begun: dict[str, Any]) -> dict[str, Any]:
    """What the page of a complaint shows of money."""
    seen = Account.objects.visible_to(user)
    given = row.compensations.filter(put_away_at=None, account__in=seen).select_related("account", "approval")
    found = row.claims.filter(put_away_at=None)
    return {
        "compensations": list(given), "compensate": CompensateForm(initial=begun),
        "claims": [(claim, ClaimEndForm(initial={"version": claim.version, "recovered": claim.recovered})) for claim in found],
    }  # fmt: skip


def _found(request: HttpRequest, pk: int) -> Complaint:
    return get_object_or_404(questions.complaints(signed_in(request)), pk=pk)


@needs(ComplaintRight.HANDLE)
def compensate(request: HttpRequest, pk: int) -> HttpResponse:
    """Give something, to who complained or to one of those who suffered too."""
    user, row = signed_in(request), _found(request, pk)
    code = request.GET.get("account", "")
    account = get_object_or_404(Account.objects.visible_to(user), code=code) if code else None
    whose = account or row.account
    before = list(compensating.given_to(row, whose))
    form = CompensateForm(request.POST or None, initial={"version": row.version}, twice=bool(before))
    if form.is_bound and _given(user, pk, form, account):
        waits = row.compensations.order_by("-pk").first()
        say(
            request,
            _("Given")
            if waits and waits.approval_id is None
            else _("It waits for a second person: it is above your limits"),
        )
        return redirect(row)
    status = 422 if form.is_bound else 200
    return render(
        request,
        "complaints/compensate.html",
        {
            "complaint": row,
            "account": account,
            "form": form,
            "before": before,
            "authority": compensating.authority(user, row, whose),
        },
        status=status,
    )


def _given(user: User, pk: int, form: CompensateForm, account: Account | None) -> Complaint | None:
    return tried(form, lambda: compensating.compensate(user, pk, **form.cleaned_data, account=account))


@needs(ComplaintRight.HANDLE)
@require_GET
def silent(request: HttpRequest, pk: int) -> HttpResponse:
    """Who bought the same and did not complain."""
    row = _found(request, pk)
    return render(
        request, "complaints/silent.html", {"complaint": row, "found": compensating.silent(signed_in(request), row)}
    )


@needs(ComplaintRight.HANDLE)
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """A third party is to pay for it."""
    user, row = signed_in(request), _found(request, pk)
    form = ClaimForm(request.POST or None, initial={"claimed_on": timezone.localdate(), "name": row.carrier})
    return added(
        request, form, lambda: claiming.claim(user, pk, picked(form, CLAIMED)), "complaints/claim.html", {"complaint": row},
        undo="claim-away",
    )  # fmt: skip


@needs(ComplaintRight.HANDLE)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered or paid."""
    user = signed_in(request)
    row = get_object_or_404(Claim.objects.visible_to(user).select_related("complaint"), pk=pk)
    form = ClaimEndForm(request.POST)
    if made := tried(form, lambda: claiming.settle(user, pk, **form.cleaned_data)):
        say(request)
        return redirect(made)
    return render(
        request, "complaints/claim.html", {"complaint": row.complaint, "form": form, "claim": row}, status=422
    )


@needs(ComplaintRight.HANDLE)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(Claim.objects.visible_to(user).select_related("complaint"), pk=pk)
    return done(request, lambda: claiming.put_away(user, pk), row.complaint, _("Put away"), undo="claim-back")


@needs(ComplaintRight.HANDLE)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(Claim.objects.within_reach_of(user).select_related("complaint"), pk=pk)
    return done(request, lambda: claiming.fetch_back(user, pk), row.complaint, _("It is back"))
