"""/supply/allotments/: who would get how much, tried with other rules before they are kept."""

from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.models import Account
from vitalfew.agreements.models import Agreement
from vitalfew.catalogue import Refusal
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import added, changed
from vitalfew.supply import actions, allotting, granting, questions, telling
from vitalfew.supply.forms import PRODUCTS, AllotmentForm, WhatIfForm
from vitalfew.supply.listing import ALLOTMENTS
from vitalfew.supply.minimums import Minimum
from vitalfew.supply.models import Allotment
from vitalfew.supply.rights import SupplyRight

SHOWN: Final = 30
TRIED: Final = ("rule", "floor", "reserve")
ROWS: Final = Pages(questions.allotments, see=SupplyRight.WORK, write=SupplyRight.WORK)
allotments = list_page(ALLOTMENTS)


def _short(user: User) -> str:
    """What runs short or must be ordered, as the draft begins."""
    return ", ".join(questions.running_short(user).values_list("code", flat=True)[:PRODUCTS])


@needs(SupplyRight.WORK)
def new(request: HttpRequest) -> HttpResponse:
    """Begun with what runs short."""
    user = signed_in(request)
    form = AllotmentForm(request.POST or None, initial={"products": _short(user)})
    return added(
        request, form, lambda: actions.enter(user, Allotment(**picked(form, actions.OF_ALLOTMENT))), "supply/edit.html",
        {"title": _("Share out"), "back": "supply-allotments"}, undo="supply-allotment-away",
    )  # fmt: skip


@needs(SupplyRight.WORK)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), ROWS.found(request, pk)
    form = AllotmentForm(request.POST or None, instance=copy(row), initial={"version": row.version})
    return changed(
        request, form, lambda version: granting.change(user, pk, version, picked(form, actions.OF_ALLOTMENT)),
        "supply/edit.html",
        {"title": row, "record": row, "back": "supply-allotments", "away": "supply-allotment-away"}, to=row,
    )  # fmt: skip


@needs(SupplyRight.WORK)
@require_GET
def allotment(request: HttpRequest, pk: int) -> HttpResponse:
    """What comes of it; with other rules in the address, what would come of those."""
    user, row = signed_in(request), ROWS.found(request, pk)
    form = WhatIfForm(request.GET if set(TRIED) <= set(request.GET) else None, initial=_as_set(row))
    tried = copy(row)
    if row.is_draft and form.is_valid():
        for name in TRIED:
            setattr(tried, name, form.cleaned_data[name])
    context = {
        "allotment": row, "tried": tried, "form": form, "other": _as_set(tried) != _as_set(row), "drawing": questions.drawing(),
        "sees_tiers": user.may(Right.MONEY), "as_of": _as_of(row),
        "untold": telling.untold(row) if row.is_reserved else [], "most": SHOWN, "all": "all" in request.GET,
        "kept": {"version": row.version} | {name: getattr(tried, name) for name in actions.OF_ALLOTMENT},
        **_found(user, tried, None if "all" in request.GET else SHOWN),
    }  # fmt: skip
    return render(request, "supply/allotment.html", context)


def _as_of(row: Allotment) -> date | None:
    """Of which day's figures it is worked out."""
    drawing = questions.drawing() if row.is_draft else row.basis
    return drawing.as_of if drawing else None


def _as_set(row: Allotment) -> dict[str, Any]:
    return {name: getattr(row, name) for name in TRIED}


def _found(user: User, row: Allotment, most: int | None) -> dict[str, Any]:
    try:
        goods = granting.goods(row)
        found = allotting.outcome(row, goods)
    except Refusal as refused:
        return {"refused": refused.message}
    return {"found": found, "shares": found.shares[:most], "promised": _promised(user, goods.minimums)}


def _promised(user: User, minimums: Sequence[Minimum]) -> list[dict[str, Any]]:
    """With the agreement, where the user sees it."""
    seen = Agreement.objects.visible_to(user).in_bulk([each.agreement for each in minimums if each.agreement])
    accounts = {each.code: each for each in Account.objects.filter(code__in={each.account for each in minimums})}
    return [
        {"account": accounts.get(each.account), "said": each, "agreement": seen.get(each.agreement or 0)}
        for each in minimums
    ]


put_away = ROWS.puts_away(granting.put_away, undo="supply-allotment-back", to="supply-allotments")
fetch_back = ROWS.fetches_back(lambda user, pk: actions.fetch_back(user, Allotment, pk))
