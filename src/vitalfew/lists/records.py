"""The pages of a kind of record: one of them in full, and every step that is taken with one.

A room says what is its own: which records the user sees, what stands around one on its page, which action a step calls. The
frame keeps what is common: the right is asked before the page runs, what the user does not see is not there (404), steps are
taken by POST alone, what is overtaken or not possible is said, what was done can be undone.

    PAGES = Pages(questions.promises, "promises/promise.html", around, see=SEE, write=MAKE)

    promise = PAGES.shows()
    keep = PAGES.takes("keep", KeepForm, actions.keep, undo="promise-reopen")
    reopen = PAGES.does(actions.reopen, _("It is open again"))
    put_away = PAGES.puts_away(actions.put_away, undo="promise-back", to=tab("promises"))
    fetch_back = PAGES.fetches_back(actions.fetch_back)

New records and corrections have pages of their own, written with :mod:`vitalfew.people.saving`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.people.saving import SAVED, Text, Undo, done, say, there, tried
from vitalfew.rooms import Permission, nothing

R = TypeVar("R", bound=Any)
"""A kind of record: it has a number and an address of its own."""
Page = Callable[..., HttpResponseBase]
Act = Callable[..., Any]
AWAY: Final = _("Put away")
BACK: Final = _("It is back")


@dataclass(frozen=True)
class Pages(Generic[R]):
    """What is common to the pages of one kind of record."""

    rows: Callable[[User], QuerySet[R]]
    """Those the user sees."""
    template: str = ""
    around: Callable[[User, R], Mapping[str, Any]] = nothing
    """What the page of one shows: the record, and the forms of its steps by their names. Left out where its form is its page."""
    see: Permission = field(kw_only=True)
    write: Permission = field(kw_only=True)

    def found(self, request: HttpRequest, pk: int) -> R:
        row: R = get_object_or_404(self.rows(signed_in(request)), pk=pk)
        return row

    def shows(self) -> Page:
        """GET: the record in full."""

        def shown(request: HttpRequest, pk: int) -> HttpResponse:
            return self.shown(request, self.found(request, pk))

        return needs(self.see)(require_GET(shown))

    def does(self, act: Act, said: Text = SAVED, *, undo: Undo = "", right: Permission | None = None) -> Page:
        """POST by a button: ``act(user, pk)``."""

        def pressed(request: HttpRequest, pk: int) -> HttpResponse:
            row = self.found(request, pk)
            return done(request, lambda: act(signed_in(request), pk), row, said, undo=undo)

        return needs(right or self.write)(require_POST(pressed))

    def takes(
        self, name: str, form: Callable[..., BaseForm], act: Act, *, said: Text = SAVED, undo: Undo = "",
        right: Permission | None = None,
    ) -> Page:  # fmt: skip
        """POST of the form called so on the record's page: ``act(user, pk, **fields)``."""

        def sent(request: HttpRequest, pk: int) -> HttpResponse:
            row, given = self.found(request, pk), form(request.POST, request.FILES)
            return self.sent(request, row, name, given, act, said=said, undo=undo)

        return needs(right or self.write)(require_POST(sent))

    def puts_away(self, act: Act, *, undo: Undo, to: str | Callable[[R], str], said: Text = AWAY) -> Page:
        """POST: out of the lists; a moment later it can still be fetched back. ``to`` is the route one goes on to."""

        def away(request: HttpRequest, pk: int) -> HttpResponse:
            row = self.found(request, pk)
            return done(request, lambda: act(signed_in(request), pk), to, said, undo=undo, back=row)

        return needs(self.write)(require_POST(away))

    def fetches_back(self, act: Act, said: Text = BACK) -> Page:
        """POST: into the lists again; asked for by a script, which loads its page anew."""

        def back(request: HttpRequest, pk: int) -> HttpResponse:
            try:
                there(lambda: act(signed_in(request), pk))
            except NotPossible as why:
                messages.error(request, gettext(str(why)))
            else:
                say(request, said)
            return HttpResponse(status=204)

        return needs(self.write)(require_POST(back))

    def sent(
        self, request: HttpRequest, row: R, name: str, form: BaseForm, act: Act, *, said: Text = SAVED, undo: Undo = "",
        beside: str | None = None,
    ) -> HttpResponse:  # fmt: skip
        """A step by its form; what is not taken stands on the record's page again, with the reason."""
        user = signed_in(request)
        if made := tried(form, lambda: act(user, row.pk, **form.cleaned_data), beside):
            say(request, said, undo, made)
            return redirect(row)
        return self.shown(request, self.found(request, row.pk), {name: form}, status=422)

    def shown(
        self, request: HttpRequest, row: R, more: Mapping[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        return render(request, self.template, {**self.around(signed_in(request), row), **(more or {})}, status=status)


def tab(name: str) -> Callable[[Any], str]:
    """Where a record's account shows it."""
    return lambda row: f"{row.account.get_absolute_url()}?tab={name}"
