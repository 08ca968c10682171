"""/advice/: proposed actions accepted or declined, what became of them, and which of them help."""

from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.asked import account_asked
from vitalfew.advice import actions, questions, weighing
from vitalfew.advice.forms import AnswerForm, ChangeForm, DoneForm, DropForm
from vitalfew.advice.listing import ADVICE
from vitalfew.advice.models import Advice
from vitalfew.advice.rights import AdviceRight
from vitalfew.advice.words import Answer
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import added, changed
from vitalfew.terms import gettext_noop
from vitalfew.warehouse import scorecards

WEEK: Final = timedelta(days=7)
BESIDE: Final = (
    ("advice", gettext_noop("Advice and its answers")),
    ("advice-figures", gettext_noop("Which advice helps")),
)
listed = list_page(ADVICE, BESIDE)


@needs(AdviceRight.ANSWER)
def new(request: HttpRequest) -> HttpResponse:
    """Answer what is proposed for an account."""
    user, account = signed_in(request), account_asked(request)
    action = request.GET.get("action", "")
    told = questions.proposed(user, account, action) if account else None
    if account is None or told is None:
        raise Http404
    today = timezone.localdate()
    begun = {"owner": user.username, "due": max(told.due, today + WEEK), "answer": Answer.ACCEPT.value}
    form = AnswerForm(user, account, request.POST or None, initial=begun)
    refresh = scorecards.current()
    context = {
        "account": account, "told": told, "currency": refresh.currency if refresh else "", "sees": user.may(Right.MONEY),
    }  # fmt: skip
    return added(
        request, form, lambda: actions.answer(user, account, action, form.cleaned_data), "advice/new.html", context,
        undo="advice-away", to=account,
    )  # fmt: skip


def _around(user: User, row: Advice) -> dict[str, Any]:
    begun, refresh = {"version": row.version}, scorecards.current()
    return {
        "advice": row, "may_answer": user.may(AdviceRight.ANSWER), "currency": refresh.currency if refresh else "",
        "sees": user.may(Right.MONEY),
        "done": DoneForm(initial={**begun, "on": timezone.localdate()}), "drop": DropForm(initial=begun),
    }  # fmt: skip


PAGES: Final = Pages(questions.advice, "advice/advice.html", _around, see=AdviceRight.SEE, write=AdviceRight.ANSWER)
advice = PAGES.shows()
done = PAGES.takes("done", DoneForm, actions.done, undo="advice-reopen")
drop = PAGES.takes("drop", DropForm, actions.drop, undo="advice-reopen")
reopen = PAGES.does(actions.reopen, _("It is open again"))
put_away = PAGES.puts_away(actions.put_away, undo="advice-back", to="advice", said=_("The answer is taken back"))
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(AdviceRight.ANSWER)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else does it, or by another day."""
    user, row = signed_in(request), PAGES.found(request, pk)
    if not row.is_open:
        raise Http404
    begun = {"version": row.version, "due": row.due, "note": row.note, "owner": row.owner.username if row.owner else ""}
    form = ChangeForm(user, row.account, request.POST or None, initial=begun)

    def act(version: int) -> Advice:
        return actions.change(user, pk, version, {name: form.cleaned_data[name] for name in ("owner", "due", "note")})

    return changed(request, form, act, "advice/edit.html", {"advice": row})


@needs(AdviceRight.WEIGH)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """What the answers that one sees say."""
    rows = list(questions.advice(signed_in(request)))
    context = {"beside": BESIDE, "n": len(rows), "kinds": weighing.weighed(rows), "fewest": weighing.FEWEST}
    return render(request, "advice/figures.html", context)
