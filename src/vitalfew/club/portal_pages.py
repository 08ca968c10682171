"""/portal/club/: a visitor answers an invitation."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.club.models import Invited
from vitalfew.club.portal import OPEN
from vitalfew.club.words import Answered
from vitalfew.people import records
from vitalfew.people.gate import signed_in
from vitalfew.portal import gate
from vitalfew.portal.gate import visits
from vitalfew.portal.standing import Visit


@visits("club")
@require_POST
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """POST: yes or no, as long as the event lies ahead."""
    said = Answered.ACCEPTED if request.POST.get("answer") == "yes" else Answered.DECLINED
    rows = Invited.objects.filter(account__in=gate.mine(visit, "club"), put_away_at=None, event__put_away_at=None)
    with transaction.atomic():
        row = rows.select_for_update(of=("self",)).select_related("event").filter(pk=pk).first()
        if row is None:
            raise Http404
        if row.event.day < timezone.localdate() or row.answer not in OPEN:
            messages.error(request, _("The event is over"))
        else:
            fields = {"answer": said.value, "person_id": visit.visitor.person}
            records.change(signed_in(request), rows, pk, row.version, fields)
            messages.success(request, _("Thank you, we have your answer"))
    return gate.back("club")
