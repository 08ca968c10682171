"""/win-back/: the lost accounts by what an attempt may bring; one attempt; those that came back."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import changed
from vitalfew.recoveries import actions, lost, questions, stepping, watching
from vitalfew.recoveries.beside import BESIDE
from vitalfew.recoveries.buying import Span, bought
from vitalfew.recoveries.commented import KIND
from vitalfew.recoveries.forms import USUAL, CostForm, EndForm, RecoveryForm, StepForm
from vitalfew.recoveries.listing import RECOVERIES
from vitalfew.recoveries.models import Recovery
from vitalfew.recoveries.rights import RecoveryRight
from vitalfew.recoveries.words import Verdict
from vitalfew.warehouse import scorecards

MOST: Final = 200
EDITED: Final = ("cause", "offer", "owner", "spent")
recoveries = list_page(RECOVERIES, BESIDE)


@needs(RecoveryRight.SEE)
@require_GET
def win_back(request: HttpRequest) -> HttpResponse:
    """Who is worth an attempt at its cost, who is not, and of whom it cannot be told."""
    user = signed_in(request)
    form = CostForm({"cost": USUAL["cost"], **request.GET.dict()})
    cost = form.cleaned_data["cost"] if form.is_valid() else USUAL["cost"]
    rows = lost.lost(user, float(cost))
    counts = [(each, sum(row.worth.verdict is each for row in rows)) for each in Verdict]
    only = request.GET.get("verdict", "")
    shown = [row for row in rows if only in {"", row.worth.verdict.value}]
    context = {
        "beside": BESIDE, "form": form, "cost": cost, "rows": shown[:MOST], "more": len(shown) - MOST, "counts": counts,
        "only": only, "known": lost.figures(), "all": len(rows), "may_write": user.may(RecoveryRight.WRITE),
    }  # fmt: skip
    return render(request, "recoveries/lost.html", context)


@needs(RecoveryRight.SEE)
@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    """Accounts that came back, for a year: what they bought since, and whether at their own pace."""
    rows = list(questions.watched(signed_in(request))[:MOST])
    found = watching.watch(rows)
    refresh = scorecards.current()
    told = [(row, found.get(row.pk)) for row in rows]
    context = {
        "beside": BESIDE,
        "rows": told,
        "currency": refresh.currency if refresh else "",
        "as_of": refresh.as_of if refresh else None,
    }
    return render(request, "recoveries/watch.html", context)


def _around(user: User, row: Recovery) -> dict[str, Any]:
    begun = {"version": row.version, "on": timezone.localdate(), "spent": row.spent}
    found = bought(
        [Span(row.account.codes, row.winback_round.begun_on, timezone.localdate())], row.winback_round.currency
    )
    return {
        "recovery": row, "round": row.winback_round, "steps": questions.steps_of(row), "bought": found[0],
        "may_write": user.may(RecoveryRight.WRITE), "may_step": user.may(RecoveryRight.WRITE) and row.is_open,
        "watched": watching.watch([row]).get(row.pk) if row.watched_until else None,
        "end": EndForm(initial=begun), "thread": thread(user, row.account, KIND, row.pk),
        "add": StepForm(row.account, initial={"owner": row.owner.username if row.owner else ""}),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.recoveries, "recoveries/recovery.html", _around, see=RecoveryRight.SEE, write=RecoveryRight.WRITE
)
recovery = PAGES.shows()


@needs(RecoveryRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Why it left, what is offered, who leads it, what it has cost."""
    user, row = signed_in(request), PAGES.found(request, pk)
    begun = {
        "version": row.version, "cause": row.cause, "offer": _(row.offer) if row.offer else "", "spent": row.spent,
        "owner": row.owner.username if row.owner else "",
    }  # fmt: skip
    form = RecoveryForm(row.account, request.POST or None, initial=begun)

    def act(version: int) -> Recovery:
        given = {name: form.cleaned_data[name] for name in EDITED}
        return actions.change(user, pk, version, {**given, "offer": _kept(given["offer"], row.offer)})

    return changed(request, form, act, "recoveries/edit.html", {"recovery": row})


def _kept(given: str, before: str) -> str:
    """The playbook's offer that nobody changed stays in every language."""
    return before if before and given.strip() == str(_(before)).strip() else given


@needs(RecoveryRight.WRITE)
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A step in words of one's own."""
    row = PAGES.found(request, pk)

    def act(user: User, number: int, **fields: Any) -> Recovery:
        return stepping.add(user, number, **fields).recovery

    return PAGES.sent(request, row, "add", StepForm(row.account, request.POST), act)


settle = PAGES.takes("end", EndForm, actions.settle, undo="recovery-reopen")
reopen = PAGES.does(actions.reopen, _("It is open again"))
