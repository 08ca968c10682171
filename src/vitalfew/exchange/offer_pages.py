"""/exchange/ID/gives/: what the account is told, as it is told it."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from vitalfew.exchange import giving, offering, questions
from vitalfew.exchange.pages import PAGES
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Format
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible

EDI: Final = {"edifact": Format.EDIFACT, "x12": Format.X12}


@needs(ExchangeRight.SEE)
@require_GET
def gives(request: HttpRequest, pk: int) -> HttpResponse:
    """Every table that is agreed on, and who fetched which lately."""
    user, row = signed_in(request), PAGES.found(request, pk)
    runs = row.runs_on(timezone.localdate())
    context = {
        "exchange": row, "tables": [offering.offered(row, each.value) for each in row.offered] if runs else [],
        "given": questions.given(user, row.account), "can_export": user.may(Right.EXPORT),
    }  # fmt: skip
    return render(request, "exchange/gives.html", context)


@needs(Right.EXPORT)
@require_GET
def message(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """What is available, as a message."""
    row = PAGES.found(request, pk)
    try:
        return giving.as_edi(signed_in(request), row, EDI[name])
    except (KeyError, NotPossible):
        raise Http404 from None


@needs(Right.EXPORT)
@require_GET
def table(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of them as CSV."""
    row = PAGES.found(request, pk)
    try:
        return giving.as_csv(signed_in(request), row, name)
    except NotPossible:
        raise Http404 from None
