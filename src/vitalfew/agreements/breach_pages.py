"""A breach: recorded, corrected, promised, claimed or owed, waived, settled, taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.agreements import breaching, questions
from vitalfew.agreements.models import Breach
from vitalfew.agreements.pages import found
from vitalfew.agreements.part_forms import BreachForm, PaidForm, PenaltyForm, PromiseForm, WaiveForm
from vitalfew.agreements.part_pages import said
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.state_pages import moved, tried
from vitalfew.agreements.words import AgreementState
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale

WEEKS: Final = timedelta(days=14)


@needs(AgreementRight.WRITE)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Who broke what, when, and by what one sees it."""
    user, row, sent = signed_in(request), found(request, pk), request.POST or None
    if not questions.may_change(user, row) or row.state in {AgreementState.DRAFT, AgreementState.WAITING}:
        raise Http404
    begun = {"broken_on": timezone.localdate(), "side": request.GET.get("side", "theirs"), **_asked(request)}
    form = BreachForm(user, row, sent, request.FILES or None, initial=begun)
    if sent is not None and tried(request, form, lambda given: _made(request, pk, given)):
        return redirect(questions.breaches(user).filter(agreement=row).latest("pk"))
    context = {"agreement": row, "form": form}
    return render(request, "agreements/record.html", context, status=200 if sent is None else 422)


def _asked(request: HttpRequest) -> dict[str, str]:
    owed = request.GET.get("obligation", "")
    return {"obligation": owed} if owed.isascii() and owed.isdecimal() else {}


def _made(request: HttpRequest, pk: int, given: dict[str, Any]) -> None:
    fields = {name: given[name] for name in breaching.FIELDS}
    made = breaching.record(signed_in(request), pk, fields, given.get("file"))
    undo = f"undo:{reverse('agreement-breach-away', args=[made.pk])}"
    messages.success(request, _("Recorded: say now what follows from it"), extra_tags=undo)


def _breach(request: HttpRequest, pk: int) -> Breach:
    row = questions.breaches(signed_in(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@needs(AgreementRight.SEE)
@require_GET
def breach(request: HttpRequest, pk: int) -> HttpResponse:
    """A breach in full, and what can follow from it."""
    return render(request, "agreements/breach.html", _around(signed_in(request), _breach(request, pk)))


def _around(user: User, row: Breach, sent: dict[str, Any] | None = None) -> dict[str, Any]:
    today = timezone.localdate()
    begun: dict[str, Any] = {"version": row.version, "due": today + WEEKS, "on": today, "amount": row.amount}
    return {
        "breach": row, "agreement": row.agreement, "may_change": questions.may_change(user, row.agreement),
        "files": list(row.files.all()), "promise": PromiseForm(user, row, initial=begun),
        "penalty": PenaltyForm(initial=begun), "waive": WaiveForm(row, initial=begun), "paid": PaidForm(initial=begun),
        **(sent or {}),
    }  # fmt: skip


@needs(AgreementRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct it, while nothing is decided."""
    user, row, sent = signed_in(request), _breach(request, pk), request.POST or None
    if not questions.may_change(user, row.agreement) or row.state != "open":
        raise Http404
    form = BreachForm(user, row.agreement, sent, instance=_breach(request, pk), initial={"version": row.version})
    if sent is not None and form.is_valid():
        try:
            breaching.change(user, pk, form.cleaned_data["version"] or 0, said(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"))
            return redirect(row)
    context = {"agreement": row.agreement, "form": form, "breach": row}
    return render(request, "agreements/record.html", context, status=200 if sent is None else 422)


@needs(AgreementRight.WRITE)
@require_POST
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """We make it good by a day."""
    row = _breach(request, pk)
    form = PromiseForm(signed_in(request), row, request.POST)
    return _decided(request, row, "promise", form, breaching.promise)


@needs(AgreementRight.WRITE)
@require_POST
def penalise(request: HttpRequest, pk: int) -> HttpResponse:
    """Owed by us, or claimed from the customer."""
    return _decided(request, _breach(request, pk), "penalty", PenaltyForm(request.POST), breaching.penalise)


@needs(AgreementRight.WRITE)
@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer's penalty is not claimed."""
    row = _breach(request, pk)
    return _decided(request, row, "waive", WaiveForm(row, request.POST), breaching.waive)


@needs(AgreementRight.WRITE)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Paid, credited or set off."""
    return _decided(request, _breach(request, pk), "paid", PaidForm(request.POST), breaching.settle, undo=False)


def _decided(
    request: HttpRequest, row: Breach, name: str, form: Any, act: Callable[..., Breach], *, undo: bool = True
) -> HttpResponse:
    user = signed_in(request)
    if tried(request, form, lambda given: act(user, row.pk, given.pop("version"), **given)):
        again = f"undo:{reverse('agreement-breach-undecided', args=[row.pk])}" if undo else ""
        messages.success(request, _("Saved"), extra_tags=again)
        return redirect(row)
    return render(request, "agreements/breach.html", _around(user, row, {name: form}), status=422)


@needs(AgreementRight.WRITE)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """As if nothing had been decided."""
    return moved(request, _breach(request, pk), lambda user: breaching.take_back(user, pk))


@needs(AgreementRight.WRITE)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was recorded by mistake."""
    row = _breach(request, pk)
    undo = reverse("agreement-breach-back", args=[pk])
    return moved(request, row.agreement, lambda user: breaching.put_away(user, pk), undo)


@needs(AgreementRight.WRITE)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    kept = Breach.objects.within_reach_of(signed_in(request)).filter(pk=pk).first()
    if kept is None:
        raise Http404
    return moved(request, kept, lambda user: breaching.fetch_back(user, pk))
