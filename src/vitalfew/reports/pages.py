"""/reports/ and /report-schedules/: asked for, made in the background, kept as they were made; those made regularly."""

from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.actions import exported
from vitalfew.accounts.asked import account_asked
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import said
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed
from vitalfew.reports import actions, questions, work
from vitalfew.reports.forms import AskForm, ScheduleForm
from vitalfew.reports.listing import REPORTS, SCHEDULES
from vitalfew.reports.mailing import TYPES
from vitalfew.reports.models import Report, Schedule
from vitalfew.reports.rights import ReportRight
from vitalfew.terms import gettext_noop

BESIDE: Final = (("reports", gettext_noop("Reports")), ("report-schedules", gettext_noop("Regular reports")))
reports = list_page(REPORTS, BESIDE)
schedules = list_page(SCHEDULES, BESIDE)


def _around(_user: User, row: Report) -> dict[str, Any]:
    return {"report": row}


PAGES: Final = Pages(questions.reports, "reports/report.html", _around, see=ReportRight.SEE, write=ReportRight.SEE)
report = PAGES.shows()
put_away = PAGES.puts_away(actions.put_away, undo="report-back", to="reports")
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(ReportRight.SEE)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for one; asked from an account's page, about it."""
    user, account = signed_in(request), account_asked(request)
    form = AskForm(user, account, request.POST or None, initial={"kind": request.GET.get("kind", "")})

    def act() -> Report:
        row = actions.ask(user, **form.cleaned_data)
        work.ask_for(row)
        return row

    return added(request, form, act, "reports/new.html", {"account": account}, said="")


@needs(ReportRight.SEE)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, asked for by its page every second; once it is made, or not, the page is loaded anew."""
    row = PAGES.found(request, pk)
    if not row.is_waiting:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "reports/progress.html", {"report": row})


@needs(ReportRight.SEE)
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was made; that it was taken out stands in the trail."""
    row = PAGES.found(request, pk)
    place = settings.HOME.files / row.place
    if not row.there or not place.is_file():
        raise Http404
    exported(signed_in(request), "report", row.form, f"report={row.pk}&kind={row.kind}")
    return FileResponse(
        place.open("rb"), as_attachment=row.form != "pdf", filename=row.file_name, content_type=TYPES[row.form]
    )


def _again(user: User, pk: int) -> Report:
    row = actions.again(user, pk)
    work.ask_for(row)
    return row


again = PAGES.does(_again, "")


def _around_schedule(user: User, row: Schedule) -> dict[str, Any]:
    return {"schedule": row, "made": questions.reports(user).filter(schedule=row)[:20]}


SCHEDULED: Final = Pages(
    questions.schedules, "reports/schedule.html", _around_schedule, see=ReportRight.SEE, write=ReportRight.SEE
)
stop = SCHEDULED.puts_away(
    actions.stop, undo="report-schedule-back", to="report-schedules", said=_("No more of it is made")
)
go_on = SCHEDULED.fetches_back(actions.go_on)


@needs(ReportRight.SEE)
def plan(request: HttpRequest) -> HttpResponse:
    """Have one made regularly."""
    user, account = signed_in(request), account_asked(request)
    form = ScheduleForm(user, account, request.POST or None, initial={"readers": [user.username]})

    def act() -> Schedule:
        given = said(form)
        return actions.plan(user, list(given.pop("readers")), given)

    return added(request, form, act, "reports/plan.html", {"account": account}, undo="report-schedule-away")


@needs(ReportRight.SEE)
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """One, what was made of it, and its form."""
    user, row = signed_in(request), SCHEDULED.found(request, pk)
    begun = {"version": row.version, "readers": [each.username for each in row.readers.all()]}
    form = ScheduleForm(user, row.account, request.POST or None, instance=SCHEDULED.found(request, pk), initial=begun)

    def act(version: int) -> Schedule:
        given = said(form)
        return actions.change(user, pk, version, list(given.pop("readers")), given)

    return changed(request, form, act, "reports/schedule.html", _around_schedule(user, row))
