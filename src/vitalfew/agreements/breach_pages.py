"""A breach: recorded, corrected, promised, claimed or owed, waived, settled, taken back."""

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.agreements import breaching, questions
from vitalfew.agreements.models import Breach
from vitalfew.agreements.pages import PAGES as AGREEMENT_PAGES
from vitalfew.agreements.part_forms import BreachForm, ClosedForm, PaidForm, PenaltyForm, PromiseForm, WaiveForm
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementState, BreachState
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import SAVED, added, changed, done

WEEKS: Final = timedelta(days=14)
UNDECIDED: Final = "agreement-breach-undecided"


@needs(AgreementRight.WRITE)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Who broke what, when, and by what one sees it."""
    user, row = signed_in(request), AGREEMENT_PAGES.found(request, pk)
    if not questions.may_change(user, row) or row.state in {AgreementState.DRAFT, AgreementState.WAITING}:
        raise Http404
    begun = {"broken_on": timezone.localdate(), "side": request.GET.get("side", "theirs"), **_asked(request)}
    form = BreachForm(user, row, request.POST or None, request.FILES or None, initial=begun)
    return added(
        request, form,
        lambda: breaching.record(user, pk, picked(form, breaching.FIELDS), form.cleaned_data["file"]),
        "agreements/record.html", {"agreement": row}, undo="agreement-breach-away",
        said=_("Recorded: say now what follows from it"),
    )  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, str]:
    owed = request.GET.get("obligation", "")
    return {"obligation": owed} if owed.isascii() and owed.isdecimal() else {}


def _around(user: User, row: Breach) -> dict[str, Any]:
    today = timezone.localdate()
    begun: dict[str, Any] = {"version": row.version, "due": today + WEEKS, "on": today, "amount": row.amount}
    return {
        "breach": row, "agreement": row.agreement, "may_change": questions.may_change(user, row.agreement),
        "files": list(row.files.all()), "promise": PromiseForm(user, row, initial=begun),
        "penalty": PenaltyForm(initial=begun), "waive": WaiveForm(row, initial=begun), "paid": PaidForm(initial=begun),
        "closed": ClosedForm(initial=begun),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.breaches, "agreements/breach.html", _around, see=AgreementRight.SEE, write=AgreementRight.WRITE
)
breach = PAGES.shows()


@needs(AgreementRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct it, while nothing is decided."""
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row.agreement) or row.state != BreachState.OPEN:
        raise Http404
    sent, begun = request.POST or None, {"version": row.version}
    form = BreachForm(user, row.agreement, sent, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: breaching.change(user, pk, version, picked(form, breaching.FIELDS)),
        "agreements/record.html", {"agreement": row.agreement, "breach": row},
    )  # fmt: skip


@needs(AgreementRight.WRITE)
@require_POST
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """We make it good by a day."""
    row = PAGES.found(request, pk)
    form = PromiseForm(signed_in(request), row, request.POST)
    return PAGES.sent(request, row, "promise", form, breaching.promise, undo=UNDECIDED)


@needs(AgreementRight.WRITE)
@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer's penalty is not claimed."""
    row = PAGES.found(request, pk)
    return PAGES.sent(request, row, "waive", WaiveForm(row, request.POST), breaching.waive, undo=UNDECIDED)


penalise = PAGES.takes("penalty", PenaltyForm, breaching.penalise, undo=UNDECIDED)
settle = PAGES.takes("paid", PaidForm, breaching.settle)
close = PAGES.takes("closed", ClosedForm, breaching.close, undo=UNDECIDED)
take_back = PAGES.does(breaching.take_back)
put_away = PAGES.puts_away(
    breaching.put_away, undo="agreement-breach-back", to=lambda row: row.agreement.get_absolute_url(), said=SAVED
)


@needs(AgreementRight.WRITE)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    kept = get_object_or_404(Breach.objects.within_reach_of(user), pk=pk)
    return done(request, lambda: breaching.fetch_back(user, pk), kept)
