"""/tier-letter/: the letter to a customer, on the screen and as PDF, in the language the customer reads."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vitalfew.accounts import questions as accounts
from vitalfew.accounts.actions import exported
from vitalfew.paper import NoPrinter
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import KNOWN, language
from vitalfew.reviews import letter as letters
from vitalfew.reviews.rights import ReviewRight


@needs(ReviewRight.SEE)
@require_GET
def tier_letter(request: HttpRequest, code: str) -> HttpResponse:
    """As it would be sent; that it was taken out as PDF stands in the trail."""
    user = signed_in(request)
    account = accounts.one(user, code)
    if account is None:
        raise Http404
    told, asked = letters.letter(account), request.GET.get("in", "")
    chosen = asked if asked in KNOWN else language()
    if told and request.GET.get("format") == "pdf":
        try:
            made = letters.pdf(told, chosen)
        except NoPrinter as why:
            messages.error(request, _(str(why)))
            return redirect("tier-letter", code)
        exported(user, "tier-letter", "pdf", f"account={account.code}&in={chosen}")
        headers = {"Content-Disposition": 'inline; filename="letter.pdf"'}
        return HttpResponse(made, content_type="application/pdf", headers=headers)
    context = {
        "account": account, "text": letters.written(told, chosen) if told else "", "chosen": chosen,
        "languages": settings.LANGUAGES,
    }  # fmt: skip
    return render(request, "reviews/letter.html", context)
