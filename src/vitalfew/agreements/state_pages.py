"""What becomes of an agreement: asked for, noticed, ended, renewed, taken over from a contract."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.agreements import actions, composing
from vitalfew.agreements.forms import EndForm, NoticeForm
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.pages import around, found, there
from vitalfew.agreements.rights import AgreementRight
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale

LONGEST = 200


@needs(AgreementRight.WRITE)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person is asked to approve what was read here; what somebody changed meanwhile is read first."""
    read = request.POST.get("version", "")
    version = int(read) if read.isascii() and read.isdecimal() else None
    undo = reverse("agreement-withdraw", args=[pk])
    return moved(request, found(request, pk), lambda user: actions.ask(user, pk, version=version), undo)


@needs(AgreementRight.WRITE)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return moved(request, found(request, pk), lambda user: actions.withdraw(user, pk))


@needs(AgreementRight.WRITE)
@require_POST
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One side gave notice."""
    form = NoticeForm(request.POST)
    return _settled(request, pk, "notice", form, actions.give_notice, undo="agreement-notice-back")


@needs(AgreementRight.WRITE)
@require_POST
def notice_back(request: HttpRequest, pk: int) -> HttpResponse:
    return moved(request, found(request, pk), lambda user: actions.take_notice_back(user, pk))


@needs(AgreementRight.WRITE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """It is over."""
    return _settled(request, pk, "end", EndForm(request.POST), actions.end, undo="agreement-reopen")


@needs(AgreementRight.WRITE)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return moved(request, found(request, pk), lambda user: actions.reopen(user, pk))


@needs(AgreementRight.WRITE)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The next agreement from this one."""
    row = found(request, pk)
    return _begun(
        request, row, lambda user: actions.renew(user, pk), _("The next agreement is begun: look through its terms")
    )


@needs(AgreementRight.WRITE)
@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """A draft from a contract of the facts."""
    account = accounts.one(signed_in(request), request.POST.get("account", ""))
    if account is None:
        raise Http404
    number = request.POST.get("contract", "")[:LONGEST]
    place = f"{account.get_absolute_url()}?tab=agreements"
    text = _("Taken over as a draft: look through its terms")
    return _begun(request, place, lambda user: composing.take_over(user, account, number), text)


def _begun(request: HttpRequest, back: Any, act: Callable[[User], Agreement], text: str) -> HttpResponse:
    """A new draft, which one click puts away again."""
    try:
        made = there(lambda: act(signed_in(request)))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(back)
    messages.success(request, text, extra_tags=f"undo:{reverse('agreement-away', args=[made.pk])}")
    return redirect(made)


def moved(request: HttpRequest, row: Any, act: Callable[[User], Any], undo: str = "") -> HttpResponse:
    """By a button; where the state forbids it, that is said. ``undo`` is the address that takes it back."""
    try:
        there(lambda: act(signed_in(request)))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    except Stale:
        messages.error(request, _("Somebody changed this meanwhile: look, and send it again"))
        return redirect(row)
    messages.success(request, _("Saved"), extra_tags=f"undo:{undo}" if undo else "")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)


def _settled(
    request: HttpRequest, pk: int, name: str, form: Any, act: Callable[..., Agreement], *, undo: str
) -> HttpResponse:
    user, row = signed_in(request), found(request, pk)
    if tried(request, form, lambda said: act(user, pk, **said)):
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse(undo, args=[pk])}")
        return redirect(row)
    return render(request, "agreements/agreement.html", around(user, row, {name: form}), status=422)


def tried(request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether it was done; else the form says why not, and keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        there(lambda: act(dict(form.cleaned_data)))
    except Stale as stale:
        form.data = {**request.POST.dict(), "version": stale.current.version}
        form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
    except NotPossible as why:
        form.add_error(None, _(str(why)))
    except OSError:
        form.add_error(None, _("The server's disk is full or cannot be written to. Tell its administrator"))
    else:
        return True
    return False
