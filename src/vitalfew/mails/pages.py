"""/mails/: what came in, one mail, and where it belongs."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.contacts.models import Person
from vitalfew.lists.pages import listed
from vitalfew.mails import actions, questions
from vitalfew.mails.forms import MatchForm, other_side
from vitalfew.mails.listing import MAILS
from vitalfew.mails.models import Mail
from vitalfew.mails.rights import MailRight
from vitalfew.mails.words import MailState
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible


@needs(MailRight.SEE)
@require_GET
def mails(request: HttpRequest) -> HttpResponseBase:
    return listed(request, MAILS)


def _mail(request: HttpRequest, pk: int) -> Mail:
    found = questions.mails(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(MailRight.SEE)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """A mail, and, while it waits, where it may belong."""
    user, one, sent = signed_in(request), _mail(request, pk), request.POST or None
    form = MatchForm(user, one, sent, initial={"name": "" if one.side == "out" else one.sender_name})
    if sent is not None:
        user.must(MailRight.MATCH)
        if form.is_valid():
            return _matched(request, one, form.cleaned_data["account"], form.cleaned_data.get("name", ""))
    waits = one.state == MailState.WAITING and user.may(MailRight.MATCH)
    seen = one.account and Account.objects.visible_to(user).filter(pk=one.account_id).exists()
    context: dict[str, Any] = {"mail": one, "form": form if waits else None, "other": other_side(one), "sees": seen}
    context["offered"] = questions.offered(user, one) if waits else ()
    return render(request, "mails/mail.html", context, status=200 if sent is None else 422)


def _matched(request: HttpRequest, one: Mail, account: Account, name: str) -> HttpResponse:
    user = signed_in(request)
    try:
        with transaction.atomic():
            actions.match(user, one.pk, account, _new_contact(user, one, account, name))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(one)
    messages.success(
        request, _("It stands in the timeline of %(name)s") % {"name": account},
        extra_tags=f"undo:{reverse('mail-part', args=[one.pk])}",
    )  # fmt: skip
    return redirect(f"{reverse('mails')}?state={MailState.WAITING}")


def _new_contact(user: User, one: Mail, account: Account, name: str) -> Person | None:
    if not name.strip():
        return None
    return contacts.add(user, account, {"name": name.strip(), "email": other_side(one)}, {}).person


def _done(request: HttpRequest, pk: int, said: str, act: Any, undo: str = "") -> HttpResponse:
    try:
        act(signed_in(request), pk)
    except Mail.DoesNotExist:
        raise Http404 from None
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, said, extra_tags=f"undo:{reverse(undo, args=[pk])}" if undo else "")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect("mails")


@needs(MailRight.MATCH)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Back into the tray."""
    return _done(request, pk, _("Back in the tray"), actions.part)


@needs(MailRight.MATCH)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, _("Put away"), actions.put_away, "mail-back")


@needs(MailRight.MATCH)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, _("It is back"), actions.fetch_back)
