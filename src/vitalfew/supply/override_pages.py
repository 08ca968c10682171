"""/supply/overrides/: planners' own figures in place of the forecast, and whether they helped."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import added, changed
from vitalfew.supply import helped, overriding, questions
from vitalfew.supply.override_forms import OverrideForm
from vitalfew.supply.override_listing import OVERRIDES
from vitalfew.supply.rights import SupplyRight

LONGEST: Final = 100
NEW: Final = ("product", "week", "quantity", "why", "note", "account")

overrides = list_page(OVERRIDES)
PAGES: Final = Pages(questions.overrides, see=SupplyRight.SEE, write=SupplyRight.WORK)


@needs(SupplyRight.WORK)
def new(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    begun = {name: request.GET[name][:LONGEST] for name in ("product", "week") if name in request.GET}
    form = OverrideForm(user, request.POST or None, initial=begun)
    return added(
        request, form, lambda: overriding.override(user, picked(form, NEW)), "supply/edit.html",
        {"title": _("Override the forecast"), "back": "supply-overrides"}, undo="supply-override-away",
        to="supply-overrides",
    )  # fmt: skip


@needs(SupplyRight.WORK)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The entry, to be corrected or put away; of what and of when it is stays."""
    user, row = signed_in(request), PAGES.found(request, pk)
    begun = {"version": row.version, "why": row.why}
    form = OverrideForm(user, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: overriding.change(user, pk, version, picked(form, overriding.FIELDS)),
        "supply/edit.html", {"title": row, "record": row, "back": "supply-overrides", "away": "supply-override-away"},
        to="supply-overrides",
    )  # fmt: skip


put_away = PAGES.puts_away(overriding.put_away, undo="supply-override-back", to="supply-overrides")
fetch_back = PAGES.fetches_back(overriding.fetch_back)


@needs(SupplyRight.SEE)
@require_GET
def did_help(request: HttpRequest) -> HttpResponse:
    """Over all, by planner and by reason."""
    user, drawing = signed_in(request), questions.drawing()
    rows: Any = helped.tried(questions.overrides(user), drawing.as_of) if drawing else []
    context = {
        "whole": helped.over_all("", rows), "planners": helped.by(rows, lambda row: row.author or row.made_by),
        "reasons": helped.by(rows, helped.reason), "fewest": helped.FEWEST, "drawing": drawing,
    }  # fmt: skip
    return render(request, "supply/helped.html", context)
