"""/workdays/: the country's festivals and moved days, and what the firm closes or opens itself."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.department import actions, questions
from vitalfew.department import workdays as days
from vitalfew.department.forms import FirmDaysForm
from vitalfew.department.models import FirmDays
from vitalfew.department.rights import DepartmentRight
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.records import NotPossible, Stale
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
    user, sent = signed_in(request), request.POST or None
    form = FirmDaysForm(sent)
    if sent is not None and form.is_valid():
        made = _possible(form, lambda fields: actions.enter_days(user, fields))
        if made is not None:
            messages.success(request, _("Entered"), extra_tags=f"undo:{reverse('firm-days-away', args=[made.pk])}")
            return redirect("workdays")
    return render(request, "department/firm_days.html", {"form": form}, status=200 if sent is None else 422)


@needs(DepartmentRight.WORKDAYS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), _found(pk), request.POST or None
    form = FirmDaysForm(sent, instance=_found(pk), initial={"version": row.version})
    if sent is not None and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            made = _possible(form, lambda fields: actions.change_days(user, pk, version, fields))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        if made is not None:
            messages.success(request, _("Saved"))
            return redirect("workdays")
    context = {"form": form, "days": row}
    return render(request, "department/firm_days.html", context, status=200 if sent is None else 422)


def _found(pk: int) -> FirmDays:
    found = questions.firm_days().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _possible(form: FirmDaysForm, act: Callable[[dict[str, Any]], FirmDays]) -> FirmDays | None:
    """What the action gives; None where it cannot be, which the form then says."""
    try:
        return act({name: form.cleaned_data[name] for name in FIELDS})
    except NotPossible as why:
        form.add_error(None, _(str(why)))
        return None


@needs(DepartmentRight.WORKDAYS)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    _found(pk)
    actions.take_days_back(signed_in(request), pk)
    messages.success(request, _("Taken back"), extra_tags=f"undo:{reverse('firm-days-again', args=[pk])}")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect("workdays")


@needs(DepartmentRight.WORKDAYS)
@require_POST
def enter_again(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.enter_days_again(signed_in(request), pk)
    except FirmDays.DoesNotExist:
        raise Http404 from None
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, _("It is back"))
    return HttpResponse(status=204)
