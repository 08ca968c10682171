"""/incentives/: schemes and their versions, drafted, simulated, handed in; what is earned and booked by period."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from vitalfew.coins import amount, written
from vitalfew.incentives import actions, questions
from vitalfew.incentives.forms import SchemeForm, VersionForm
from vitalfew.incentives.listing import SCHEMES
from vitalfew.incentives.models import Scheme
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.words import VersionState
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import changed, done, form_page, say, tried

FEW: Final = 10

schemes = list_page(SCHEMES)


@needs(IncentiveRight.MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Name it, and say for whom and from when; rules follow on its page."""
    user, sent = signed_in(request), request.POST or None
    form, version = SchemeForm(sent), VersionForm(sent)
    if version.is_valid() and (made := tried(form, lambda: actions.draft(user, *_said(form, version)))):
        say(request, undo="incentive-away", made=made.scheme)
        return redirect(made)
    return form_page(request, form, "incentives/new.html", {"version_form": version})


def _said(form: SchemeForm, version: VersionForm) -> tuple[dict[str, Any], dict[str, Any]]:
    return picked(form, actions.OF_SCHEME), picked(version, actions.OF_VERSION)


def _around(user: User, row: Scheme) -> dict[str, Any]:
    """Its versions, and what was earned and booked in each period."""
    rows = list(questions.versions(user).filter(scheme=row))
    totals = user.may(IncentiveRight.TOTALS)
    return {
        "scheme": row, "versions": rows, "can_make": user.may(IncentiveRight.MAKE), "can_book": user.may(IncentiveRight.BOOK),
        "can_go_on": bool(rows) and rows[0].state == VersionState.APPROVED,
        "periods": [_period(each) for each in questions.by_period(row)] if totals else [], "totals": totals,
        "bookings": list(questions.bookings(user).filter(scheme=row)[:FEW]),
    }  # fmt: skip


def _period(row: dict[str, Any]) -> dict[str, Any]:
    """Amounts to the coin."""
    names = ("earned", "out", "open")
    return row | {f"{name}_exactly": written(amount(row[name], row["currency"]), row["currency"]) for name in names}


PAGES: Final = Pages(
    Scheme.objects.visible_to, "incentives/scheme.html", _around, see=IncentiveRight.SEE, write=IncentiveRight.MAKE
)
scheme = PAGES.shows()


@needs(IncentiveRight.MAKE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name and what it is about."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = SchemeForm(request.POST or None, instance=PAGES.found(request, pk), initial={"version": row.version})
    return changed(
        request, form, lambda version: actions.change_scheme(user, pk, version, picked(form, actions.OF_SCHEME)),
        "incentives/edit.html", {"back": row, "draft": f"incentive-{pk}-{row.version}"},
    )  # fmt: skip


put_away = PAGES.puts_away(actions.put_away, undo="incentive-back", to="incentives")
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(IncentiveRight.MAKE)
@require_POST
def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft from the version that holds."""
    user, row = signed_in(request), PAGES.found(request, pk)
    return done(request, lambda: actions.next_version(user, pk), back=row)
