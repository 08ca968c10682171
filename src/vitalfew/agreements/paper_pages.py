"""What is taken out of an agreement: on paper, beside the one before, and orders held against its prices."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.actions import exported
from vitalfew.agreements import printing, questions
from vitalfew.agreements.comparing import compared
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.pages import PAGES
from vitalfew.agreements.price_check import Check, checked
from vitalfew.agreements.pricing import Untold, Verdict
from vitalfew.agreements.rights import AgreementRight
from vitalfew.language import Message
from vitalfew.lists.files import csv_rows
from vitalfew.lists.listing import ListColumn
from vitalfew.paper import NoPrinter
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Right
from vitalfew.terms import Unit, gettext_noop

SHOWN: Final = 50
COLUMNS: Final = (
    ListColumn("day", gettext_noop("Ordered on"), Unit.DAY, told=lambda row: row.line.day),
    ListColumn("order", gettext_noop("Order"), told=lambda row: row.line.order),
    ListColumn("number", gettext_noop("Line"), told=lambda row: row.line.number),
    ListColumn("product", gettext_noop("Product code"), told=lambda row: row.line.product),
    ListColumn("name", gettext_noop("Product name"), told=lambda row: row.line.name),
    ListColumn("category", gettext_noop("Category"), told=lambda row: row.line.category),
    ListColumn("quantity", gettext_noop("Quantity"), told=lambda row: f"{row.line.quantity.normalize():f}"),
    ListColumn("amount", gettext_noop("Amount"), told=lambda row: f"{row.line.amount:.2f}"),
    ListColumn("currency", gettext_noop("Currency"), told=lambda row: row.line.currency),
    ListColumn("agreed", gettext_noop("Agreed amount"), told=lambda row: _cents(row.agreed)),
    ListColumn("difference", gettext_noop("Difference"), told=lambda row: _cents(row.difference)),
    ListColumn("verdict", gettext_noop("How it stands"), Unit.WORD, words=Verdict),
    ListColumn("why", gettext_noop("Reason"), Unit.WORD, words=Untold),
)  # fmt: skip


def _cents(amount: Any) -> str | None:
    return None if amount is None else f"{amount:.2f}"


@needs(AgreementRight.SEE)
@require_GET
def prices(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Order lines above and below the agreed price; every line as CSV for who may export."""
    user, row = signed_in(request), PAGES.found(request, pk)
    check = checked(row, list(questions.parts(user, row, "rule")))
    may_export = user.may(Right.EXPORT)
    if request.GET.get("format") == "csv":
        if not may_export or isinstance(check, Message):
            raise Http404
        return _csv(request, row, check)
    why, told = (check, None) if isinstance(check, Message) else (None, check)
    apart = told.apart if told else []
    context = {
        "agreement": row, "check": told, "why": why, "apart": apart[:SHOWN], "more": len(apart) - SHOWN,
        "may_export": may_export,
    }  # fmt: skip
    return render(request, "agreements/prices.html", context)


def _csv(request: HttpRequest, row: Agreement, check: Check) -> StreamingHttpResponse:
    exported(signed_in(request), "agreement-prices", "csv", f"agreement={row.pk}")
    disposition = f'attachment; filename="agreement-{row.pk}-prices.csv"'
    return StreamingHttpResponse(
        csv_rows(check.lines, COLUMNS), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )  # fmt: skip


@needs(AgreementRight.SEE)
@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Beside the one it goes on from."""
    user, row = signed_in(request), PAGES.found(request, pk)
    before = questions.agreements(user).filter(pk=row.before_id).first() if row.before_id else None
    if before is None:
        raise Http404
    rows = compared(user, before, row)
    context = {"agreement": row, "before": before, "rows": rows, "differing": sum(each.differs for each in rows)}
    return render(request, "agreements/compare.html", context)


@needs(AgreementRight.SEE)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement as PDF; that it was taken out stands in the trail."""
    user, row = signed_in(request), PAGES.found(request, pk)
    told = PAGES.around(user, row)
    try:
        written = printing.pdf({name: told[name] for name in printing.TOLD})
    except NoPrinter as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    exported(user, "agreement", "pdf", f"agreement={pk}")
    name = f"agreement-{row.pk}-{row.since.isoformat()}.pdf"
    return HttpResponse(
        written, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
