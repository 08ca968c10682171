"""/alarm-rules/: which kinds there are, who is told, what would have been raised; /alarm-noise/; /alarm-hooks/."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.alarms import actions, noise, preview, questions
from vitalfew.alarms.forms import RuleForm, begun, overtaken
from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.models import AlarmRule, Hook
from vitalfew.alarms.raising import MOST
from vitalfew.alarms.rights import AlarmRight
from vitalfew.alarms.work import look_soon
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import NotPossible, Stale
from vitalfew.rooms import Alarming

MONTH: Final = timedelta(days=30)


@needs(AlarmRight.RULE)
@require_GET
def rules(request: HttpRequest) -> HttpResponseBase:
    """Every kind, switched on or not."""
    on = questions.rules(signed_in(request))
    told = [{"kind": kind, "rule": on.get(kind.value)} for kind in kinds().values()]
    return render(request, "alarms/rules.html", {"kinds": sorted(told, key=lambda each: each["rule"] is None)})


def _kind(name: str) -> Alarming:
    if name not in kinds():
        raise Http404
    return kinds()[name]


@needs(AlarmRight.RULE)
def rule(request: HttpRequest, name: str) -> HttpResponse:
    """Switch a kind on, or change its rule; what it would raise is told beside it."""
    user, kind, sent = signed_in(request), _kind(name), request.POST or None
    row = questions.rules(user).get(name)
    form = RuleForm(kind, Hook.objects.filter(put_away_at=None), sent, initial=begun(kind, row))
    asks = sent is not None and "preview" in sent
    if sent is not None and form.is_valid() and not asks and (done := _saved(request, kind, row, form)):
        return done
    draft = AlarmRule(kind=name, **form.fields_of_rule()) if asks and form.is_valid() else row or _usual(kind)
    context = {
        "form": form, "kind": kind, "rule": row, "told": preview.of(draft, kind, timezone.localdate() - MONTH), "most": MOST,
    }  # fmt: skip
    return render(
        request, "alarms/rule.html", context, status=200 if sent is None or (asks and form.is_valid()) else 422
    )


def _usual(kind: Alarming) -> AlarmRule:
    return AlarmRule(kind=kind.value, threshold=None, key_only=kind.of_figures)


def _saved(request: HttpRequest, kind: Alarming, row: AlarmRule | None, form: RuleForm) -> HttpResponse | None:
    """Back to all kinds; None where somebody else saved meanwhile, and the form says so."""
    user, fields = signed_in(request), form.fields_of_rule()
    try:
        if row is None:
            made = actions.switch_on(user, kind.value, fields)
            undo = f"undo:{reverse('alarm-rule-off', args=[made.pk])}"
        else:
            actions.change_rule(user, row.pk, form.cleaned_data["version"] or 0, fields)
            undo = ""
    except Stale as stale:
        overtaken(form, stale)
        return None
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect("alarm-rule", kind.value)
    look_soon()
    messages.success(request, _("Saved: alarms are raised within minutes"), extra_tags=undo)
    return redirect("alarm-rules")


@needs(AlarmRight.RULE)
@require_POST
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    _there(lambda: actions.switch_off(signed_in(request), pk))
    messages.success(request, _("Switched off"), extra_tags=f"undo:{reverse('alarm-rule-on', args=[pk])}")
    return redirect("alarm-rules")


@needs(AlarmRight.RULE)
@require_POST
def switch_on_again(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        _there(lambda: actions.switch_on_again(signed_in(request), pk))
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def _there(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (AlarmRule.DoesNotExist, Hook.DoesNotExist):
        raise Http404 from None


@needs(AlarmRight.RULE)
@require_GET
def noise_report(request: HttpRequest) -> HttpResponse:
    """Which kinds led to something in the last twelve months, and which never did."""
    on = questions.rules(signed_in(request))
    told = [{"of": each, "rule": on.get(each.kind)} for each in noise.report()]
    return render(request, "alarms/noise.html", {"records": told, "enough": noise.ENOUGH, "ripe": noise.RIPE.days})
