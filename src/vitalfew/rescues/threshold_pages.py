"""/warnings/thresholds/: from which risk on an alarm pays, dragged along what would have been; and the firm's own threshold."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.backtests.kept import kept
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.saving import done
from vitalfew.rescues import actions, questions, weighing
from vitalfew.rescues.beside import BESIDE
from vitalfew.rescues.forms import ThresholdForm, WeighForm
from vitalfew.rescues.rights import RescueRight
from vitalfew.rescues.weighing import Costs
from vitalfew.terms import gettext_noop
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.models import Refresh

USUAL: Final = {"plan": 2000, "kept": 20}
"""Until the firm says what a plan costs it, and how many of a hundred it keeps."""
LABELS: Final = (gettext_noop("Alarm from this risk on"), gettext_noop("Net"))


@needs(RescueRight.THRESHOLD)
@require_GET
def thresholds(request: HttpRequest) -> HttpResponse:
    """The curve, and where one is on it."""
    refresh, found, now = scorecards.current(), kept(settings.HOME, "churn"), questions.threshold()
    begun = {**USUAL, "margin": _margin(refresh), "risk": round(now * 100)}
    form = WeighForm({**begun, **request.GET.dict()})
    context: dict[str, Any] = {"form": form, "beside": BESIDE, "now": now, "found": found}
    if found and found.thresholds and refresh and form.is_valid():
        context |= _curve(found.thresholds, form.cleaned_data, refresh.currency)
    return render(request, "rescues/thresholds.html", context)


def _curve(rows: Any, said: dict[str, Any], currency: str) -> dict[str, Any]:
    costs = Costs(float(said["plan"]), said["kept"] / 100, said["margin"] / 100)
    told = weighing.weighed(rows, costs)
    top, chosen = weighing.best(told), weighing.nearest(told, said["risk"] / 100)
    if chosen is None:
        return {}
    message = weighing.told(chosen, top, currency)
    labels = (gettext(LABELS[0]), gettext(LABELS[1]))
    return {
        "rows": told, "top": top, "chosen": chosen, "currency": currency,
        "chart": weighing.chart(told, message, language(), labels, currency),
        "set": ThresholdForm(initial={"risk": round(chosen.risk * 100)}),
    }  # fmt: skip


def _margin(refresh: Refresh | None) -> int:
    """The book's, in a hundred; 100 where no cost is known."""
    summary = Refresh.objects.get(pk=refresh.pk).summaries.get("contribution", {}) if refresh else {}
    figures = summary.get("figures", {})
    sales, margin = figures.get("revenue"), figures.get("gross_margin")
    return round(100 * margin / sales) if sales and margin and 0 < margin <= sales else 100


@needs(RescueRight.THRESHOLD)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """From now on the list of warnings begins at this risk."""
    form = ThresholdForm(request.POST)
    if not form.is_valid():
        return redirect("rescue-thresholds")
    user, risk = signed_in(request), form.cleaned_data["risk"] / 100
    return done(
        request, lambda: actions.set_threshold(user, risk), "rescue-warnings", _("The list begins at this risk")
    )
