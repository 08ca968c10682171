"""/rescues/: the plans, one of them and its steps."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import added, changed
from vitalfew.rescues import actions, questions, stepping
from vitalfew.rescues.beside import BESIDE
from vitalfew.rescues.buying import Span, bought
from vitalfew.rescues.commented import KIND
from vitalfew.rescues.comparing import card_of
from vitalfew.rescues.forms import EndForm, HandOnForm, RescueForm, StepForm
from vitalfew.rescues.listing import RESCUES
from vitalfew.rescues.models import Rescue
from vitalfew.rescues.rights import RescueRight
from vitalfew.terms import ChurnCause

rescues = list_page(RESCUES, BESIDE)


@needs(RescueRight.LEAD)
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; asked from an account's page or a warning, the account and the likely cause stand there already."""
    user, account = signed_in(request), account_asked(request)
    card = card_of(account) if account else None
    likely = card.cause if card and card.cause and user.may(Right.MONEY) else ChurnCause.UNKNOWN.value
    owner = (account.manager if account else None) or user
    form = RescueForm(user, account, request.POST or None, initial={"cause": likely, "owner": owner.username})

    def act() -> Rescue:
        said = form.cleaned_data
        return actions.begin(user, account or said["account"], said["cause"], said["owner"], said["why"])

    return added(request, form, act, "rescues/new.html", {"account": account, "card": card}, undo="rescue-away")


def _around(user: User, row: Rescue) -> dict[str, Any]:
    begun = {"version": row.version, "on": timezone.localdate()}
    leads = user.may(RescueRight.LEAD)
    return {
        "rescue": row, "steps": questions.steps_of(row), "may_lead": leads,
        "may_step": user.may(RescueRight.STEP) and row.is_open, "thread": thread(user, row.account, KIND, row.pk),
        "bought": bought([Span(row.account.codes, row.begun_on, min(row.until, timezone.localdate()))])[0],
        "end": EndForm(initial=begun), "hand_on": HandOnForm(row.account, initial=begun),
        "add": StepForm(row.account, initial={"owner": row.owner.username if row.owner else ""}),
    }  # fmt: skip


PAGES: Final = Pages(questions.rescues, "rescues/rescue.html", _around, see=RescueRight.SEE, write=RescueRight.LEAD)
rescue = PAGES.shows()


@needs(RescueRight.LEAD)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another cause, or what speaks for it."""
    user, row = signed_in(request), PAGES.found(request, pk)
    begun = {"version": row.version, "cause": row.cause}
    form = RescueForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)

    def act(version: int) -> Rescue:
        return actions.change(user, pk, version, {name: form.cleaned_data[name] for name in ("cause", "why")})

    return changed(request, form, act, "rescues/edit.html", {"rescue": row})


@needs(RescueRight.LEAD)
@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """To somebody else, with what whoever led it had still to do."""
    row = PAGES.found(request, pk)
    return PAGES.sent(
        request, row, "hand_on", HandOnForm(row.account, request.POST), actions.hand_on, said=_("Handed on")
    )


@needs(RescueRight.LEAD)
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A step in words of one's own."""
    row = PAGES.found(request, pk)

    def act(user: User, number: int, **fields: Any) -> Rescue:
        return stepping.add(user, number, **fields).rescue

    return PAGES.sent(request, row, "add", StepForm(row.account, request.POST), act)


end = PAGES.takes("end", EndForm, actions.end, undo="rescue-reopen")
reopen = PAGES.does(actions.reopen, _("It is open again"))
put_away = PAGES.puts_away(actions.put_away, undo="rescue-back", to=tab("risk"))
fetch_back = PAGES.fetches_back(actions.fetch_back)
