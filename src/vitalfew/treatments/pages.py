"""/treatments/: loss-makers, and what is done about them."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.asked import account_asked
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import ASKED_FOR, added, changed
from vitalfew.terms import gettext_noop
from vitalfew.treatments import actions, measuring, parting, questions
from vitalfew.treatments import losers as loss_makers
from vitalfew.treatments.forms import OutcomeForm, TreatmentForm
from vitalfew.treatments.listing import TREATMENTS
from vitalfew.treatments.models import Treatment
from vitalfew.treatments.rights import TreatmentRight
from vitalfew.warehouse import scorecards

MOST: Final = 200
BESIDE: Final = (("losers", gettext_noop("Loss-makers")), ("treatments", gettext_noop("Treatments")))
treatments = list_page(TREATMENTS, BESIDE)


@needs(TreatmentRight.SEE)
@require_GET
def losers(request: HttpRequest) -> HttpResponse:
    """The largest loss first: its driver, and what would end it."""
    user = signed_in(request)
    rows, known = loss_makers.losers(user), loss_makers.book()
    context = {
        "beside": BESIDE, "rows": rows[:MOST], "more": len(rows) - MOST, "known": known,
        "may_write": user.may(TreatmentRight.WRITE),
    }  # fmt: skip
    return render(request, "treatments/losers.html", context)


def _said(form: TreatmentForm) -> dict[str, Any]:
    """What was written; a parting without a letter gets the one that is proposed."""
    given = {name: form.cleaned_data[name] for name in actions.FIELDS}
    if given["last_day"] and not given["letter"].strip():
        given["letter"] = parting.proposed(given["person"], given["last_day"])
    return given


@needs(TreatmentRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Propose what is done about an account that costs more than it brings."""
    user, account = signed_in(request), account_asked(request)
    row = next((each for each in loss_makers.losers(user) if account and each.account == account), None)
    if account is None or row is None:
        raise Http404
    begun = {
        "kind": row.kind.value, "aim": round(-row.earned, 2), "months": 12,
        "owner": (account.manager or user).username,
    }  # fmt: skip
    form = TreatmentForm(account, request.POST or None, initial=begun)
    context = {"row": row, "account": account, "currency": loss_makers.book().currency}

    def act() -> Treatment:
        return actions.propose(user, account, _said(form))

    return added(request, form, act, "treatments/new.html", context, undo="treatment-away")


def _around(user: User, row: Treatment) -> dict[str, Any]:
    begun, refresh = {"version": row.version}, scorecards.current()
    so_far = None
    if row.is_running and row.begun_on and refresh:
        so_far = measuring.since(row.account.codes, row.begun_on, refresh.as_of, row.currency)
    return {
        "treatment": row, "may_write": user.may(TreatmentRight.WRITE), "so_far": so_far,
        "over": bool(row.is_running and row.until and refresh and row.until <= refresh.as_of),
        "bound": questions.bound_by(row.account) if row.parts else [], "judge": OutcomeForm(initial=begun),
        "call_off": OutcomeForm(initial=begun), "today": timezone.localdate(),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.treatments, "treatments/treatment.html", _around, see=TreatmentRight.SEE, write=TreatmentRight.WRITE
)
treatment = PAGES.shows()


@needs(TreatmentRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    known = {name: getattr(row, name) for name in actions.FIELDS}
    begun = {**known, "version": row.version, "owner": row.owner.username if row.owner else "", "person": row.person_id}
    form = TreatmentForm(row.account, request.POST or None, initial=begun)

    def act(version: int) -> Treatment:
        return actions.change(user, pk, version, _said(form))

    return changed(request, form, act, "treatments/edit.html", {"treatment": row})


ask = PAGES.does(actions.ask, ASKED_FOR, undo="treatment-withdraw")
withdraw = PAGES.does(actions.withdraw, _("It is a draft again"))
write = PAGES.does(actions.write, _("The letter is written"))
judge = PAGES.takes("judge", OutcomeForm, actions.judge)
call_off = PAGES.takes("call_off", OutcomeForm, actions.call_off)
put_away = PAGES.puts_away(actions.put_away, undo="treatment-back", to=tab("contribution"))
fetch_back = PAGES.fetches_back(actions.fetch_back)
