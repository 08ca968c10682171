from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from vitalfew.campaigns.calendar import by_week, mondays, pressed
from vitalfew.campaigns.rights import CampaignRight
from vitalfew.campaigns.shown import BESIDE
from vitalfew.people.gate import needs, signed_in


@needs(CampaignRight.SEE)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """/campaigns/calendar/: who gets what when, and how often accounts hear from us."""
    user, day = signed_in(request), timezone.localdate()
    weeks = mondays(day)
    context = {
        "beside": BESIDE,
        "weeks": weeks,
        "rows": by_week(user, weeks),
        "pressed": pressed(user, day),
        "day": day,
    }
    return render(request, "campaigns/calendar.html", context)
