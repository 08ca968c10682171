"""/losses/: the register, an entry and its talk, and what the register says."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.asked import account_asked
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.losses import actions, counting, questions
from vitalfew.losses.commented import KIND
from vitalfew.losses.forms import LossForm, RefusedForm, TalkForm
from vitalfew.losses.interview import ASKED, MINUTES
from vitalfew.losses.listing import LOSSES
from vitalfew.losses.models import Loss
from vitalfew.losses.rights import LossRight
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed
from vitalfew.terms import gettext_noop
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Scorecard

BESIDE: Final = (("losses", gettext_noop("Register of losses")), ("loss-figures", gettext_noop("Why accounts left")))
losses = list_page(LOSSES, BESIDE)


@needs(LossRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Enter one; asked from an account's page, its day is a year after its last purchase, as far as that is known."""
    user, account = signed_in(request), account_asked(request)
    form = LossForm(user, account, request.POST or None, initial=_begun(user, account))

    def act() -> Loss:
        said = form.cleaned_data
        return actions.enter(user, account or said["account"], said["lost_on"], said["talker"] or user)

    return added(request, form, act, "losses/new.html", {"account": account}, undo="loss-away")


def _begun(user: User, account: Any) -> dict[str, Any]:
    today, refresh = timezone.localdate(), scorecards.current()
    card = Scorecard.objects.filter(refresh=refresh, customer=account.code).first() if account and refresh else None
    silent = card.recency if card and card.recency else None
    day = refresh.as_of - timedelta(days=silent - questions.SILENT) if refresh and silent else today
    return {"lost_on": min(day, today), "talker": user.username}


def _around(user: User, row: Loss) -> dict[str, Any]:
    begun = {name: getattr(row, name) for name in actions.ANSWERS} | {
        "version": row.version,
        "on": timezone.localdate(),
    }
    answers = [(question, getattr(row, name)) for name, question in ASKED.items()]
    return {
        "loss": row, "answers": answers, "minutes": MINUTES, "may_write": user.may(LossRight.WRITE),
        "talk": TalkForm(initial=begun), "refused": RefusedForm(initial={"version": row.version}),
        "thread": thread(user, row.account, KIND, row.pk),
    }  # fmt: skip


PAGES: Final = Pages(questions.losses, "losses/loss.html", _around, see=LossRight.SEE, write=LossRight.WRITE)
loss = PAGES.shows()


@needs(LossRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, or somebody else who talks to it."""
    user, row = signed_in(request), PAGES.found(request, pk)
    begun = {"version": row.version, "talker": row.talker.username if row.talker else ""}
    form = LossForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)

    def act(version: int) -> Loss:
        return actions.change(user, pk, version, {name: form.cleaned_data[name] for name in ("lost_on", "talker")})

    return changed(request, form, act, "losses/edit.html", {"loss": row})


talk = PAGES.takes("talk", TalkForm, actions.talked, undo="loss-reopen")
refuse = PAGES.takes("refused", RefusedForm, actions.refused, undo="loss-reopen")
reopen = PAGES.does(actions.reopen, _("It is open again"))
put_away = PAGES.puts_away(actions.put_away, undo="loss-back", to=tab("risk"))
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(LossRight.SEE)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """What the losses that one sees say."""
    rows = list(questions.losses(signed_in(request)))
    context = {
        "beside": BESIDE, "n": len(rows), "told": len(counting.reasons(rows)), "message": counting.verdict(rows),
        "causes": counting.causes(rows), "forces": counting.forces(rows), "compared": counting.compared(rows),
        "managers": counting.grouped(rows, lambda row: row.account.in_charge),
        "regions": counting.grouped(rows, lambda row: row.account.region),
    }  # fmt: skip
    return render(request, "losses/figures.html", context)
