"""What accounts earned, the statement of a period, bookings and their reversal."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.actions import exported
from vitalfew.incentives import booking as booked
from vitalfew.incentives import questions
from vitalfew.incentives import statement as told
from vitalfew.incentives.forms import BookForm, ReverseForm
from vitalfew.incentives.listing import BOOKINGS, STANDINGS
from vitalfew.incentives.models import Booking, Standing
from vitalfew.incentives.pages import PAGES as SCHEME_PAGES
from vitalfew.incentives.periods import Period
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.language import LANGUAGES
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.paper import NoPrinter
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import ASKED_FOR, done

FEW = 50


standings = list_page(STANDINGS)
bookings = list_page(BOOKINGS)


@needs(IncentiveRight.SEE)
@require_GET
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer is told of a period, and the ledger behind it; as PDF and CSV."""
    user = signed_in(request)
    row = get_object_or_404(questions.standings(user), pk=pk)
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
    row, form = SCHEME_PAGES.found(request, pk), BookForm(request.POST)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    period = Period(said["since"], said["until"])
    return done(
        request, lambda: booked.book(signed_in(request), pk, period, said["expected"], said["key"]), back=row,
        said=lambda made: _("Booked: %(amount)s") % {"amount": made.exactly},
    )  # fmt: skip


def _around(user: User, row: Booking) -> dict[str, Any]:
    rows = row.entries.select_related("account").order_by("-units", "pk")
    waits = row.approval if row.approval and row.approval.is_waiting and not row.is_reversed else None
    return {
        "booking": row, "entries": list(rows[:FEW]), "more": max(rows.count() - FEW, 0), "waits": waits,
        "can_reverse": user.may(IncentiveRight.BOOK) and not row.is_reversed and not waits,
        "form": ReverseForm(initial={"version": row.version}),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.bookings, "incentives/booking.html", _around, see=IncentiveRight.TOTALS, write=IncentiveRight.BOOK
)
booking = PAGES.shows()
reverse_booking = PAGES.takes("form", ReverseForm, booked.ask_reversal, said=ASKED_FOR)
