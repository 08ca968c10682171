"""What is taken out of a plan: its versions side by side, the whole of it on paper and as slides."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.actions import exported
from vitalfew.paper import NoPrinter
from vitalfew.people.gate import needs, signed_in
from vitalfew.plans import printing
from vitalfew.plans import slides as deck
from vitalfew.plans import versions as kept
from vitalfew.plans.models import Plan
from vitalfew.plans.pages import PAGES
from vitalfew.plans.rights import AccountPlanRight

SLIDES: Final = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@needs(AccountPlanRight.SEE)
@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Two of them, by default the last that was agreed to and the plan as it is."""
    user, row = signed_in(request), PAGES.found(request, pk)
    asked = [request.GET.get(name, "") for name in ("left", "right")]
    (left, old), (right, new) = kept.sides(row, asked)
    rows = kept.compared(user, old, new)
    context = {
        "plan": row, "rows": rows, "differing": sum(each.differs for each in rows),
        "versions": list(row.versions.defer("content")),
        "choices": (("left", left, _("On the left")), ("right", right, _("On the right"))),
    }  # fmt: skip
    return render(request, "plans/versions.html", context)


@needs(AccountPlanRight.SEE)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as PDF; that it was taken out stands in the trail."""
    user, row = signed_in(request), PAGES.found(request, pk)
    try:
        written = printing.pdf(_told(PAGES.around(user, row)))
    except NoPrinter as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    exported(user, "plan", "pdf", f"plan={pk}")
    return _file(row, written, "application/pdf", "pdf", "inline")


@needs(AccountPlanRight.SEE)
@require_GET
def slides(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a few slides."""
    user, row = signed_in(request), PAGES.found(request, pk)
    written = deck.pptx(_told(PAGES.around(user, row)))
    exported(user, "plan", "pptx", f"plan={pk}")
    return _file(row, written, SLIDES, "pptx", "attachment")


def _told(context: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without what only the screen has."""
    return {name: value for name, value in context.items() if name not in {"thread", "close", "review", "send_back"}}


def _file(row: Plan, written: bytes, kind: str, ending: str, way: str) -> HttpResponse:
    name = f"plan-{row.pk}-{row.since.isoformat()}.{ending}"
    return HttpResponse(written, content_type=kind, headers={"Content-Disposition": f'{way}; filename="{name}"'})
