"""/portal/plan/: a visitor agrees to a section of the plan, or objects; and ours decide what is shown there."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import done
from vitalfew.plans import sharing
from vitalfew.plans.pages import PAGES
from vitalfew.plans.rights import AccountPlanRight
from vitalfew.portal import gate
from vitalfew.portal.gate import visits
from vitalfew.portal.standing import Visit

LONGEST = 1000


@needs(AccountPlanRight.WRITE)
@require_POST
def share(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """POST: a section is shown to the customer as it stands, or no longer."""
    user, row, shared = signed_in(request), PAGES.found(request, pk), request.POST.get("shared") == "1"
    said = _("Shown in the customer portal") if shared else _("No longer shown in the customer portal")
    return done(request, lambda: sharing.share(user, pk, name, shared=shared), row, said, back=row)


@visits("plan")
@require_POST
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    agreed, words = request.POST.get("agreed") == "1", request.POST.get("words", "").strip()[:LONGEST]
    guest, mine = signed_in(request), gate.mine(visit, "plan")
    return gate.answered(
        request, "plan", lambda: sharing.answer(guest, visit.visitor.person, mine, pk, agreed=agreed, words=words)
    )
