"""/win-back/rounds/: rounds, how one is begun, and what it brought."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.models import Account
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, say
from vitalfew.recoveries import actions, lost, questions
from vitalfew.recoveries.beside import BESIDE
from vitalfew.recoveries.forms import USUAL, RoundForm
from vitalfew.recoveries.listing import ROUNDS
from vitalfew.recoveries.models import WinBackRound
from vitalfew.recoveries.result import judged
from vitalfew.recoveries.rights import RecoveryRight

rounds = list_page(ROUNDS, BESIDE)
NEEDED: Final = 20
"""So many accounts it takes at least for a result: ten tried, ten left alone."""


@needs(RecoveryRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """With the accounts that were ticked in the list of lost accounts."""
    user = signed_in(request)
    codes = (request.POST.getlist("accounts") if request.method == "POST" else request.GET.getlist("account"))[
        : actions.MOST
    ]
    if not codes:
        say(request, _("Tick the accounts that the round is for"))
        return redirect("win-back")
    begun = {**USUAL, "cost": request.GET.get("cost") or USUAL["cost"], "accounts": codes}
    form = RoundForm(user, request.POST or None, initial=begun)
    accounts = list(Account.objects.visible_to(user).filter(code__in=codes).order_by("name"))
    if len(accounts) < len(set(codes)) and request.method != "POST":
        raise Http404

    def act() -> WinBackRound:
        given = dict(form.cleaned_data)
        return actions.begin(user, list(given.pop("accounts")), **given)

    context = {"accounts": accounts, "needed": NEEDED, "few": len(accounts) < NEEDED}
    return added(request, form, act, "recoveries/round_new.html", context, undo="win-back-round-away")


def _around(user: User, row: WinBackRound) -> dict[str, Any]:
    rows = questions.of_round(user, row)
    return {
        "round": row, "rows": rows, "found": judged(row), "may_write": user.may(RecoveryRight.WRITE),
        "unseen": row.recoveries.filter(put_away_at=None).count() - len(rows), "as_of": lost.figures().as_of,
    }  # fmt: skip


PAGES: Final = Pages(
    questions.rounds, "recoveries/round.html", _around, see=RecoveryRight.SEE, write=RecoveryRight.WRITE
)
winback_round = PAGES.shows()
put_away = PAGES.puts_away(actions.put_away, undo="win-back-round-back", to="win-back-rounds")
fetch_back = PAGES.fetches_back(actions.fetch_back)
