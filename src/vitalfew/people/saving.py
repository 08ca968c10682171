"""A form or a button that changes a record: done and said, with the step that undoes it; or refused, in words.

An action gives the record as it is afterwards. What the user does not see is not there (404). Why something can't be done is said
in the form, which keeps what was typed, or on the page one came from. A change names the version it began from: whoever was
overtaken is told, and never writes over what somebody else saved meanwhile.
"""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, Final, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vitalfew.people.records import NotPossible, Stale

T = TypeVar("T")
R = TypeVar("R", bound=Any)
"""A kind of record: it has a number, a version, and an address of its own."""
Text = Any
"""A sentence, or one that is translated when it is said."""
SAVED: Final = _("Saved")
MEANWHILE: Final = _("Somebody changed this meanwhile: look, and send it again")
DISK: Final = _("The server's disk is full or cannot be written to. Tell its administrator")


def there(act: Callable[[], T]) -> T:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except ObjectDoesNotExist:
        raise Http404 from None


def told(request: HttpRequest, said: Text, undo: str = "") -> None:
    """It was done; ``undo`` is the address that takes it back."""
    messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")


def gone(request: HttpRequest, to: Any) -> HttpResponse:
    """On to a page; a script stays on its own."""
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(to)


def done(
    request: HttpRequest, act: Callable[[], Any], to: Any, said: Text = SAVED, *, undo: str = "", back: Any = None
) -> HttpResponse:
    """By a button, then on to ``to``; where it can't be, that is said and one is ``back``."""
    try:
        there(act)
    except (NotPossible, Stale) as why:
        messages.error(request, MEANWHILE if isinstance(why, Stale) else gettext(str(why)))
        return redirect(back or to)
    told(request, said, undo)
    return gone(request, to)


def tried(form: forms.BaseForm, act: Callable[[], R], beside: str | None = None) -> R | None:
    """What the action gives; None where the form says why not, ``beside`` a field where one is named."""
    try:
        return _taken(form, act, beside)
    except Stale as stale:
        again: Any = copy(form.data)
        again["version"] = stale.current.version
        form.data = again
        form.add_error(None, MEANWHILE)
        return None


def _taken(form: forms.BaseForm, act: Callable[[], R], beside: str | None) -> R | None:
    if form.is_valid():
        try:
            return there(act)
        except NotPossible as why:
            form.add_error(beside, gettext(str(why)))
        except OSError:
            form.add_error("file" if "file" in form.fields else None, DISK)
    return None


def added(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[], R], template: str, context: Mapping[str, Any],
    *, undo: str = "", said: Text = SAVED, beside: str | None = None,
) -> HttpResponse:  # fmt: skip
    """A new record by a form, then on to it; ``undo`` is the route that puts it away. Or the form, as long as it is not whole."""
    if made := tried(form, act, beside):
        told(request, said, reverse(undo, args=[made.pk]) if undo else "")
        return redirect(made)
    return asked(request, form, template, context)


def changed(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[int], Any], template: str, context: Mapping[str, Any],
    *, to: Any = None, beside: str | None = None,
) -> HttpResponse:  # fmt: skip
    """A record by a form, in the version that was read; then on to it, or ``to``. What two people wrote is shown side by side."""
    try:
        made = _taken(form, lambda: act(form.cleaned_data["version"] or 0), beside)
    except Stale as stale:
        return render(request, "records/stale.html", {**context, "form": form, "current": stale.current}, status=409)
    if made:
        told(request, SAVED)
        return redirect(to or made)
    return asked(request, form, template, context)


def asked(request: HttpRequest, form: forms.BaseForm, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The form, empty or with what is wrong in it."""
    return render(request, template, {**context, "form": form}, status=422 if form.is_bound else 200)
