"""/exchange/ID/codes/: what the account calls our products, by hand, by file, from what came; /exchange/codes/: of all."""

from typing import Any, Final

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.products import product_codes
from vitalfew.exchange import again as taking_again
from vitalfew.exchange import matching, questions
from vitalfew.exchange.code_forms import CodeForm, CodesForm, MatchForm
from vitalfew.exchange.code_listing import CODES
from vitalfew.exchange.models import DataExchange, DataFile, OwnCode
from vitalfew.exchange.pages import PAGES as EXCHANGES
from vitalfew.exchange.reasons import REASONS
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.shape import CODES as COLUMNS
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import changed, done, say, tried
from vitalfew.warehouse.readers import Refused

SHOWN: Final = 200
OFFERED: Final = 1_000
codes = list_page(CODES)
PAGES: Final = Pages(questions.own_codes, see=ExchangeRight.SEE, write=ExchangeRight.TAKE)


def _around(user: User, row: DataExchange) -> dict[str, Any]:
    matched = questions.own_codes(user).filter(account=row.account)
    return {
        "exchange": row, "matched": matched[:SHOWN], "all": matched.count(), "shown": SHOWN,
        "unmatched": taking_again.unmatched(row.account), "waiting": len(taking_again.waiting(row.account)),
        "may_match": user.may(ExchangeRight.TAKE), "form": MatchForm(), "sheet": CodesForm(),
        "products": sorted(product_codes())[:OFFERED],
    }  # fmt: skip


def _shown(request: HttpRequest, row: DataExchange, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "exchange/codes.html", {**_around(signed_in(request), row), **more}, status=status)


@needs(ExchangeRight.SEE)
@require_GET
def own(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, EXCHANGES.found(request, pk))


@needs(ExchangeRight.TAKE)
@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """A code and the product that it means; rows that waited for it are taken."""
    user, row, form = signed_in(request), EXCHANGES.found(request, pk), MatchForm(request.POST)
    made = tried(form, lambda: matching.match(user, row.account, **form.cleaned_data), "product")
    if made is None:
        return _shown(request, row, 422, form=form)
    say(request, _said, "exchange-code-away", made)
    return redirect("exchange-own-codes", pk)


def _said(row: OwnCode) -> str:
    return f"{row}. {_rows(row.rows_again)}" if row.rows_again else str(row)


def _rows(n: int) -> str:
    return gettext("Rows taken again: %(n)s") % {"n": n}


@needs(ExchangeRight.TAKE)
@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of codes, and what came of it."""
    user, row, form = signed_in(request), EXCHANGES.found(request, pk), CodesForm(request.POST, request.FILES)
    filled = _tried(form, user, row)
    rejected = (
        [(line, _column(name), value, REASONS.get(why, why)) for line, name, value, why in filled.rejected]
        if filled
        else []
    )
    return _shown(request, row, 200 if filled else 422, sheet=form, filled=filled, rejected=rejected)


def _tried(form: BaseForm, user: User, row: DataExchange) -> matching.Filled | None:
    try:
        return tried(form, lambda: matching.fill(user, row.account, form.cleaned_data["file"]), "file")
    except Refused as why:
        form.add_error("file", why.say(gettext, hinted=False))
        return None


def _column(name: str) -> str:
    return COLUMNS.by_name[name].meaning if name in COLUMNS.by_name else ""


@needs(ExchangeRight.TAKE)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows whose codes are known by now."""
    user, row = signed_in(request), EXCHANGES.found(request, pk)
    here = reverse("exchange-own-codes", args=[pk])
    return done(request, lambda: taking_again.take(user, row), lambda made: made or here, _again_said, back=here)


def _again_said(file: DataFile | None) -> str:
    return _rows(file.rows_taken if file else 0)


@needs(ExchangeRight.SEE)
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """What it means; for who may match, another product."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = CodeForm(request.POST or None, instance=PAGES.found(request, pk), initial={"version": row.version})
    exchange = questions.of_account(user, row.account)
    return changed(
        request, form, lambda version: matching.change(user, pk, version, form.cleaned_data["product"]), "exchange/code.html",
        {"code": row, "exchange": exchange, "products": sorted(product_codes())[:OFFERED],
         "may_match": user.may(ExchangeRight.TAKE)}, said=_said, to=_place(exchange),
        beside="product",
    )  # fmt: skip


def _place(exchange: DataExchange | None) -> str:
    return reverse("exchange-own-codes", args=[exchange.pk]) if exchange else reverse("exchange-codes")


def _beside(row: OwnCode) -> str:
    """The codes of the same account."""
    return _place(DataExchange.objects.filter(account=row.account, put_away_at=None).first())


put_away = PAGES.puts_away(matching.put_away, undo="exchange-code-back", to=_beside)
fetch_back = PAGES.fetches_back(matching.fetch_back)
