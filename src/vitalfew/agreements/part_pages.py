"""Obligations and price rules: added, corrected, taken out; documents of the account that belong to an agreement."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from vitalfew.agreements import composing, questions
from vitalfew.agreements.forms import AttachForm
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.pages import PAGES
from vitalfew.agreements.part_forms import PART_FORMS
from vitalfew.agreements.rights import AgreementRight
from vitalfew.lists.parts import PartPages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import done
from vitalfew.terms import gettext_noop

TITLES: Final = {"obligation": gettext_noop("Obligation"), "rule": gettext_noop("Price rule")}


def _may_edit(user: User, row: Agreement) -> bool:
    return questions.may_change(user, row) and row.is_draft


def _begun(request: HttpRequest, row: Agreement) -> dict[str, Any]:
    """The agreement's time, and the side one came from."""
    return {"since": row.since, "until": row.until, "side": request.GET.get("side", "")}


PARTS: Final = PartPages(
    PAGES, composing.PARTS, PART_FORMS, TITLES, "agreements/part.html", "agreement-part", _may_edit, _begun
)
add, edit, take_out, bring_back = PARTS.adds(), PARTS.changes(), PARTS.takes_out(), PARTS.brings_back()


@needs(AgreementRight.WRITE)
@require_POST
def fulfil(request: HttpRequest, pk: int) -> HttpResponse:
    """What was owed once is done."""
    user, (_owed, row) = signed_in(request), PARTS.found(request, "obligation", pk)
    return done(request, lambda: composing.fulfil(user, pk), row, undo="agreement-unfulfilled")


@needs(AgreementRight.WRITE)
@require_POST
def unfulfil(request: HttpRequest, pk: int) -> HttpResponse:
    user, (_owed, row) = signed_in(request), PARTS.found(request, "obligation", pk)
    return done(request, lambda: composing.unfulfil(user, pk), row)


@needs(AgreementRight.WRITE)
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """A document of the account, there already or new."""
    row = PAGES.found(request, pk)
    return PAGES.sent(request, row, "attach", AttachForm(row, request.POST, request.FILES), composing.attach)


@needs(AgreementRight.WRITE)
@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """It stays among the account's documents."""
    user, row, number = signed_in(request), PAGES.found(request, pk), request.POST.get("file", "")
    file = row.files.filter(pk=number).first() if number.isascii() and number.isdecimal() else None
    if file is None:
        raise Http404
    return done(request, lambda: composing.detach(user, pk, file.pk), row)
