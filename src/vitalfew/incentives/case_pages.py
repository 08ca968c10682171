"""/incentive-cases/: training and breaches, with their evidence."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from vitalfew.accounts.asked import account_asked
from vitalfew.incentives import actions, questions
from vitalfew.incentives.forms import CaseForm
from vitalfew.incentives.listing import CASES
from vitalfew.incentives.models import Case
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed

cases = list_page(CASES)


@needs(IncentiveRight.RECORD)
def new(request: HttpRequest) -> HttpResponse:
    """Write one down; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    begun = {"day": timezone.localdate()}
    form = CaseForm(user, account, request.POST or None, request.FILES or None, initial=begun)

    def act() -> Case:
        where, file = account or form.cleaned_data["account"], form.cleaned_data["file"]
        return actions.record(user, where, picked(form, actions.OF_CASE), file)

    return added(request, form, act, "incentives/case_new.html", {"account": account}, undo="incentive-case-away")


def _around(user: User, row: Case) -> dict[str, Any]:
    return {"case": row, "files": list(row.files.all()), "may_change": questions.may_change_case(user, row)}


PAGES: Final = Pages(
    questions.cases, "incentives/case.html", _around, see=IncentiveRight.SEE, write=IncentiveRight.RECORD
)
case = PAGES.shows()


@needs(IncentiveRight.RECORD)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change_case(user, row):
        raise Http404
    begun = {"version": row.version, "kind": row.kind}
    form = CaseForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change_case(user, pk, version, picked(form, actions.OF_CASE)),
        "incentives/edit.html", {"back": row, "draft": f"incentive-case-{pk}-{row.version}"},
    )  # fmt: skip


put_away = PAGES.puts_away(actions.put_case_away, undo="incentive-case-back", to="incentive-cases")
fetch_back = PAGES.fetches_back(actions.fetch_case_back)
