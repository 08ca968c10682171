"""/exchange/effects/: what each exchange of data changed, and all together."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from vitalfew.exchange import questions, telling
from vitalfew.exchange.listing import EFFECTS
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in


@needs(ExchangeRight.SEE)
@require_GET
def effects(request: HttpRequest) -> HttpResponseBase:
    rows = list(questions.effects(signed_in(request)))
    return listed(request, EFFECTS, told=telling.together(rows) if rows else [])
