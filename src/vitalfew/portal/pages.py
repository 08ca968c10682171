"""/portal-access/: who of our customers' people may visit the portal: given, corrected, suspended, ended, invited again."""

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.contacts.models import Post
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import number_in, picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed, done
from vitalfew.portal import actions, invitations, questions
from vitalfew.portal.forms import AccessForm, GiveForm
from vitalfew.portal.letters import address
from vitalfew.portal.listing import ACCESSES
from vitalfew.portal.models import Access
from vitalfew.portal.parts import parts
from vitalfew.portal.rights import PortalRight
from vitalfew.portal.words import OPENS, Standing

accesses = list_page(ACCESSES)


@needs(PortalRight.GIVE)
def new(request: HttpRequest) -> HttpResponse:
    """Give access, from an account's page."""
    user, account = signed_in(request), account_asked(request)
    if account is None or not questions.may_give(user, account):
        raise Http404
    form = GiveForm(questions.posts_without(user, account), request.POST or None, initial=_begun(request, account))

    def act() -> Access:
        post = form.cleaned_data["post"]
        email = form.cleaned_data["email"] or post.person.email
        return actions.give(user, post, picked(form, actions.FIELDS), email=email)

    return added(request, form, act, "portal/new.html", {"account": account}, undo="portal-access-end", beside="post")


def _begun(request: HttpRequest, account: Account) -> dict[str, Any]:
    """Whom one came from."""
    post = Post.objects.held().filter(account=account, person=number_in(request.GET.get("person", ""))).first()
    return {"post": post.pk} if post else {}


def _around(user: User, row: Access) -> dict[str, Any]:
    may_give = questions.may_give(user, row.account)
    open_one = invitations.open_of(row.user) if row.user and may_give and row.standing in OPENS else None
    link = address(open_one) if open_one else ""
    return {
        "access": row, "may_give": may_give, "shown": [each.label for each in parts() if each.name in row.parts],
        "is_open": row.standing in OPENS, "is_over": row.ended_on is not None,
        "suspended": row.standing == Standing.SUSPENDED, "link": link, "link_until": open_one and open_one.until.date(),
        "whole_link": bool(settings.ADDRESS), "may_preview": may_give and row.standing in {*OPENS, Standing.SUSPENDED},
    }  # fmt: skip


PAGES: Final = Pages(questions.accesses, "portal/access.html", _around, see=PortalRight.SEE, write=PortalRight.GIVE)
access = PAGES.shows()
suspend = PAGES.does(
    actions.suspend, _("Suspended: it opens nothing until you open it again"), undo="portal-access-resume"
)
resume = PAGES.does(actions.resume, _("It is open again"))
end = PAGES.does(actions.end, _("Ended: it opens nothing any more"), undo="portal-access-reopen")
reopen = PAGES.does(actions.reopen, _("It is open again"))
invite = PAGES.does(actions.invite, _("A new link is made; the one before opens nothing any more"))


@needs(PortalRight.GIVE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_give(user, row.account):
        raise Http404
    form = AccessForm(request.POST or None, instance=PAGES.found(request, pk), initial={"version": row.version})
    return changed(
        request, form, lambda version: actions.change(user, pk, version, picked(form, actions.FIELDS)), "portal/edit.html",
        {"access": row},
    )  # fmt: skip


@needs(PortalRight.GIVE)
@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: a file of an account is shown to its people, or no longer."""
    user = signed_in(request)
    file = get_object_or_404(AccountFile, pk=pk, account__in=Account.objects.visible_to(user))
    shared = request.POST.get("shared") == "1"
    to = f"{file.account.get_absolute_url()}?tab=files"
    said = _("Shown in the customer portal") if shared else _("No longer shown in the customer portal")
    return done(request, lambda: actions.share(user, pk, shared=shared), to, said, back=to)
