"""/intelligence/competitors/: who sells against us, and what is known of each over all accounts that the user may see."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.intelligence import actions, merging, questions
from vitalfew.intelligence.forms import CompetitorForm
from vitalfew.intelligence.listing import COMPETITORS
from vitalfew.intelligence.models import Competitor
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import changed, done, version_read

competitors = list_page(COMPETITORS)


def _around(user: User, rival: Competitor) -> dict[str, Any]:
    rows = questions.of_competitor(user, rival)
    return {
        "competitor": rival, "pieces": rows, "sides": questions.sides(rows), "can_add": user.may(IntelligenceRight.ADD),
        "can_edit": user.may(IntelligenceRight.COMPETITORS), "can_settle": user.may(IntelligenceRight.SETTLE),
        "also_written": rival.also_written.order_by("name"), "others": questions.other_competitors(user, rival),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.competitors, "intelligence/competitor.html", _around,
    see=IntelligenceRight.MARKET, write=IntelligenceRight.COMPETITORS,
)  # fmt: skip
competitor = PAGES.shows()


@needs(IntelligenceRight.COMPETITORS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, rival = signed_in(request), PAGES.found(request, pk)
    form = CompetitorForm(request.POST or None, instance=PAGES.found(request, pk), initial={"version": rival.version})

    def act(version: int) -> Competitor:
        return actions.change_competitor(user, pk, version, picked(form, actions.OF_COMPETITOR))

    return changed(request, form, act, "intelligence/competitor_edit.html", {"competitor": rival}, beside="name")


@needs(IntelligenceRight.COMPETITORS)
@require_POST
def make_one(request: HttpRequest, pk: int) -> HttpResponse:
    """It is the same as the one that was chosen, which stays."""
    user, rival, into = signed_in(request), PAGES.found(request, pk), request.POST.get("into", "")
    stays = PAGES.found(request, int(into) if into.isdecimal() else 0)
    undo = reverse("competitor-part", args=[pk])
    return done(
        request, lambda: merging.make_one(user, pk, version_read(request) or 0, stays.pk), stays,
        _("%(name)s and %(other)s are one now") % {"name": rival, "other": stays}, undo=lambda _made: undo, back=rival,
        meanwhile=_("Somebody changed this competitor meanwhile: look, and try again"),
    )  # fmt: skip


@needs(IntelligenceRight.COMPETITORS)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    said = _("%(name)s stands by itself again")
    return done(request, lambda: merging.part(user, pk), said=lambda row: said % {"name": row}, back="competitors")


put_away = PAGES.puts_away(actions.put_competitor_away, undo="competitor-back", to="competitors")
fetch_back = PAGES.fetches_back(actions.fetch_competitor_back)
