"""/complaints/causes/: the tree of causes, kept by heads; and where a complaint stands on it."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vitalfew.complaints import causing, questions
from vitalfew.complaints.beside import BESIDE
from vitalfew.complaints.cause_forms import FIELDS, CauseForm
from vitalfew.complaints.cause_listing import CAUSES
from vitalfew.complaints.causes import causes as known
from vitalfew.complaints.forms import ClassForm
from vitalfew.complaints.models import Cause
from vitalfew.complaints.pages import PAGES as COMPLAINTS
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed, say

SHOWN: Final = 50
causes = list_page(CAUSES, BESIDE)


def _around(user: User, row: Cause) -> dict[str, Any]:
    there = questions.complaints(user).filter(merged_into=None)
    found = there.filter(cause__in=[row.pk, *row.causes.values_list("pk", flat=True)])
    return {
        "cause": row, "below": [each for each in known(user) if each.branch_id == row.pk], "complaints": list(found[:SHOWN]),
        "may_rule": user.may(ComplaintRight.RULE),
    }  # fmt: skip


PAGES: Final = Pages(known, "complaints/cause.html", _around, see=ComplaintRight.SEE, write=ComplaintRight.RULE)
cause = PAGES.shows()
put_away = PAGES.puts_away(causing.put_away, undo="cause-back", to=lambda _row: reverse("causes"))
fetch_back = PAGES.fetches_back(causing.fetch_back)


@needs(ComplaintRight.RULE)
def new(request: HttpRequest) -> HttpResponse:
    form = CauseForm(request.POST or None, initial={"branch": request.GET.get("branch", "")})
    return added(
        request, form, lambda: causing.add(signed_in(request), picked(form, FIELDS)), "complaints/cause_form.html", {},
        undo="cause-away",
    )  # fmt: skip


@needs(ComplaintRight.RULE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename it, or move it to another branch."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = CauseForm(request.POST or None, instance=PAGES.found(request, pk), initial={"version": row.version})
    return changed(
        request, form, lambda version: causing.change(user, pk, version, picked(form, FIELDS)),
        "complaints/cause_form.html", {"cause": row},
    )  # fmt: skip


@needs(ComplaintRight.RULE)
@require_POST
def usual(request: HttpRequest) -> HttpResponse:
    """The usual causes, those that the tree never had."""
    say(request, _("Added") if causing.add_usual(signed_in(request)) else _("The tree had all of them already"))
    return redirect("causes")


classify = COMPLAINTS.takes("class", ClassForm, causing.classify)
refuse = COMPLAINTS.does(causing.refuse, _("It is not proposed here again"), undo="complaint-cause-again")
propose_again = COMPLAINTS.fetches_back(causing.propose_again, _("It is proposed again"))
