"""/visits/: the calendar and the list, a visit and what becomes of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import HEADS
from vitalfew.people.records import NotPossible, Stale
from vitalfew.visits import actions, holding, questions
from vitalfew.visits.beware import beware
from vitalfew.visits.commented import KIND
from vitalfew.visits.days import Span
from vitalfew.visits.forms import LENGTHS, CancelForm, MoveForm, ResultForm, VisitForm
from vitalfew.visits.listing import VISITS
from vitalfew.visits.models import FollowUp, Visit
from vitalfew.visits.rights import VisitRight
from vitalfew.visits.words import VisitStanding, Whose

FORMS: Final = {"move": MoveForm, "cancel": CancelForm}
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


@needs(VisitRight.SEE)
@require_GET
def visit_list(request: HttpRequest) -> HttpResponseBase:
    return listed(request, VISITS)


@needs(VisitRight.PLAN)
def new(request: HttpRequest) -> HttpResponse:
    """Plan one; asked from an account's page, that account is known."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    begun = {"day": request.GET.get("day", timezone.localdate().isoformat()), "minutes": 60}
    form = VisitForm(user, [account] if account else [], sent, initial=begun)
    if sent is not None and form.is_valid():
        try:
            made = actions.plan(user, form.said, form.going)
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('visit-away', args=[made.pk])}")
            return redirect(made)
    context = {"form": form, "account": account, "lengths": LENGTHS}
    return render(request, "visits/new.html", context, status=200 if sent is None else 422)


def found(request: HttpRequest, pk: int) -> Visit:
    row: Visit | None = questions.visits(signed_in(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@needs(VisitRight.SEE)
@require_GET
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """A visit in full, and what can become of it."""
    return render(request, "visits/visit.html", _around(signed_in(request), found(request, pk)))


def _around(user: User, row: Visit, sent: dict[str, Any] | None = None) -> dict[str, Any]:
    begun = {"version": row.version, "day": max(row.day, timezone.localdate()), "at": row.at}
    parts = list(row.parts.all())
    return {
        "visit": row, "parts": parts, "may_change": questions.may_change(user, row), "warnings": list(beware(row)),
        "moves": list(row.moves.all()), "thread": thread(user, parts[0].account, KIND, row.pk),
        **{name: form(initial=begun) for name, form in FORMS.items()}, **(sent or {}),
    }  # fmt: skip


@needs(VisitRight.PLAN)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), found(request, pk), request.POST or None
    if not questions.may_change(user, row) or not row.is_open:
        raise Http404
    form = VisitForm(user, [part.account for part in row.parts.all()], sent, visit=row, initial=_as_it_is(row))
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, form.said, form.going)
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        except Stale:
            form.data = with_version(request, row)
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
            return _edited(request, form, row, 409)
        else:
            messages.success(request, _("Saved"))
            return redirect(row)
    return _edited(request, form, row, 200 if sent is None else 422)


def with_version(request: HttpRequest, row: Visit) -> Any:
    """What was sent, to be sent again for the record as it is now."""
    again = request.POST.copy()
    again["version"] = str(row.version)
    return again


def _edited(request: HttpRequest, form: VisitForm, row: Visit, status: int) -> HttpResponse:
    return render(request, "visits/edit.html", {"form": form, "visit": row, "lengths": LENGTHS}, status=status)


def _as_it_is(row: Visit) -> dict[str, Any]:
    return {
        "version": row.version, "minutes": row.minutes, "purpose": row.purpose, "topic": row.topic, "place": row.place,
        "leader": row.leader.username if row.leader else "", "companions": [each.username for each in row.companions.all()],
        "wanted": [each.person_id for each in row.people.all() if each.wanted],
        "accounts": "\n".join(part.account.code for part in row.parts.all()),
    }  # fmt: skip


@needs(VisitRight.PLAN)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer has agreed."""
    return _done(request, pk, lambda user: actions.confirm(user, pk), undo="visit-reopen")


@needs(VisitRight.PLAN)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, lambda user: actions.reopen(user, pk))


@needs(VisitRight.PLAN)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """No result after all."""
    return _done(request, pk, lambda user: holding.take_back(user, pk))


def _done(request: HttpRequest, pk: int, act: Callable[[User], Visit], undo: str = "") -> HttpResponse:
    row = found(request, pk)
    try:
        act(signed_in(request))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    messages.success(request, _("Saved"), extra_tags=f"undo:{reverse(undo, args=[pk])}" if undo else "")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)


@needs(VisitRight.PLAN)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day."""
    return _settled(request, pk, "move", lambda user, said: actions.move(user, pk, said.pop("version"), **said))


@needs(VisitRight.PLAN)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not take place."""
    return _settled(request, pk, "cancel", lambda user, said: actions.cancel(user, pk, **said), undo="visit-reopen")


def _settled(
    request: HttpRequest, pk: int, name: str, act: Callable[[User, dict[str, Any]], Visit], undo: str = ""
) -> HttpResponse:
    user, row = signed_in(request), found(request, pk)
    form = FORMS[name](request.POST)
    if form.is_valid():
        try:
            act(user, dict(form.cleaned_data))
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": stale.current.version}
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{reverse(undo, args=[pk])}" if undo else "")
            return redirect(row)
    return render(request, "visits/visit.html", _around(user, row, {name: form}), status=422)


@needs(VisitRight.PLAN)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it: written down once, corrected afterwards."""
    user, row, sent = signed_in(request), found(request, pk), request.POST or None
    if not questions.may_change(user, row) or row.state == VisitStanding.CANCELLED:
        raise Http404
    form = ResultForm(user, row, sent, initial=_told(row))
    if sent is not None and form.is_valid():
        said = form.cleaned_data
        try:
            holding.hold(user, pk, said["version"], form.result, said["key"])
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        except Stale:
            form.data = with_version(request, row)
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
            return render(request, "visits/hold.html", {"form": form, "visit": row}, status=409)
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('visit-take-back', args=[pk])}")
            if request.headers.get("X-Outbox"):
                return HttpResponse(status=204, headers={"X-Kept-At": row.get_absolute_url()})
            return redirect(row)
    return render(request, "visits/hold.html", {"form": form, "visit": row}, status=200 if sent is None else 422)


def _told(row: Visit) -> dict[str, Any]:
    """The form as it is served: what was written down, else whom we wanted to meet."""
    today = timezone.localdate()
    met = [each.person_id for each in row.people.all() if (each.met if row.is_held else each.wanted)]
    due = {f"{name}_due_{n}": today + WEEK for name in ("promise", "next") for n in range(3)}
    return {"version": row.version, "day": min(row.day, today), "text": row.result, "met": met, **due}


@needs(VisitRight.PLAN)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the calendar; a moment later it can still be fetched back."""
    row = found(request, pk)
    try:
        actions.put_away(signed_in(request), pk)
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('visit-back', args=[pk])}")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect("visits")


@needs(VisitRight.PLAN)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.fetch_back(signed_in(request), pk)
    except Visit.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


@needs(VisitRight.PLAN)
@require_POST
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """A follow-up is done, or is open again."""
    try:
        row = actions.settle(signed_in(request), pk, done=request.POST.get("done") != "no")
    except FollowUp.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Saved"))
    return redirect(row.visit)
