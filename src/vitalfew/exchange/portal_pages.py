"""/portal/exchange/: somebody of a customer's tells its sales and stock, by a file or by hand."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from vitalfew.exchange import filling, giving, portal, taking
from vitalfew.exchange.forms import DataForm
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.said import said_of
from vitalfew.exchange.taking import Sent
from vitalfew.exchange.words import Way
from vitalfew.people.gate import signed_in
from vitalfew.people.records import NotPossible
from vitalfew.people.saving import tried
from vitalfew.portal import gate
from vitalfew.portal.gate import visits
from vitalfew.portal.standing import Visit


@visits("exchange")
@require_POST
def file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """POST: a file."""
    row, form = _asked(request, visit), DataForm(request.POST, request.FILES)
    return _taken(request, visit, row, {"sheet": form}, lambda: form.sent(Way.PORTAL, by_them=True))


@visits("exchange")
@require_POST
def fill_in(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """POST: figures of a day, product by product."""
    row = _asked(request, visit)
    form = filling.form(row, request.POST)
    return _taken(request, visit, row, {"form": form}, lambda: filling.sent(form, by_them=True))


@visits("exchange")
@require_GET
def table(request: HttpRequest, visit: Visit, name: str) -> HttpResponseBase:
    """What we tell, as CSV."""
    row = portal.of(gate.chosen(request, visit, "exchange"))
    if row is None or not visit.may:
        raise Http404
    try:
        return giving.as_csv(signed_in(request), row, name, by_them=True)
    except NotPossible:
        raise Http404 from None


def _asked(request: HttpRequest, visit: Visit) -> DataExchange:
    """The exchange with the account that is looked at, where it gives something."""
    row = portal.of(gate.chosen(request, visit, "exchange"))
    if row is None or not (row.sell_out or row.stock):
        raise Http404
    return row


def _taken(
    request: HttpRequest, visit: Visit, row: DataExchange, forms: Mapping[str, BaseForm], sent: Callable[[], Sent]
) -> HttpResponseBase:
    """Stored and said; or the page with what is wrong beside its field."""
    guest, (form,) = signed_in(request), forms.values()
    made = tried(form, lambda: taking.received(guest, row, sent()))
    if made is None:
        return gate.part_page(request, visit, portal.PARTS[0], row.account, more=dict(forms), status=422)
    say = messages.warning if made.rows_refused or made.refused else messages.success
    say(request, said_of(made))
    return gate.back("exchange")
