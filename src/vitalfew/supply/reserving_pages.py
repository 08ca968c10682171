"""/supply/reservations/, and the steps from a draft to them."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import done, version_read
from vitalfew.supply import granting, questions, telling
from vitalfew.supply.listing import RESERVATIONS
from vitalfew.supply.rights import SupplyRight

DRAFTS: Final = Pages(questions.allotments, see=SupplyRight.WORK, write=SupplyRight.WORK)
ROWS: Final = Pages(questions.reservations, see=SupplyRight.SEE, write=SupplyRight.WORK)
reservations = list_page(RESERVATIONS)


@needs(SupplyRight.WORK)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """In exactly the version that the page showed."""
    user, row, version = signed_in(request), DRAFTS.found(request, pk), version_read(request)
    return done(request, lambda: granting.ask(user, pk, version), row)


take_back = DRAFTS.does(granting.take_back, _("It is a draft again"))
give_back = DRAFTS.does(granting.give_back, _("What was left is given back"), undo="supply-allotment-hold")
hold_again = DRAFTS.fetches_back(granting.hold_again, _("It is reserved again"))
tell = DRAFTS.does(telling.tell, _("The accounts are written to"))
give_one_back = ROWS.does(granting.give_one_back, _("It is given back"), undo="supply-reservation-hold")
hold_one_again = ROWS.fetches_back(granting.hold_one_again, _("It is reserved again"))
