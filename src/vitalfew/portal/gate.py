"""The pages of the portal: who visits, for which accounts, and how a room's part is shown.

@visits("promises")
def agree(request, visit, pk): …
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vitalfew.accounts.models import Account
from vitalfew.people import audit
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import NotPossible
from vitalfew.people.saving import there
from vitalfew.portal.models import Access
from vitalfew.portal.parts import parts
from vitalfew.portal.plain import plain
from vitalfew.portal.rights import PortalRight
from vitalfew.portal.standing import Visit, visit_of
from vitalfew.rooms import PortalPart

P = ParamSpec("P")
CHOSEN: Final = "portal-account"
SEEN_EVERY: Final = timedelta(minutes=10)


def visits(part: str = "") -> Callable[
    [Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]], Callable[..., HttpResponseBase]
]:  # fmt: skip
    """A page for who visits the portal, and may see that part of it for one account at least; else it is not there."""

    def mark(
        page: Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(page)
        def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            visit = visit_of(signed_in(request))
            if visit is None:
                return render(request, "portal/shut.html", status=404)
            if not visit.accounts(part):
                raise Http404
            _seen(visit)
            return page(request, visit, *args, **kwargs)

        return needs(PortalRight.VISIT)(asked)

    return mark


def _seen(visit: Visit) -> None:
    now = timezone.now()
    lately = Q(seen_at=None) | Q(seen_at__lt=now - SEEN_EVERY)
    Access.objects.filter(lately, pk__in=[each.pk for each in visit.accesses]).update(seen_at=now)


def chosen(request: HttpRequest, visit: Visit, part: str = "") -> Account:
    """The account looked at: the one chosen, or the first of those of which he may see the part."""
    accounts = visit.accounts(part)
    return next((each for each in accounts if each.pk == request.session.get(CHOSEN)), accounts[0])


def mine(visit: Visit, part: str) -> list[int]:
    """The numbers of the accounts of which he sees the part: among theirs he may answer records."""
    return [each.pk for each in visit.accounts(part)]


def part_page(
    request: HttpRequest, visit: Visit, part: PortalPart, account: Account, *, more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """What a room shows of an account, in the frame of the portal."""
    shown = plain(part.told(replace(visit.visitor, asked=request.GET.dict()), account))
    return framed(request, visit, account, part.template, {**shown, **(more or {})}, part=part, status=status)


def framed(
    request: HttpRequest, visit: Visit, account: Account, template: str, context: dict[str, Any], *,
    part: PortalPart | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page of the portal; to one of ours who looks at what a visitor sees, its links lead to the like of them."""
    here = part.name if part else ""
    around = {
        "visitor": {"name": visit.visitor.name, "may": visit.may}, "preview": 0 if visit.may else visit.accesses[0].pk,
        "account": {"code": account.code, "name": account.name}, "home": address(visit),
        "part": {"name": part.name, "label": part.label} if part else None, "parts": _menu(visit, account, here),
        "accounts": [
            {"pk": each.pk, "name": each.name, "here": each.pk == account.pk}
            for each in (visit.accounts(here) if visit.may else [account])
        ],
    }  # fmt: skip
    return render(request, template, {**plain(around), **context}, status=status)


def _menu(visit: Visit, account: Account, here: str) -> list[dict[str, Any]]:
    allowed = visit.parts(account)
    return [
        {"label": each.label, "icon": each.icon, "url": address(visit, each.name), "here": each.name == here}
        for each in parts() if each.name in allowed
    ]  # fmt: skip


def address(visit: Visit, part: str = "") -> str:
    """Where a visitor finds a part; where one of ours sees what he sees there."""
    if visit.may:
        return reverse("portal-part", args=[part]) if part else reverse("portal")
    pk = visit.accesses[0].pk
    return reverse("portal-preview-part", args=[pk, part]) if part else reverse("portal-preview", args=[pk])


def noted(visit: Visit, step: str, account: Account, told: dict[str, Any] | None = None) -> None:
    """What a visitor did, where no record of ours tells of it by itself."""
    audit.record(visit.visitor.username, f"portal-{step}", f"account:{account.code}", told)


def answered(request: HttpRequest, part: str, act: Callable[[], object]) -> HttpResponseBase:
    """What a visitor answers: taken with thanks, or why it is not; then back to the part. What he does not see is not there."""
    try:
        there(act)
        messages.success(request, _("Thank you, we have your answer"))
    except NotPossible as why:
        messages.error(request, _(str(why)))
    return back(part)


def back(part: str) -> HttpResponseBase:
    """To the part one came from."""
    return redirect("portal-part", part)
