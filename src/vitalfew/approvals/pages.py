"""/approvals/: what waits for whom, what was decided, and asking for it."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.approvals import actions, questions
from vitalfew.approvals.deciding import authorities, deciders
from vitalfew.approvals.forms import ApproveForm, AskForm, SendBackForm
from vitalfew.approvals.kinds import kinds
from vitalfew.approvals.listing import APPROVALS
from vitalfew.approvals.models import Approval
from vitalfew.approvals.rights import ApprovalRight
from vitalfew.approvals.words import ApprovalState
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Forbidden
from vitalfew.people.records import NotPossible
from vitalfew.people.saving import ASKED_FOR, added, changed, done, version_read
from vitalfew.terms import gettext_noop

OPEN: Final = frozenset({ApprovalState.WAITING, ApprovalState.RETURNED})
BACK: Final = frozenset({ApprovalState.RETURNED, ApprovalState.WITHDRAWN})
DECIDED: Final = _("Decided, and written down")
NOT_YOURS: Final = gettext_noop("This is not yours to decide: who asked doesn't, and limits hold")


approvals = list_page(APPROVALS)


@needs(ApprovalRight.ASK)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for something; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    begun = {"kind": request.GET.get("kind", "")}
    form = AskForm(user, account, request.POST or None, currency=questions.currency(), initial=begun)

    def act() -> Approval:
        said = form.cleaned_data
        return actions.ask_by_hand(user, said["kind"], account or said["account"], picked(form, actions.FIELDS))

    return added(request, form, act, "approvals/new.html", {"account": account}, said=ASKED_FOR)


def _around(user: User, row: Approval) -> dict[str, Any]:
    begun = {"version": row.version}
    return {
        "approval": row, "kind": kinds()[row.kind], "steps": list(row.steps.all()),
        "authority": authorities(user, [row]).get(row.pk), "deciders": deciders(row) if row.is_waiting else [],
        "can_withdraw": row.asked_by_id == user.pk and row.state in OPEN, "can_ask_again": _can_ask_again(user, row),
        "approve": ApproveForm(initial=begun), "send_back": SendBackForm(initial=begun),
    }  # fmt: skip


def _can_ask_again(user: User, row: Approval) -> bool:
    return row.asked_by_id == user.pk and row.state in BACK and row.number is None


PAGES: Final = Pages(
    questions.approvals, "approvals/approval.html", _around, see=ApprovalRight.SEE, write=ApprovalRight.DECIDE
)
approval = PAGES.shows()


def _deciding(act: Callable[..., Approval]) -> Callable[..., Approval]:
    def decided(user: User, pk: int, **said: Any) -> Approval:
        try:
            return act(user, pk, **said)
        except Forbidden:
            raise NotPossible(NOT_YOURS) from None

    return decided


approve = PAGES.takes("approve", ApproveForm, _deciding(actions.approve), said=DECIDED)
send_back = PAGES.takes("send_back", SendBackForm, _deciding(actions.send_back), said=DECIDED)


@needs(ApprovalRight.ASK)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, version = signed_in(request), PAGES.found(request, pk), version_read(request)
    if version is None or row.asked_by_id != user.pk:
        raise Http404
    return done(request, lambda: actions.withdraw(user, pk, version), row, _("Withdrawn"))


@needs(ApprovalRight.ASK)
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend what was sent back, and ask again."""
    user, row = signed_in(request), PAGES.found(request, pk)
    if not _can_ask_again(user, row):
        raise Http404
    form = AskForm(
        user, row.account, request.POST or None, currency=questions.currency(), instance=PAGES.found(request, pk),
        initial={"version": row.version},
    )  # fmt: skip
    return changed(
        request, form, lambda version: actions.ask_again(user, pk, version, picked(form, actions.FIELDS)),
        "approvals/new.html", {"account": row.account, "approval": row}, said=ASKED_FOR,
    )  # fmt: skip
