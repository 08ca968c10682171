"""/visits/: the calendar and the list, a visit and what becomes of it."""

from datetime import date, timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.records import Stale
from vitalfew.people.saving import added, form_page, overtaken, say, taken, there
from vitalfew.visits import actions, holding, questions
from vitalfew.visits.beware import beware
from vitalfew.visits.commented import KIND
from vitalfew.visits.days import Span
from vitalfew.visits.forms import LENGTHS, CancelForm, MoveForm, ResultForm, VisitForm
from vitalfew.visits.listing import VISITS
from vitalfew.visits.models import Visit
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import VisitStanding, Whose

WEEK: Final = timedelta(days=7)


@needs(VisitRight.SEE)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    """The calendar: a week or a month of visits; on a phone what is next, day by day."""
    user, asked = signed_in(request), request.GET
    given = Whose.ALL if user.role in HEADS else Whose.MINE
    whose = asked.get("whose") if asked.get("whose") in list(Whose) else given
    state = asked.get("state") if asked.get("state") in list(VisitStanding) else ""
    today = timezone.localdate()
    span = Span.around(_day(asked.get("day", ""), today), whole_month=asked.get("view") == "month")
    rows = questions.between(user, span.days[0], span.days[-1], str(whose))
    rows = rows.standing(state, today) if state else rows
    told = state in {"", VisitStanding.HELD}
    unplanned = questions.logged(user, span.days[0], span.days[-1], str(whose)) if told else ()
    days = [
        (day, [row for row in rows if row.day == day], [each for each in unplanned if each.day == day])
        for day in span.days
    ]
    context = {
        "span": span, "days": days, "view": "month" if len(span.days) > len("1234567") else "week",
        "whose": str(whose), "whoses": list(Whose), "state": state, "states": list(VisitStanding), "today": today,
        "any": any(planned or logged for _day, planned, logged in days),
        "can_plan": user.may(VisitRight.PLAN), "sees_share": user.may(VisitRight.SHARE),
    }  # fmt: skip
    return render(request, "visits/calendar.html", context)


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today


visit_list = list_page(VISITS)


@needs(VisitRight.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """Plan one; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    begun = {"day": request.GET.get("day", timezone.localdate().isoformat()), "minutes": 60}
    form = VisitForm(user, [account] if account else [], request.POST or None, initial=begun)
    context = {"account": account, "lengths": LENGTHS}
    return added(
        request, form, lambda: actions.plan(user, form.said, form.going), "visits/new.html", context, undo="visit-away"
    )


def _around(user: User, row: Visit) -> dict[str, Any]:
    begun = {"version": row.version, "day": max(row.day, timezone.localdate()), "at": row.at}
    parts = list(row.parts.all())
    return {
        "visit": row, "parts": parts, "may_change": questions.may_change(user, row), "warnings": list(beware(row)),
        "moves": list(row.moves.all()), "thread": thread(user, parts[0].account, KIND, row.pk),
        "move": MoveForm(initial=begun), "cancel": CancelForm(initial=begun),
    }  # fmt: skip


PAGES: Final = Pages(questions.visits, "visits/visit.html", _around, see=VisitRight.SEE, write=VisitRight.PLAN)
visit = PAGES.shows()


@needs(VisitRight.PLAN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row) or not row.is_open:
        raise Http404
    here = [part.account for part in row.parts.all()]
    form = VisitForm(user, here, request.POST or None, visit=row, initial=_as_it_is(row))
    context = {"visit": row, "lengths": LENGTHS}
    try:
        done = taken(form, lambda: actions.change(user, pk, form.cleaned_data["version"] or 0, form.said, form.going))
    except Stale as stale:
        return _overtaken(request, form, stale, "visits/edit.html", context)
    if done:
        say(request)
        return redirect(row)
    return form_page(request, form, "visits/edit.html", context)


def _overtaken(request: HttpRequest, form: Any, stale: Stale, template: str, context: dict[str, Any]) -> HttpResponse:
    """The form again: what is written of a visit is too much to be compared side by side."""
    overtaken(form, stale)
    return render(request, template, {**context, "form": form}, status=409)


def _as_it_is(row: Visit) -> dict[str, Any]:
    return {
        "version": row.version, "minutes": row.minutes, "purpose": row.purpose, "topic": row.topic, "place": row.place,
        "leader": row.leader.username if row.leader else "", "companions": [each.username for each in row.companions.all()],
        "wanted": [each.person_id for each in row.people.all() if each.wanted],
        "accounts": "\n".join(part.account.code for part in row.parts.all()),
    }  # fmt: skip


confirm = PAGES.does(actions.confirm, undo="visit-reopen")
reopen = PAGES.does(actions.reopen)
take_back = PAGES.does(holding.take_back)
move = PAGES.takes("move", MoveForm, actions.move)
cancel = PAGES.takes("cancel", CancelForm, actions.cancel, undo="visit-reopen")
put_away = PAGES.puts_away(actions.put_away, undo="visit-back", to="visits")
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(VisitRight.PLAN)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it: written down once, corrected afterwards."""
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row) or row.state == VisitStanding.CANCELLED:
        raise Http404
    form = ResultForm(user, row, request.POST or None, initial=_told(row))
    try:
        held = taken(
            form, lambda: holding.hold(user, pk, form.cleaned_data["version"], form.result, form.cleaned_data["key"])
        )
    except Stale as stale:
        return _overtaken(request, form, stale, "visits/hold.html", {"visit": row})
    if held is None:
        return form_page(request, form, "visits/hold.html", {"visit": row})
    say(request, undo="visit-take-back", made=held)
    if request.headers.get("X-Outbox"):
        return HttpResponse(status=204, headers={"X-Kept-At": row.get_absolute_url()})
    return redirect(row)


def _told(row: Visit) -> dict[str, Any]:
    """The form as it is served: what was written down, else whom we wanted to meet."""
    today = timezone.localdate()
    met = [each.person_id for each in row.people.all() if (each.met if row.is_held else each.wanted)]
    due = {f"{name}_due_{n}": today + WEEK for name in ("promise", "next") for n in range(3)}
    return {"version": row.version, "day": min(row.day, today), "text": row.result, "met": met, **due}


@needs(VisitRight.PLAN)
@require_POST
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A follow-up is done, or is open again."""
    row = there(lambda: actions.settle(signed_in(request), pk, done=request.POST.get("done") != "no"))
    say(request)
    return redirect(row.visit)
