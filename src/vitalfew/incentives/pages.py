"""/incentives/: schemes and their versions, drafted, simulated, handed in; what is earned and booked by period."""

import secrets
from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.incentives import actions, questions
from vitalfew.incentives.forms import SchemeForm, VersionForm
from vitalfew.incentives.listing import SCHEMES
from vitalfew.incentives.models import Scheme, SchemeRule, SchemeVersion
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.rules.money import amount, written
from vitalfew.incentives.words import VersionState
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale

T = TypeVar("T")
FEW: Final = 10


@needs(IncentiveRight.SEE)
@require_GET
def schemes(request: HttpRequest) -> HttpResponseBase:
    return listed(request, SCHEMES)


@needs(IncentiveRight.MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Name it, and say for whom and from when; rules follow on its page."""
    user, sent = signed_in(request), request.POST or None
    form, version = SchemeForm(sent), VersionForm(sent)
    if sent is not None and form.is_valid() and version.is_valid():
        try:
            made = actions.draft(user, said(form, actions.OF_SCHEME), said(version, actions.OF_VERSION))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('incentive-away', args=[made.scheme_id])}")
            return redirect(made)
    status = 200 if sent is None else 422
    return render(request, "incentives/new.html", {"form": form, "version_form": version}, status=status)


def said(form: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}


def there(act: Callable[[], T]) -> T:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except (Scheme.DoesNotExist, SchemeVersion.DoesNotExist, SchemeRule.DoesNotExist):
        raise Http404 from None


def found_scheme(request: HttpRequest, pk: int) -> Scheme:
    return there(lambda: Scheme.objects.visible_to(signed_in(request)).get(pk=pk))


def found_version(request: HttpRequest, pk: int) -> SchemeVersion:
    return there(lambda: questions.versions(signed_in(request)).get(pk=pk))


@needs(IncentiveRight.SEE)
@require_GET
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Its versions, and what was earned and booked in each period."""
    user, row = signed_in(request), found_scheme(request, pk)
    rows = list(questions.versions(user).filter(scheme=row))
    totals = user.may(IncentiveRight.TOTALS)
    context = {
        "scheme": row, "versions": rows, "can_make": user.may(IncentiveRight.MAKE), "can_book": user.may(IncentiveRight.BOOK),
        "can_go_on": bool(rows) and rows[0].state == VersionState.APPROVED,
        "periods": [_period(each) for each in questions.by_period(row)] if totals else [], "totals": totals,
        "bookings": list(questions.bookings(user).filter(scheme=row)[:FEW]), "key": secrets.token_hex(16),
    }  # fmt: skip
    return render(request, "incentives/scheme.html", context)


def _period(row: dict[str, Any]) -> dict[str, Any]:
    """Amounts to the coin."""
    names = ("earned", "out", "open")
    return row | {f"{name}_exactly": written(amount(row[name], row["currency"]), row["currency"]) for name in names}


@needs(IncentiveRight.MAKE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name and what it is about."""
    row, sent = found_scheme(request, pk), request.POST or None
    form = SchemeForm(sent, instance=found_scheme(request, pk), initial={"version": row.version})
    if sent is not None and form.is_valid():
        try:
            actions.change_scheme(
                signed_in(request), pk, form.cleaned_data["version"] or 0, said(form, actions.OF_SCHEME)
            )
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(row)
    context = {"form": form, "back": row, "draft": f"incentive-{pk}-{row.version}"}
    return render(request, "incentives/edit.html", context, status=200 if sent is None else 422)


@needs(IncentiveRight.MAKE)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the lists; a moment later it can still be fetched back."""
    there(lambda: actions.put_away(signed_in(request), pk))
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('incentive-back', args=[pk])}")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect("incentives")


@needs(IncentiveRight.MAKE)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    there(lambda: actions.fetch_back(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


@needs(IncentiveRight.MAKE)
@require_POST
def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft from the version that holds."""
    row = found_scheme(request, pk)
    return tried(request, lambda user: actions.next_version(user, pk), row)


def tried(request: HttpRequest, act: Callable[[User], Any], back: Any, undo: str = "") -> HttpResponse:
    """Done, or why not; then the page of what came of it."""
    try:
        made = there(lambda: act(signed_in(request)))
    except Stale:
        messages.error(request, _("Somebody changed this meanwhile: look, and send it again"))
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, _("Saved"), extra_tags=undo)
        if request.headers.get("X-Requested-With"):
            return HttpResponse(status=204)
        return redirect(made if hasattr(made, "get_absolute_url") else back)
    return redirect(back)
