"""What accounts earned, the statement of a period, bookings and their reversal."""

import secrets
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vitalfew.accounts.actions import exported
from vitalfew.accounts.models import Account
from vitalfew.coins import amount, written
from vitalfew.incentives import booking as booked
from vitalfew.incentives import questions
from vitalfew.incentives import statement as told
from vitalfew.incentives.forms import BookForm, PeriodForm, ReverseForm
from vitalfew.incentives.listing import BOOKINGS, STANDINGS
from vitalfew.incentives.models import Booking, Scheme, Standing
from vitalfew.incentives.pages import PAGES as SCHEME_PAGES
from vitalfew.incentives.periods import Period
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.words import EntryKind
from vitalfew.language import LANGUAGES
from vitalfew.lists.files import csv_rows
from vitalfew.lists.listing import ListColumn
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.paper import NoPrinter
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import ASKED_FOR, done
from vitalfew.terms import Unit, gettext_noop

FEW = 50
AT_ONCE: Final = 2_000
ENTRIES: Final = (
    ListColumn("code", gettext_noop("Code"), told=lambda row: row.account.code),
    ListColumn("account", gettext_noop("Account"), told=lambda row: row.account.name),
    ListColumn("kind", gettext_noop("Entry"), Unit.WORD, words=EntryKind),
    ListColumn("amount", gettext_noop("Amount"), told=lambda row: f"{amount(row.units, row.currency)}"),
    ListColumn("currency", gettext_noop("Currency")),
    ListColumn("day", gettext_noop("Date"), Unit.DAY),
)


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
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """A closed period, once, as much as the page showed; before that, what would be booked."""
    row, form = SCHEME_PAGES.found(request, pk), BookForm(request.POST)
    if request.method == "GET":
        return _what_would_be(request, row)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    period = Period(said["since"], said["until"])
    return done(
        request, lambda: booked.book(signed_in(request), pk, period, said["expected"], said["key"]), back=row,
        said=lambda made: _("Booked: %(amount)s") % {"amount": made.exactly},
    )  # fmt: skip


def _what_would_be(request: HttpRequest, row: Scheme) -> HttpResponse:
    """The period, the sum and each account's part, the largest first; nothing is booked yet."""
    asked = PeriodForm(request.GET)
    if not asked.is_valid():
        raise Http404
    period = Period(asked.cleaned_data["since"], asked.cleaned_data["until"])
    owed = questions.open_amounts(row, period)
    if not owed or period.until >= timezone.localdate():
        messages.error(request, _("Nothing of this period can be booked now: look at the scheme"))
        return redirect(row)
    currency = questions.currency_of(row, period)
    largest = sorted(owed.items(), key=lambda pair: (-pair[1], pair[0]))[:FEW]
    accounts = Account.objects.in_bulk([account for account, _units in largest])
    context = {
        "scheme": row, "since": period.since, "until": period.until, "n": len(owed), "expected": sum(owed.values()),
        "sum": _written(sum(owed.values()), currency), "key": secrets.token_hex(16), "more": max(len(owed) - FEW, 0),
        "parts": [(accounts.get(account), _written(units, currency)) for account, units in largest],
    }  # fmt: skip
    return render(request, "incentives/book.html", context)


def _written(units: int, currency: str) -> str:
    return written(amount(units, currency), currency)


@needs(IncentiveRight.TOTALS)
@require_GET
def entries(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every entry of a booking, with its counter-entry where it was reversed, as CSV."""
    user, row = signed_in(request), PAGES.found(request, pk)
    user.must(Right.EXPORT)
    exported(user, "incentive-booking", "csv", f"booking={row.pk}")
    disposition = f'attachment; filename="booking-{row.pk}.csv"'
    return StreamingHttpResponse(
        csv_rows(questions.entries_of(user, row).iterator(AT_ONCE), ENTRIES), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )  # fmt: skip


@needs(IncentiveRight.TOTALS)
@require_GET
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is made of, a page at a time."""
    user, row = signed_in(request), PAGES.found(request, pk)
    page = Paginator(questions.entries_of(user, row), FEW).get_page(request.GET.get("page"))
    around = {**_around(user, row), "page": page, "can_export": user.may(Right.EXPORT)}
    return render(request, "incentives/booking.html", around)


def _around(user: User, row: Booking) -> dict[str, Any]:
    waits = row.approval if row.approval and row.approval.is_waiting and not row.is_reversed else None
    return {
        "booking": row, "waits": waits, "page": Paginator(questions.entries_of(user, row), FEW).get_page(1),
        "can_reverse": user.may(IncentiveRight.BOOK) and not row.is_reversed and not waits,
        "form": ReverseForm(initial={"version": row.version}),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.bookings, "incentives/booking.html", _around, see=IncentiveRight.TOTALS, write=IncentiveRight.BOOK
)
reverse_booking = PAGES.takes("form", ReverseForm, booked.ask_reversal, said=ASKED_FOR)
