"""/journeys/: the list, a journey and its steps, the orders that suggest one."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.comments.thread import thread
from vitalfew.journeys import actions, questions
from vitalfew.journeys.beside import BESIDE
from vitalfew.journeys.commented import KIND
from vitalfew.journeys.dating import kept
from vitalfew.journeys.forms import CloseForm, HandOnForm, JourneyForm, TakeForm
from vitalfew.journeys.line import stages
from vitalfew.journeys.listing import JOURNEYS, SUGGESTIONS
from vitalfew.journeys.models import Journey, Suggestion
from vitalfew.journeys.rights import JourneyRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.people.fields import number_in, picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed, say, tried

journeys = list_page(JOURNEYS, BESIDE)
suggestions = list_page(SUGGESTIONS, BESIDE)


@needs(JourneyRight.OPEN)
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; asked from an account's page or a suggestion, what is known stands there already."""
    user, suggested = signed_in(request), _suggested(request)
    account = suggested.account if suggested else account_asked(request)
    form = JourneyForm(user, account, request.POST or None, initial=_begun(user, account, suggested))

    def act() -> Journey:
        said, where = form.cleaned_data, account or form.cleaned_data["account"]
        began = suggested.kind if suggested and said["order"] == suggested.order else ""
        return actions.begin(user, where, said["template"], picked(form, actions.FIELDS), began)

    context = {
        "account": account,
        "usable": questions.usable(user).exists(),
        "may_define": user.may(JourneyRight.DEFINE),
    }
    return added(request, form, act, "journeys/new.html", context, undo="journey-away")


def _suggested(request: HttpRequest) -> Suggestion | None:
    asked = request.GET.get("suggestion", "")
    if not asked:
        return None
    found = questions.waiting_suggestions(signed_in(request)).filter(pk__in=_numbers([asked])).first()
    if found is None:
        raise Http404
    return found


def _begun(user: User, account: Any, suggested: Suggestion | None) -> dict[str, Any]:
    manager = account.manager if account else None
    known = {"opened_on": timezone.localdate(), "owner": (manager or user).username}
    if suggested is None:
        return known
    names = ("family", "order", "currency", "ordered_on")
    title = f"{suggested.family or suggested.order} {suggested.ordered_on:%Y-%m}"
    return {**known, **{name: getattr(suggested, name) for name in names}, "worth": suggested.amount, "title": title}


def _around(user: User, row: Journey) -> dict[str, Any]:
    begun = {"version": row.version, "on": timezone.localdate()}
    newer = row.is_open and row.template.edition > row.edition
    return {
        "journey": row, "stages": stages(row, kept(row)), "may_open": user.may(JourneyRight.OPEN),
        "may_check": user.may(JourneyRight.CHECK) and row.is_open, "thread": thread(user, row.account, KIND, row.pk),
        "close": CloseForm(initial=begun), "hand_on": HandOnForm(row.account, initial=begun),
        "undelivered": row.is_undelivered, "newer": actions.differences(row) if newer else None,
    }  # fmt: skip


PAGES: Final = Pages(
    questions.journeys, "journeys/journey.html", _around, see=JourneyRight.SEE, write=JourneyRight.OPEN
)
journey = PAGES.shows()


@needs(JourneyRight.OPEN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    begun = {"version": row.version, "owner": row.owner.username if row.owner else ""}
    form = JourneyForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)),
        "journeys/edit.html", {"journey": row},
    )  # fmt: skip


@needs(JourneyRight.OPEN)
@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """To somebody else, with the open checks of whoever led it."""
    row = PAGES.found(request, pk)
    form = HandOnForm(row.account, request.POST)
    return PAGES.sent(request, row, "hand_on", form, actions.hand_on, said=_("Handed on"))


close = PAGES.takes("close", CloseForm, actions.close, undo="journey-reopen")
reopen = PAGES.does(actions.reopen, _("It is open again"))
renew = PAGES.does(actions.renew, _("It goes by the present template"))
put_away = PAGES.puts_away(actions.put_away, undo="journey-back", to=tab("journeys"))
fetch_back = PAGES.fetches_back(actions.fetch_back)


def _numbers(sent: list[str]) -> list[int]:
    return [number for number in map(number_in, sent) if number]


@needs(JourneyRight.OPEN)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Journeys for the orders picked in the list: first asked by which template, then begun."""
    user, numbers = signed_in(request), _numbers(request.POST.getlist("pk"))
    rows = list(questions.waiting_suggestions(user).filter(pk__in=numbers))
    if not rows:
        return redirect("journey-suggestions")
    form = TakeForm(user, request.POST if "template" in request.POST else None)
    made = tried(form, lambda: actions.begin_suggested(user, numbers, form.cleaned_data["template"]))
    if made is not None:
        say(request, gettext("Journeys begun: %(n)s") % {"n": len(made)})
        return redirect("journeys")
    context = {"form": form, "rows": rows, "usable": questions.usable(user).exists()}
    return render(request, "journeys/take.html", context, status=422 if form.is_bound else 200)


@needs(JourneyRight.OPEN)
@require_POST
def decline(request: HttpRequest) -> HttpResponse:
    """No journey for these."""
    numbers = _numbers(request.POST.getlist("pk"))
    n = actions.decline(signed_in(request), numbers)
    again = "?" + "&".join(f"pk={each}" for each in numbers)
    say(
        request,
        gettext("Suggestions turned down: %(n)s") % {"n": n},
        lambda _made: reverse("journey-suggestions-again") + again,
    )
    return redirect("journey-suggestions")


@needs(JourneyRight.OPEN)
@require_POST
def ask_again(request: HttpRequest) -> HttpResponse:
    """They wait again; asked for by a script, which loads its page anew."""
    actions.ask_again(signed_in(request), _numbers(request.GET.getlist("pk")))
    return HttpResponse(status=204)
