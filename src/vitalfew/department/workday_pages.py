"""/workdays/: the country's festivals and moved days, and what the firm closes or opens itself."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.department import actions, questions
from vitalfew.department import workdays as days
from vitalfew.department.forms import FirmDaysForm
from vitalfew.department.rights import DepartmentRight
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.saving import added, changed
from vitalfew.workdays import Calendar, is_known

FIELDS: Final = ("since", "until", "works", "reason")


@needs(DepartmentRight.SEE)
@require_GET
def workdays(request: HttpRequest) -> HttpResponse:
    """What is free and what is worked in the year that follows, and the firm's own days."""
    today, country = timezone.localdate(), Calendar(settings.COUNTRY)
    context = {
        "country": settings.COUNTRY, "known": is_known(settings.COUNTRY), "known_until": country.known_until,
        "announced": country.known_until is not None and country.known_until >= today + days.AHEAD,
        "festivals": days.festivals(country, today, language()), "moved": days.moved(country, today),
        "ours": questions.firm_days().filter(until__gte=today - days.AHEAD),
        "may_set": signed_in(request).may(DepartmentRight.WORKDAYS),
        "worked": days.calendar().between(today, today + days.AHEAD),
    }  # fmt: skip
    return render(request, "department/workdays.html", context)


@needs(DepartmentRight.WORKDAYS)
def new(request: HttpRequest) -> HttpResponse:
    user, form = signed_in(request), FirmDaysForm(request.POST or None)
    return added(
        request, form, lambda: actions.enter_days(user, picked(form, FIELDS)), "department/firm_days.html", {},
        undo="firm-days-away", said=_("Entered"), to="workdays",
    )  # fmt: skip


DAYS: Final = Pages(lambda _user: questions.firm_days(), see=DepartmentRight.SEE, write=DepartmentRight.WORKDAYS)


@needs(DepartmentRight.WORKDAYS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), DAYS.found(request, pk)
    form = FirmDaysForm(request.POST or None, instance=DAYS.found(request, pk), initial={"version": row.version})
    return changed(
        request, form, lambda version: actions.change_days(user, pk, version, picked(form, FIELDS)),
        "department/firm_days.html", {"days": row}, to="workdays",
    )  # fmt: skip


take_back = DAYS.puts_away(actions.take_days_back, undo="firm-days-again", to="workdays", said=_("Taken back"))
enter_again = DAYS.fetches_back(actions.enter_days_again)
