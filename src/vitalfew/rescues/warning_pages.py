"""/warnings/: who may leave, most at stake first, beside how well that would have been known; whether plans help."""

from collections import Counter

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vitalfew.backtests.kept import kept
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs
from vitalfew.rescues.beside import BESIDE
from vitalfew.rescues.comparing import judged
from vitalfew.rescues.listing import WARNINGS
from vitalfew.rescues.models import Rescue
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.words import RescueState
from vitalfew.warehouse import scorecards


@needs(RescueRight.SEE)
@require_GET
def warnings(request: HttpRequest) -> HttpResponseBase:
    """The accounts with an alarm; above them what the backtest found on the company's own past."""
    found = kept(settings.HOME, "churn")
    said = [found.headline, *found.warnings] if found else []
    return listed(request, WARNINGS, beside=BESIDE, told=said)


@needs(RescueRight.SEE)
@require_GET
def helping(request: HttpRequest) -> HttpResponse:
    """Accounts with a plan beside accounts in the same danger without one: counts alone, over all of the house."""
    refresh = scorecards.current()
    rows = Rescue.objects.filter(put_away_at=None).select_related("account")
    found = judged(list(rows), refresh.as_of) if refresh else None
    states = Counter(rows.values_list("state", flat=True))
    counted = [(state.label, states[state.value]) for state in RescueState if states[state.value]]
    context = {"found": found, "as_of": refresh.as_of if refresh else None, "counted": counted, "beside": BESIDE}
    return render(request, "rescues/effect.html", context)
