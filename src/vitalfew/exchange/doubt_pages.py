"""/exchange/questions/: what is odd about accounts' data, answered; and how an account's stock follows from what moved."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.exchange import counts, doubting, finding, owed, questions
from vitalfew.exchange.forms import ExplainForm, WaitForm
from vitalfew.exchange.listing import DOUBTS
from vitalfew.exchange.models import DataDoubt
from vitalfew.exchange.pages import PAGES as EXCHANGES
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs
from vitalfew.people.models import User

WEEK: Final = timedelta(days=7)
doubts = list_page(DOUBTS)


def _around(user: User, row: DataDoubt) -> dict[str, Any]:
    begun = {"version": row.version}
    return {
        "doubt": row, "may_answer": user.may(ExchangeRight.TAKE), "exchange": questions.of_account(user, row.account),
        "letter": questions.letter_of(row),
        "explain": ExplainForm(initial=begun), "wait": WaitForm(initial={**begun, "asks_again": timezone.localdate() + WEEK}),
        "rows": questions.told(user).filter(account=row.account, product=row.product, day=row.day) if row.product else [],
    }  # fmt: skip


PAGES: Final = Pages(questions.doubts, "exchange/doubt.html", _around, see=ExchangeRight.SEE, write=ExchangeRight.TAKE)
doubt = PAGES.shows()
explain = PAGES.takes("explain", ExplainForm, doubting.explain, undo="exchange-doubt-reopen")
wait = PAGES.takes("wait", WaitForm, doubting.wait, undo="exchange-doubt-reopen")
reopen = PAGES.does(doubting.reopen, _("It is open again"))


@needs(ExchangeRight.SEE)
@require_GET
def reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    """From count to count of the last season: what was left, sold and delivered, and what lies beside it."""
    row = EXCHANGES.found(request, pk)
    since = max(row.since, timezone.localdate() - owed.BACK)
    told = counts.read(row.account, timezone.localdate() - counts.KNOWN)
    spans = sorted(counts.spans(row, told, since), key=lambda span: (span.beside is None, span.product, span.day))
    context = {"exchange": row, "spans": spans[: finding.MOST], "all": len(spans),
               "beside": sum(span.beside is not None for span in spans), "since": since}  # fmt: skip
    return render(request, "exchange/reconciliation.html", context)
