"""/portal/peaks/: somebody of a customer's says which quantities it would take."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from vitalfew.peaks import actions, portal
from vitalfew.peaks.forms import SayForm
from vitalfew.peaks.words import PeakState
from vitalfew.people.gate import signed_in
from vitalfew.portal import gate
from vitalfew.portal.gate import visits
from vitalfew.portal.standing import Visit


@visits("peaks")
@require_POST
def say(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """POST: the quantities, and how it sees the season."""
    mine = gate.mine(visit, "peaks")
    account = gate.chosen(request, visit, "peaks")
    row = portal.asked(account).filter(pk=pk, state=PeakState.ASKED, account__in=mine).first()
    if row is None:
        raise Http404
    form, guest = SayForm(list(row.bookings.all()), request.POST), signed_in(request)
    if not form.is_valid():
        shown = [portal.line(each, form if each.pk == pk else None) for each in portal.asked(account)[: portal.SHOWN]]
        return gate.part_page(request, visit, portal.PARTS[0], account, more={"peaks": shown}, status=422)
    said, view = form.quantities, form.cleaned_data["view"]
    return gate.answered(request, "peaks", lambda: actions.say(guest, mine, pk, said, view))
