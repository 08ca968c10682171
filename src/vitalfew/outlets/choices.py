"""What a person chooses for himself: the language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vitalfew.people.gate import needs
from vitalfew.people.language import COOKIE, KNOWN
from vitalfew.people.permissions import Right

A_YEAR = 365 * 24 * 3600


@needs(Right.OPEN)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language of the header's switch, for this browser and, signed in, for the person."""
    chosen, target = request.POST.get("language", ""), request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = redirect(target if safe else "/")
    if chosen in KNOWN:
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    return response
