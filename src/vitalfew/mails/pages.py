"""/mails/: what came in, one mail, and where it belongs."""

from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vitalfew.accounts.models import Account
from vitalfew.activities.ways import Side
from vitalfew.complaints.questions import complaints
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.contacts import actions as contacts
from vitalfew.contacts.models import Person
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.mails import actions, questions
from vitalfew.mails.forms import MatchForm, other_side
from vitalfew.mails.listing import MAILS
from vitalfew.mails.models import Mail
from vitalfew.mails.rights import MailRight
from vitalfew.mails.words import MailState
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible
from vitalfew.people.saving import done, say

mails = list_page(MAILS)

PAGES: Final = Pages(questions.mails, see=MailRight.SEE, write=MailRight.MATCH)


@needs(MailRight.SEE)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """A mail, and, while it waits, where it may belong."""
    user, one, sent = signed_in(request), PAGES.found(request, pk), request.POST or None
    form = MatchForm(user, one, sent, initial={"name": "" if one.side == "out" else one.sender_name})
    if sent is not None:
        user.must(MailRight.MATCH)
        if form.is_valid():
            return _matched(request, one, form.cleaned_data["account"], form.cleaned_data.get("name", ""))
    waits = one.state == MailState.WAITING and user.may(MailRight.MATCH)
    seen = one.account and Account.objects.visible_to(user).filter(pk=one.account_id).exists()
    context: dict[str, Any] = {"mail": one, "form": form if waits else None, "other": other_side(one), "sees": seen}
    context["may_complain"] = one.side != Side.OUT and not one.complaint_id and user.may(ComplaintRight.TAKE)
    context["complaint"] = complaints(user).filter(mails=one).first()
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
    say(request, _("It stands in the timeline of %(name)s") % {"name": account}, undo="mail-part", made=one)
    return redirect(f"{reverse('mails')}?state={MailState.WAITING}")


def _new_contact(user: User, one: Mail, account: Account, name: str) -> Person | None:
    if not name.strip():
        return None
    return contacts.add(user, account, {"name": name.strip(), "email": other_side(one)}, {}).person


@needs(MailRight.MATCH)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Back into the tray."""
    return done(request, lambda: actions.part(signed_in(request), pk), "mails", _("Back in the tray"))


complain = PAGES.does(
    actions.complain, gettext_lazy("It is a complaint now: its clock runs"), right=ComplaintRight.TAKE
)
put_away = PAGES.puts_away(actions.put_away, undo="mail-back", to="mails")
fetch_back = PAGES.fetches_back(actions.fetch_back)
