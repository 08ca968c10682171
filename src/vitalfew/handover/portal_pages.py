"""/portal/contact/: a visitor agrees to who looks after the account from now on."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.handover import actions
from vitalfew.handover.models import Handover
from vitalfew.handover.portal import rows
from vitalfew.handover.words import HandoverState
from vitalfew.people.gate import signed_in
from vitalfew.portal import gate
from vitalfew.portal.gate import visits
from vitalfew.portal.standing import Visit


@visits("contact")
@require_POST
def agree(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """POST: that it agrees; said once."""
    with transaction.atomic():
        seen = rows(gate.mine(visit, "contact")).values("pk")
        row = (
            Handover.objects.select_for_update(of=("self",))
            .select_related("account")
            .filter(pk=pk, pk__in=seen)
            .first()
        )
        if row is None:
            raise Http404
        if row.agreed_on is None and row.state == HandoverState.ACCEPTED:
            actions.agreed(signed_in(request), row, visit.visitor.name, timezone.localdate())
            messages.success(request, _("Thank you, we have your answer"))
    return gate.back("contact")
