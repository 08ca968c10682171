"""/peaks/: the calendar of peaks, what is agreed on for them, and what production and transport are asked."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.asked import account_asked
from vitalfew.accounts.models import Account
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages, tab
from vitalfew.peaks import actions, arranging, outturn, questions, seasons
from vitalfew.peaks.commented import KIND
from vitalfew.peaks.forms import (
    AgreeForm,
    AnswerForm,
    ArrangementForm,
    BookForm,
    ButtonForm,
    CloseForm,
    PeakForm,
    as_lines,
)
from vitalfew.peaks.listing import ARRANGEMENTS, PEAKS
from vitalfew.peaks.models import Arrangement, Peak
from vitalfew.peaks.rights import PeakRight
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed

FIRST: Final = 40
LONGEST: Final = 100
KNOWN: Final = ("category", "begins", "ends", "follows")

peaks, arrangements = list_page(PEAKS), list_page(ARRANGEMENTS)


@needs(PeakRight.SEE)
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """The peaks found in the data, the soonest first, with their evidence."""
    user, text = signed_in(request), request.GET.get("q", "").strip()[:LONGEST]
    accounts = {each.code: each for each in Account.objects.visible_to(user).only("code", "name")}
    found = seasons.calendar(accounts)
    rows = [seasons.Found(**{**vars(row), "account": accounts[row.code]}) for row in found.rows]
    rows = [row for row in rows if text in row.category or text in row.code or text in accounts[row.code].name]
    context = {
        "rows": rows if request.GET.get("all") else rows[:FIRST], "all": len(rows), "refused": found.refused, "text": text,
        "as_of": found.as_of, "can_make": user.may(PeakRight.MAKE),
    }  # fmt: skip
    return render(request, "peaks/calendar.html", context)


@needs(PeakRight.MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; asked from the calendar or an account's page, what is known is not asked."""
    user, account = signed_in(request), account_asked(request)
    begun = {name: request.GET[name][:LONGEST] for name in KNOWN if request.GET.get(name)}
    form = PeakForm(user, account, request.POST or None, initial=begun)

    def act() -> Peak:
        return actions.draft(user, account or form.cleaned_data["account"], picked(form, actions.FIELDS))

    return added(request, form, act, "peaks/edit.html", {"account": account}, undo="peak-away")


def _around(user: User, row: Peak) -> dict[str, Any]:
    rows = outturn.filled(row, list(row.bookings.all()))
    begun = {"version": row.version}
    return {
        "peak": row, "bookings": rows, "whole": outturn.whole(rows), "may_change": questions.may_change(user, row),
        "has_begun": row.begins <= timezone.localdate(), "said": any(each.said is not None for each in rows),
        "arrangements": list(row.arrangements.filter(put_away_at=None)), "ended": row.ends < timezone.localdate(),
        "book": BookForm(initial={**begun, "lines": as_lines(rows)}), "close": CloseForm(initial=begun),
        "agree": AgreeForm(initial={**begun, "on": timezone.localdate()}), "arrange": ArrangementForm(),
        "thread": thread(user, row.account, KIND, row.pk), "can_answer": user.may(PeakRight.ANSWER),
    }  # fmt: skip


PAGES: Final = Pages(questions.peaks, "peaks/peak.html", _around, see=PeakRight.SEE, write=PeakRight.MAKE)
peak = PAGES.shows()


@needs(PeakRight.MAKE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "owner": row.owner.username if row.owner else ""}
    begun |= {"follows": row.follows, "heard": row.heard}
    form = PeakForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)), "peaks/edit.html",
        {"peak": row, "account": row.account},
    )  # fmt: skip


book = PAGES.takes("book", BookForm, actions.book)
propose = PAGES.takes("proposed", ButtonForm, actions.propose)
ask = PAGES.takes("asked", ButtonForm, actions.ask, said=_("The account sees it in the portal now"))
agree = PAGES.takes("agree", AgreeForm, actions.agree, undo="peak-reopen")
reopen = PAGES.does(actions.reopen, _("It is open again"))
close = PAGES.takes("close", CloseForm, actions.close, undo="peak-reopen")
put_away = PAGES.puts_away(actions.put_away, undo="peak-back", to=tab("supply"))
fetch_back = PAGES.fetches_back(actions.fetch_back)


def _asked(user: User, pk: int, **fields: Any) -> Arrangement:
    return arranging.ask(user, pk, fields)


arrange = PAGES.takes("arrange", ArrangementForm, _asked)


def _about(user: User, row: Arrangement) -> dict[str, Any]:
    return {
        "arrangement": row, "peak": row.peak, "can_answer": user.may(PeakRight.ANSWER) and row.is_open,
        "may_change": questions.may_change(user, row.peak), "answer": AnswerForm(initial={"version": row.version}),
    }  # fmt: skip


ASKED: Final = Pages(questions.arrangements, "peaks/arrangement.html", _about, see=PeakRight.SEE, write=PeakRight.MAKE)
arrangement = ASKED.shows()
answer = ASKED.takes("answer", AnswerForm, arranging.answer, right=PeakRight.ANSWER)
ask_again = ASKED.does(arranging.ask_again, _("It is asked again"))
arrangement_away = ASKED.puts_away(
    arranging.put_away, undo="arrangement-back", to=lambda row: row.peak.get_absolute_url()
)
arrangement_back = ASKED.fetches_back(arranging.fetch_back)
