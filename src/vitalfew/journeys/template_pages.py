"""/journeys/templates/: which checks the stages of a purchase have."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from vitalfew.journeys import composing, questions
from vitalfew.journeys.beside import BESIDE
from vitalfew.journeys.dating import in_stages
from vitalfew.journeys.forms import CheckpointForm, TemplateForm
from vitalfew.journeys.listing import TEMPLATES
from vitalfew.journeys.models import JourneyTemplate
from vitalfew.journeys.rights import JourneyRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.parts import PartPages
from vitalfew.lists.records import Pages
from vitalfew.people.fields import said
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed
from vitalfew.terms import gettext_noop

STEP: Final = 10

templates = list_page(TEMPLATES, BESIDE)


def _around(user: User, row: JourneyTemplate) -> dict[str, Any]:
    points = list(row.checkpoints.filter(put_away_at=None))
    may_open = user.may(JourneyRight.OPEN) and bool(points)
    return {
        "template": row, "stages": in_stages(points), "may_define": user.may(JourneyRight.DEFINE), "may_open": may_open,
    }  # fmt: skip


PAGES: Final = Pages(
    questions.templates, "journeys/template.html", _around, see=JourneyRight.SEE, write=JourneyRight.DEFINE
)
template = PAGES.shows()


@needs(JourneyRight.DEFINE)
def new(request: HttpRequest) -> HttpResponse:
    user, form = signed_in(request), TemplateForm(request.POST or None)
    return added(
        request, form, lambda: composing.define(user, said(form)), "journeys/define.html", {},
        undo="journey-template-away",
    )  # fmt: skip


@needs(JourneyRight.DEFINE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    mine = PAGES.found(request, pk)
    form = TemplateForm(request.POST or None, instance=mine, initial={"version": row.version})
    return changed(
        request, form, lambda version: composing.change(user, pk, version, said(form)), "journeys/define.html",
        {"template": row},
    )  # fmt: skip


copy = PAGES.does(composing.copy, _("Copied"))
put_away = PAGES.puts_away(composing.put_away, undo="journey-template-back", to="journey-templates")
fetch_back = PAGES.fetches_back(composing.fetch_back)


def _begun(request: HttpRequest, row: JourneyTemplate) -> dict[str, Any]:
    """The stage one came from, after what stands there."""
    stage = request.GET.get("stage", "")
    last = row.checkpoints.filter(put_away_at=None, stage=stage).order_by("-place").first()
    return {"stage": stage, "place": (last.place if last else 0) + STEP}


def _may_edit(user: User, _row: JourneyTemplate) -> bool:
    return user.may(JourneyRight.DEFINE)


PARTS: Final = PartPages(
    PAGES, composing.PARTS, {"check": CheckpointForm}, {"check": gettext_noop("Check")}, "journeys/checkpoint.html",
    "journey-template-check", _may_edit, _begun,
)  # fmt: skip
add, change, take_out, bring_back = PARTS.adds(), PARTS.changes(), PARTS.takes_out(), PARTS.brings_back()
