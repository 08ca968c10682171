"""/intelligence/competitors/: who sells against us, and what is known of each over all accounts that the user may see."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.intelligence import actions, merging, questions
from vitalfew.intelligence.forms import CompetitorForm
from vitalfew.intelligence.listing import COMPETITORS
from vitalfew.intelligence.models import Competitor
from vitalfew.intelligence.pages import away
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import NotPossible, Stale


@needs(IntelligenceRight.MARKET)
@require_GET
def competitors(request: HttpRequest) -> HttpResponseBase:
    return listed(request, COMPETITORS)


def _competitor(request: HttpRequest, pk: int) -> Competitor:
    found = questions.competitors(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(IntelligenceRight.MARKET)
@require_GET
def competitor(request: HttpRequest, pk: int) -> HttpResponse:
    user, rival = signed_in(request), _competitor(request, pk)
    rows = questions.of_competitor(user, rival)
    context = {
        "competitor": rival, "pieces": rows, "sides": questions.sides(rows), "can_add": user.may(IntelligenceRight.ADD),
        "can_edit": user.may(IntelligenceRight.COMPETITORS), "can_settle": user.may(IntelligenceRight.SETTLE),
        "also_written": rival.also_written.order_by("name"), "others": questions.other_competitors(user, rival),
    }  # fmt: skip
    return render(request, "intelligence/competitor.html", context)


@needs(IntelligenceRight.COMPETITORS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    rival, sent = _competitor(request, pk), request.POST or None
    form = CompetitorForm(sent, instance=_competitor(request, pk), initial={"version": rival.version})
    if sent is not None and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in actions.OF_COMPETITOR}
        try:
            actions.change_competitor(signed_in(request), pk, form.cleaned_data["version"] or 0, fields)
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        except NotPossible as why:
            form.add_error("name", _(str(why)))
        else:
            messages.success(request, _("Saved"))
            return redirect(rival)
    context = {"competitor": rival, "form": form}
    return render(request, "intelligence/competitor_edit.html", context, status=200 if sent is None else 422)


@needs(IntelligenceRight.COMPETITORS)
@require_POST
def make_one(request: HttpRequest, pk: int) -> HttpResponse:
    """It is the same as the one that was chosen, which stays."""
    user, rival, sent = signed_in(request), _competitor(request, pk), request.POST
    stays = _competitor(request, int(sent["into"]) if sent.get("into", "").isdecimal() else 0)
    try:
        merging.make_one(user, pk, int(sent["version"]) if sent.get("version", "").isdecimal() else 0, stays.pk)
    except Stale:
        messages.error(request, _("Somebody changed this competitor meanwhile: look, and try again"))
        return redirect(rival)
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(rival)
    said = _("%(name)s and %(other)s are one now") % {"name": rival, "other": stays}
    return away(request, reverse("competitor-part", args=[pk]), stays.get_absolute_url(), said)


@needs(IntelligenceRight.COMPETITORS)
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        row = merging.part(signed_in(request), pk)
    except Competitor.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("%(name)s stands by itself again") % {"name": row})
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)


@needs(IntelligenceRight.COMPETITORS)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    _competitor(request, pk)
    actions.put_competitor_away(signed_in(request), pk)
    return away(request, reverse("competitor-back", args=[pk]), reverse("competitors"), _("Put away"))


@needs(IntelligenceRight.COMPETITORS)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.fetch_competitor_back(signed_in(request), pk)
    except Competitor.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)
