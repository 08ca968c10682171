"""What accounts earned, the statement of a period, bookings and their reversal."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.actions import exported
from vitalfew.incentives import booking as booked
from vitalfew.incentives import questions
from vitalfew.incentives import statement as told
from vitalfew.incentives.forms import BookForm, ReverseForm
from vitalfew.incentives.listing import BOOKINGS, STANDINGS
from vitalfew.incentives.models import Booking, Standing
from vitalfew.incentives.pages import found_scheme, there
from vitalfew.incentives.periods import Period
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.language import LANGUAGES
from vitalfew.lists.pages import listed
from vitalfew.paper import NoPrinter
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible, Stale

FEW = 50


@needs(IncentiveRight.SEE)
@require_GET
def standings(request: HttpRequest) -> HttpResponseBase:
    return listed(request, STANDINGS)


@needs(IncentiveRight.SEE)
@require_GET
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer is told of a period, and the ledger behind it; as PDF and CSV."""
    user = signed_in(request)
    row = questions.standings(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    asked = request.GET.get("in", "")
    chosen = asked if asked in LANGUAGES else language()
    if request.GET.get("format") in {"pdf", "csv"}:
        return _file(request, row, chosen, request.GET["format"])
    context = {
        "standing": row, "text": told.written_out(row, chosen), "languages": LANGUAGES.items(), "chosen": chosen,
        "entries": questions.entries(user, row), "can_export": user.may(Right.EXPORT),
    }  # fmt: skip
    return render(request, "incentives/statement.html", context)


def _file(request: HttpRequest, row: Standing, chosen: str, kind: str) -> HttpResponse:
    user = signed_in(request)
    user.must(Right.EXPORT)
    try:
        content = told.pdf(row, chosen) if kind == "pdf" else told.as_csv(row, chosen).encode()
    except NoPrinter as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    exported(user, "incentive-statement", kind, f"standing={row.pk}&in={chosen}")
    name = f"statement-{row.since.isoformat()}-{row.pk}.{kind}"
    way, of = ("inline", "application/pdf") if kind == "pdf" else ("attachment", "text/csv; charset=utf-8")
    return HttpResponse(content, content_type=of, headers={"Content-Disposition": f'{way}; filename="{name}"'})


@needs(IncentiveRight.BOOK)
@require_POST
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A closed period, once, as much as the page showed."""
    row, form = found_scheme(request, pk), BookForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    period = Period(said["since"], said["until"])
    try:
        made = there(lambda: booked.book(signed_in(request), pk, period, said["expected"], said["key"]))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    messages.success(request, _("Booked: %(amount)s") % {"amount": made.exactly})
    return redirect(made)


@needs(IncentiveRight.TOTALS)
@require_GET
def bookings(request: HttpRequest) -> HttpResponseBase:
    return listed(request, BOOKINGS)


def _booking(request: HttpRequest, pk: int) -> Booking:
    found = questions.bookings(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(IncentiveRight.TOTALS)
@require_GET
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _booking(request, pk))


def _shown(request: HttpRequest, row: Booking, form: ReverseForm | None = None) -> HttpResponse:
    rows = row.entries.select_related("account").order_by("-units", "pk")
    waits = row.approval if row.approval and row.approval.is_waiting and not row.is_reversed else None
    context = {
        "booking": row, "entries": list(rows[:FEW]), "more": max(rows.count() - FEW, 0), "waits": waits,
        "can_reverse": signed_in(request).may(IncentiveRight.BOOK) and not row.is_reversed and not waits,
        "form": form or ReverseForm(initial={"version": row.version}),
    }  # fmt: skip
    return render(request, "incentives/booking.html", context, status=422 if form else 200)


@needs(IncentiveRight.BOOK)
@require_POST
def reverse_booking(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a second person to have it reversed, and why."""
    row, form = _booking(request, pk), ReverseForm(request.POST)
    if form.is_valid():
        try:
            booked.ask_reversal(signed_in(request), pk, form.cleaned_data["version"], form.cleaned_data["why"])
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": stale.current.version}
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Asked for: it waits for whoever may approve it"))
            return redirect(row)
    return _shown(request, row, form)
