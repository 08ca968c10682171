"""/portal/: what a visitor sees: what is new and what waits for him, and each room's part of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.people import audit
from vitalfew.people.fields import number_in
from vitalfew.people.gate import needs, signed_in
from vitalfew.portal import gate, questions
from vitalfew.portal.gate import visits
from vitalfew.portal.parts import named, parts
from vitalfew.portal.plain import plain
from vitalfew.portal.rights import PortalRight
from vitalfew.portal.standing import Visit, visit_by
from vitalfew.portal.words import OVER

LINES: Final = 20


@visits()
@require_GET
def home(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """What is new, and what waits for the visitor."""
    return _home(request, visit, gate.chosen(request, visit))


@visits()
@require_GET
def part(request: HttpRequest, visit: Visit, name: str) -> HttpResponseBase:
    """A room's part, for the account chosen, or another of which he may see it."""
    found = named(name)
    if found is None or not visit.accounts(name):
        raise Http404
    return gate.part_page(request, visit, found, gate.chosen(request, visit, name))


@visits()
@require_POST
def choose(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Another of his accounts is looked at from now on."""
    pk = number_in(request.POST.get("account", ""))
    if pk not in {each.pk for each in visit.accounts()}:
        raise Http404
    request.session[gate.CHOSEN] = pk
    to = request.POST.get("next", "")
    return redirect(to if url_has_allowed_host_and_scheme(to, None) and to.startswith("/portal/") else "portal")


def _home(request: HttpRequest, visit: Visit, account: Account) -> HttpResponseBase:
    lines = sorted(_waiting(visit, account), key=lambda line: (line["new"], line["due"] or date.max))
    waits = [line for line in lines if not line["new"]]
    context = {
        "waits": waits[:LINES],
        "news": [line for line in lines if line["new"]][:LINES],
        "contact": account.in_charge,
    }
    return gate.framed(request, visit, account, "portal/home.html", plain(context))


def _waiting(visit: Visit, account: Account) -> Iterator[dict[str, Any]]:
    allowed = visit.parts(account)
    for each in parts():
        if each.name in allowed:
            for line in each.waiting(visit.visitor, account):
                yield {
                    "what": line.what,
                    "due": line.due,
                    "new": line.new,
                    "url": gate.address(visit, each.name),
                }


def _previewed(request: HttpRequest, pk: int) -> Visit:
    """What somebody of a customer's sees, looked at by one of ours: nothing can be done there, and it stands in the trail."""
    user = signed_in(request)
    row = get_object_or_404(questions.accesses(user), pk=pk)
    visit = visit_by(row.user, [row], may=False)
    if visit is None or row.standing in OVER or not questions.may_give(user, row.account):
        raise Http404
    return visit


def _noted(request: HttpRequest, visit: Visit, part: str) -> None:
    audit.record(request.user, "portal-preview", visit.accesses[0].subject, {"part": part})


@needs(PortalRight.GIVE)
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponseBase:
    visit = _previewed(request, pk)
    _noted(request, visit, "home")
    return _home(request, visit, visit.accesses[0].account)


@needs(PortalRight.GIVE)
@require_GET
def preview_part(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    visit, found = _previewed(request, pk), named(name)
    if found is None or name not in visit.accesses[0].parts:
        raise Http404
    _noted(request, visit, name)
    return gate.part_page(request, visit, found, visit.accesses[0].account)
