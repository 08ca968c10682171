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
"""A sentence, one that is translated when it is said, or what makes one of the record that the action gives."""
Undo = str | Callable[[Any], str]
"""The route that takes a step back, of the record that its action gave; or what tells its address of that record."""
SAVED: Final = _("Saved")
ASKED_FOR: Final = _("Asked for: it waits for whoever may approve it")
DIGITS: Final = 9
"""Of a version, as every database takes it."""
MEANWHILE: Final = _("Somebody changed this meanwhile: look, and send it again")
DISK: Final = _("The server's disk is full or cannot be written to. Tell its administrator")


def there(act: Callable[[], T]) -> T:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except ObjectDoesNotExist:
        raise Http404 from None


def say(request: HttpRequest, said: Text = SAVED, undo: Undo = "", made: Any = None) -> None:
    """It was done, and how it is taken back."""
    address = reverse(undo, args=[made.pk]) if undo and isinstance(undo, str) else _of(made, undo)
    if text := _of(made, said):
        messages.success(request, text, extra_tags=f"undo:{address}" if address else "")


def _of(made: Any, what: Any) -> Any:
    return what(made) if callable(what) else what


def version_read(request: HttpRequest) -> int | None:
    """Which version the page with the button showed."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) <= DIGITS else None


def done(
    request: HttpRequest, act: Callable[[], Any], to: Any = None, said: Text = SAVED,
    *, undo: Undo = "", back: Any = None, meanwhile: Text = MEANWHILE,
) -> HttpResponse:  # fmt: skip
    """By a button, then on ``to`` a page, or to what the action gives; where it can't be, that is said and one is ``back``."""
    try:
        made = there(act)
    except (NotPossible, Stale) as why:
        messages.error(request, meanwhile if isinstance(why, Stale) else gettext(str(why)))
        return redirect(back or to)
    say(request, said, undo, made)
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(_of(made, to) or made)


def tried(form: forms.BaseForm, act: Callable[[], R], beside: str | None = None) -> R | None:
    """What the action gives; None where the form says why not, ``beside`` a field where one is named."""
    try:
        return taken(form, act, beside)
    except Stale as stale:
        overtaken(form, stale)
        return None


def overtaken(form: forms.BaseForm, stale: Stale) -> None:
    """The form says that somebody else saved meanwhile; what was typed stays, and may be sent again."""
    again: Any = copy(form.data)
    again["version"] = stale.current.version
    form.data = again
    form.add_error(None, MEANWHILE)


def taken(form: forms.BaseForm, act: Callable[[], R], beside: str | None = None) -> R | None:
    """As tried; whoever was overtaken hears of it by :class:`Stale`."""
    if form.is_valid():
        try:
            return there(act)
        except NotPossible as why:
            form.add_error(beside, gettext(str(why)))
        except OSError:
            given = (name for name, field in form.fields.items() if isinstance(field, forms.FileField))
            form.add_error(next(given, None), DISK)
    return None


def added(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[], R], template: str, context: Mapping[str, Any],
    *, undo: Undo = "", said: Text = SAVED, to: Any = None, beside: str | None = None,
) -> HttpResponse:  # fmt: skip
    """A new record by a form, then on to it, or ``to``; or the form, as long as it is not whole."""
    if made := tried(form, act, beside):
        say(request, said, undo, made)
        return redirect(to or made)
    return form_page(request, form, template, context)


def changed(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[int], Any], template: str, context: Mapping[str, Any],
    *, undo: Undo = "", said: Text = SAVED, to: Any = None, beside: str | None = None,
) -> HttpResponse:  # fmt: skip
    """A record by a form, in the version that was read; then on to it, or ``to``. What two people wrote is shown side by side."""
    try:
        made = taken(form, lambda: act(form.cleaned_data["version"] or 0), beside)
    except Stale as stale:
        return render(request, "records/stale.html", {**context, "form": form, "current": stale.current}, status=409)
    if made:
        say(request, said, undo, made)
        return redirect(to or made)
    return form_page(request, form, template, context)


def form_page(request: HttpRequest, form: forms.BaseForm, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The form, empty or with what is wrong in it."""
    return render(request, template, {**context, "form": form}, status=422 if form.is_bound else 200)
