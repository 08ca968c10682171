"""/portal/promises/: a visitor agrees to another day, or not, and says whether a promise was kept."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from vitalfew.people.gate import signed_in
from vitalfew.portal import gate
from vitalfew.portal.gate import visits
from vitalfew.portal.standing import Visit
from vitalfew.promises import answering

LONGEST = 500


@visits("promises")
@require_POST
def day(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """POST: to the day we ask for."""
    agreed, text = request.POST.get("agreed") == "1", request.POST.get("text", "").strip()[:LONGEST]
    guest, mine = signed_in(request), gate.mine(visit, "promises")
    return gate.answered(
        request, "promises", lambda: answering.answer(guest, visit.visitor.person, mine, pk, agreed=agreed, text=text)
    )


@visits("promises")
@require_POST
def heard(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """POST: whether it was kept."""
    kept, text = request.POST.get("kept") == "1", request.POST.get("text", "").strip()[:LONGEST]
    guest, mine = signed_in(request), gate.mine(visit, "promises")
    return gate.answered(
        request, "promises", lambda: answering.hear(guest, visit.visitor.person, mine, pk, kept=kept, text=text)
    )
