"""What becomes of a plan: asked for, agreed to, begun, revised, reviewed, closed, gone on from."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import done, version_read
from vitalfew.plans import actions, questions, reading
from vitalfew.plans.forms import CloseForm, ReviewForm, SendBackForm
from vitalfew.plans.models import Plan
from vitalfew.plans.pages import PAGES
from vitalfew.plans.rights import AccountPlanRight


@needs(AccountPlanRight.AGREE)
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agreed: what stands in it is kept as a version. It is the one that was read, or nothing is agreed to."""
    user, row = signed_in(request), PAGES.found(request, pk)
    return done(request, lambda: actions.agree(user, pk, version_read(request) or 0), row)


@needs(AccountPlanRight.WRITE)
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """The next plan from this one."""
    user, row = signed_in(request), PAGES.found(request, pk)
    title = _("Plan %(year)s") % {"year": row.until.year + 1}
    said = _("The next plan is begun: set its targets anew")
    return done(request, lambda: actions.go_on(user, pk, title), said=said, undo="account-plan-away", back=row)


def _closed(user: User, pk: int, version: int, **said: Any) -> Plan:
    """How far each goal came is kept."""
    return actions.close(user, pk, version, said, reading.kept(questions.plans(user).get(pk=pk)))


ask = PAGES.does(actions.ask, undo="account-plan-revise")
begin = PAGES.does(actions.begin)
revise = PAGES.does(actions.revise)
send_back = PAGES.takes("send_back", SendBackForm, actions.send_back, right=AccountPlanRight.AGREE)
review = PAGES.takes("review", ReviewForm, actions.put_off)
close = PAGES.takes("close", CloseForm, _closed, undo="account-plan-reopen")
reopen = PAGES.does(actions.reopen)
