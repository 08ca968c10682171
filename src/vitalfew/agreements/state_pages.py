"""What becomes of an agreement: asked for, noticed, ended, renewed, taken over from a contract."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.agreements import actions, composing
from vitalfew.agreements.forms import EndForm, NoticeForm
from vitalfew.agreements.pages import PAGES
from vitalfew.agreements.rights import AgreementRight
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import done, version_read

LONGEST = 200


@needs(AgreementRight.WRITE)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person is asked to approve what was read here; what somebody changed meanwhile is read first."""
    user, row = signed_in(request), PAGES.found(request, pk)
    version = version_read(request)
    return done(request, lambda: actions.ask(user, pk, version=version), row, undo="agreement-withdraw")


withdraw = PAGES.does(actions.withdraw)
notice = PAGES.takes("notice", NoticeForm, actions.give_notice, undo="agreement-notice-back")
notice_back = PAGES.does(actions.take_notice_back)
end = PAGES.takes("end", EndForm, actions.end, undo="agreement-reopen")
reopen = PAGES.does(actions.reopen)


@needs(AgreementRight.WRITE)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The next agreement from this one."""
    user, row = signed_in(request), PAGES.found(request, pk)
    said = _("The next agreement is begun: look through its terms")
    return done(request, lambda: actions.renew(user, pk), said=said, undo="agreement-away", back=row)


@needs(AgreementRight.WRITE)
@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """A draft from a contract of the facts."""
    user, account = signed_in(request), accounts.one(signed_in(request), request.POST.get("account", ""))
    if account is None:
        raise Http404
    number, place = request.POST.get("contract", "")[:LONGEST], f"{account.get_absolute_url()}?tab=agreements"
    said = _("Taken over as a draft: look through its terms")
    return done(
        request, lambda: composing.take_over(user, account, number), said=said, undo="agreement-away", back=place
    )
