"""/preferences/: what works with accounts, and what does not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import Stale
from vitalfew.preferences import actions, questions
from vitalfew.preferences.commented import KIND
from vitalfew.preferences.forms import PreferenceForm
from vitalfew.preferences.listing import PREFERENCES
from vitalfew.preferences.models import Preference
from vitalfew.preferences.rights import PreferenceRight
from vitalfew.preferences.words import Area


@needs(PreferenceRight.SEE)
@require_GET
def preferences(request: HttpRequest) -> HttpResponseBase:
    return listed(request, PREFERENCES)


@needs(PreferenceRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Write one down; asked from an account's page, that account is known."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    area = request.GET.get("area", "")
    form = PreferenceForm(user, account, sent, initial={"area": area if area in list(Area) else ""})
    if sent is not None and form.is_valid():
        made = actions.write(user, account or form.cleaned_data["account"], _fields(form))
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('preference-away', args=[made.pk])}")
        return redirect(made)
    context = {"form": form, "account": account}
    return render(request, "preferences/new.html", context, status=200 if sent is None else 422)


def _fields(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name in actions.FIELDS}


def _preference(request: HttpRequest, pk: int) -> Preference:
    found = questions.preferences(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(PreferenceRight.SEE)
@require_GET
def preference(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), _preference(request, pk)
    context = {
        "preference": row, "may_change": questions.may_change(user, row),
        "thread": thread(user, row.account, KIND, row.pk), "author": User.objects.filter(username=row.made_by).first(),
    }  # fmt: skip
    return render(request, "preferences/preference.html", context)


@needs(PreferenceRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), _preference(request, pk), request.POST or None
    if not questions.may_change(user, row):
        raise Http404
    form = PreferenceForm(user, row.account, sent, instance=_preference(request, pk), initial={"version": row.version})
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, _fields(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(row)
    context = {"form": form, "preference": row}
    return render(request, "preferences/edit.html", context, status=200 if sent is None else 422)


@needs(PreferenceRight.WRITE)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Seen again today."""
    row = _there(lambda: actions.confirm(signed_in(request), pk))
    messages.success(request, _("Saved"))
    return redirect(row)


@needs(PreferenceRight.WRITE)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the lists; a moment later it can still be fetched back."""
    row = _there(lambda: actions.put_away(signed_in(request), pk))
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('preference-back', args=[pk])}")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(f"{row.account.get_absolute_url()}?tab=plans")


@needs(PreferenceRight.WRITE)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    _there(lambda: actions.fetch_back(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def _there(act: Callable[[], Preference]) -> Preference:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except Preference.DoesNotExist:
        raise Http404 from None
