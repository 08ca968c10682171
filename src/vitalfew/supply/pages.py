"""/supply/: the map of products and weeks, a product in full, and what people enter."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import added, changed
from vitalfew.supply import actions, background, questions
from vitalfew.supply.forms import IncomingForm, LeadTimeForm, PasteForm, SnoozeForm
from vitalfew.supply.listing import INCOMING, LEADS, RISKS, STOCK
from vitalfew.supply.models import Incoming, LeadTime, Stocked
from vitalfew.supply.rights import SupplyRight
from vitalfew.supply.words import Cover

FEW: Final = 5
FIRST: Final = 20
"""So many products are shown at first, where nothing was searched for."""
LONGEST: Final = 100


stock, risks, incoming, leads = (list_page(each) for each in (STOCK, RISKS, INCOMING, LEADS))


@needs(SupplyRight.SEE)
@require_GET
def supply(request: HttpRequest) -> HttpResponse:
    """Products by weeks, those that run short first, and the accounts that will miss something."""
    user, asked = signed_in(request), request.GET
    text, cover = asked.get("q", "").strip()[:LONGEST], asked.get("cover", "")
    products = questions.map_of(user, text, cover)
    shown = products if asked else products[:FIRST]
    context = {
        "drawing": questions.drawing(), "products": shown, "weeks": shown[0].weeks.all() if shown else [],
        "all": len(products), "risks": questions.risks(user)[:FEW],
        "covers": list(Cover), "asked": asked, "drawn_soon": background.is_asked(),
        "short": sum(row.cover == Cover.SHORT for row in products), "can_work": user.may(SupplyRight.WORK),
        "can_insight": user.may(Right.INSIGHT),
    }  # fmt: skip
    return render(request, "supply/supply.html", context)


def _around(user: User, row: Stocked) -> dict[str, Any]:
    return {
        "product": row, "weeks": list(row.weeks.all()), "drawing": questions.drawing(),
        "risks": questions.risks(user).filter(product=row)[: questions.SHOWN], "can_work": user.may(SupplyRight.WORK),
        "can_insight": user.may(Right.INSIGHT),
        "reserved": questions.kept_of(user, row.code), "snooze": SnoozeForm(initial={"version": row.version}),
        "entered": questions.incoming(user).filter(product=row.code)[: questions.SHOWN],
    }  # fmt: skip


PRODUCTS: Final = Pages(questions.products, "supply/product.html", _around, see=SupplyRight.SEE, write=SupplyRight.WORK)
product = PRODUCTS.shows()
snooze = PRODUCTS.takes("snooze", SnoozeForm, actions.snooze, undo="supply-wake-back")
wake = PRODUCTS.does(actions.wake, _("It asks again"))
wake_back = PRODUCTS.fetches_back(actions.wake, _("It asks again"))


@needs(SupplyRight.WORK)
def new_incoming(request: HttpRequest) -> HttpResponse:
    """One week of one product."""
    user = signed_in(request)
    form = IncomingForm(request.POST or None, initial={"product": request.GET.get("product", "")[:LONGEST]})
    return added(
        request, form, lambda: actions.enter(user, Incoming(**picked(form, actions.OF_INCOMING))), "supply/edit.html",
        {"title": _("Enter a week"), "back": "supply-incoming", "pasting": True},
        undo="supply-incoming-away", to="supply-incoming",
    )  # fmt: skip


@needs(SupplyRight.WORK)
def paste(request: HttpRequest) -> HttpResponse:
    """Many at once, all or none."""
    user, form = signed_in(request), PasteForm(request.POST or None)
    return added(
        request, form, lambda: actions.enter_all(user, form.cleaned_data["rows"]), "supply/edit.html",
        {"title": _("Paste a list"), "back": "supply-incoming"}, to="supply-incoming", beside="rows",
    )  # fmt: skip


@needs(SupplyRight.WORK)
def new_lead(request: HttpRequest) -> HttpResponse:
    """How long a product's goods take."""
    user = signed_in(request)
    form = LeadTimeForm(request.POST or None, initial={"product": request.GET.get("product", "")[:LONGEST]})
    return added(
        request, form, lambda: actions.enter(user, LeadTime(**picked(form, actions.OF_LEAD))), "supply/edit.html",
        {"title": _("Enter a lead time"), "back": "supply-leads"}, undo="supply-lead-away", to="supply-leads",
    )  # fmt: skip


OF_INCOMING: Final = Pages(questions.incoming, see=SupplyRight.SEE, write=SupplyRight.WORK)
OF_LEADS: Final = Pages(questions.lead_times, see=SupplyRight.SEE, write=SupplyRight.WORK)


@needs(SupplyRight.WORK)
def one_incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """The entry, to be corrected or put away."""
    row = OF_INCOMING.found(request, pk)
    return _entry(request, row, IncomingForm, actions.OF_INCOMING, "supply-incoming")


@needs(SupplyRight.WORK)
def one_lead(request: HttpRequest, pk: int) -> HttpResponse:
    return _entry(request, OF_LEADS.found(request, pk), LeadTimeForm, actions.OF_LEAD, "supply-leads")


def _entry(request: HttpRequest, row: Any, kind: Any, names: tuple[str, ...], back: str) -> HttpResponse:
    user = signed_in(request)
    form = kind(request.POST or None, instance=type(row).objects.get(pk=row.pk), initial={"version": row.version})
    return changed(
        request, form, lambda version: actions.change(user, type(row), row.pk, version, picked(form, names)),
        "supply/edit.html", {"title": row, "record": row, "back": back, "away": f"{back.removesuffix('s')}-away"}, to=back,
    )  # fmt: skip


def _of(act: Any, kind: Any) -> Any:
    return lambda user, pk: act(user, kind, pk)


incoming_away = OF_INCOMING.puts_away(
    _of(actions.put_away, Incoming), undo="supply-incoming-back", to="supply-incoming"
)
incoming_back = OF_INCOMING.fetches_back(_of(actions.fetch_back, Incoming))
lead_away = OF_LEADS.puts_away(_of(actions.put_away, LeadTime), undo="supply-lead-back", to="supply-leads")
lead_back = OF_LEADS.fetches_back(_of(actions.fetch_back, LeadTime))
