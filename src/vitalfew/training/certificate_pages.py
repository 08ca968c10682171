"""/training/certificates/: one certificate, on paper, revoked and given back."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from vitalfew.accounts.actions import exported
from vitalfew.lists.records import Pages
from vitalfew.paper import NoPrinter
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import KNOWN, language
from vitalfew.people.models import User
from vitalfew.training import certifying, paper, questions
from vitalfew.training.forms import ReasonForm
from vitalfew.training.models import Certificate
from vitalfew.training.rights import TrainingRight


def _around(user: User, row: Certificate) -> Mapping[str, Any]:
    return {
        "certificate": row, "may_run": questions.may_run(user), "languages": settings.LANGUAGES,
        "revoke": ReasonForm(initial={"version": row.version}),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.certificates, "training/certificate.html", _around, see=TrainingRight.SEE, write=TrainingRight.RUN
)
certificate = PAGES.shows()
revoke = PAGES.takes(
    "revoke", ReasonForm, certifying.revoke, said=gettext_lazy("Revoked"), undo="certificate-give-back"
)
give_back = PAGES.does(certifying.give_back, gettext_lazy("It is valid again"))


@needs(TrainingRight.SEE)
@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """As PDF in one of the three languages; that it was taken out stands in the trail."""
    user, row = signed_in(request), PAGES.found(request, pk)
    asked = request.GET.get("in", "")
    chosen = asked if asked in KNOWN else language()
    try:
        made = paper.certificate(row, chosen, address(request, row))
    except NoPrinter as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    exported(user, "certificate", "pdf", f"certificate={row.pk}&in={chosen}")
    return answered(made, row)


def address(request: HttpRequest, row: Certificate) -> str:
    """Where anybody can check it."""
    return request.build_absolute_uri(reverse("certified", args=[row.code]))


def answered(made: bytes, row: Certificate) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="certificate-{row.number}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
