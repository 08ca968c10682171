"""/exchange/: who gives which data and who owes some, an exchange in full, and what is agreed on."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from vitalfew.accounts.asked import account_asked
from vitalfew.exchange import actions, again, folders, questions
from vitalfew.exchange.forms import ExchangeForm
from vitalfew.exchange.listing import EXCHANGES
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.models.doubts import UNSETTLED
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.words import Way
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed

FEW: Final = 10
exchanges = list_page(EXCHANGES)


@needs(ExchangeRight.AGREE)
def new(request: HttpRequest) -> HttpResponse:
    """Asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    form = ExchangeForm(user, account, request.POST or None, initial={"since": timezone.localdate()})

    def act() -> DataExchange:
        return actions.agree(user, account or form.cleaned_data["account"], picked(form, actions.FIELDS))

    return added(request, form, act, "exchange/new.html", {"account": account}, undo="exchange-away")


def _around(user: User, row: DataExchange) -> dict[str, Any]:
    return {
        "exchange": row, "may_change": questions.may_change(user, row),
        "files": questions.files(user).filter(account=row.account)[:FEW],
        "doubts": questions.doubts(user).filter(account=row.account, state__in=UNSETTLED)[:FEW],
        "effects": questions.effects(user).filter(account=row.account), "unmatched": again.unmatched(row.account),
        "folder": folders.of(row) if row.way == Way.FOLDER and user.may(ExchangeRight.AGREE) else "",
        "may_take": user.may(ExchangeRight.TAKE) and row.runs_on(timezone.localdate()),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.exchanges, "exchange/exchange.html", _around, see=ExchangeRight.SEE, write=ExchangeRight.AGREE
)
exchange = PAGES.shows()


@needs(ExchangeRight.AGREE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "owner": row.owner.username if row.owner else ""}
    form = ExchangeForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)),
        "exchange/edit.html", {"exchange": row},
    )  # fmt: skip


put_away = PAGES.puts_away(actions.put_away, undo="exchange-back", to="exchanges")
fetch_back = PAGES.fetches_back(actions.fetch_back)
