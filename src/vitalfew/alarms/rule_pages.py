"""/alarm-rules/: which kinds there are, who is told, what would have been raised; /alarm-noise/; /alarm-hooks/."""

from datetime import timedelta
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.alarms import actions, noise, preview, questions, unseen
from vitalfew.alarms.forms import RuleForm, begun
from vitalfew.alarms.kinds import kinds
from vitalfew.alarms.models import AlarmRule, Hook
from vitalfew.alarms.raising import MOST
from vitalfew.alarms.rights import AlarmRight
from vitalfew.alarms.work import look_soon
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import NotPossible, Stale
from vitalfew.people.saving import overtaken, say
from vitalfew.rooms import Alarming

MONTH: Final = timedelta(days=30)


@needs(AlarmRight.RULE)
@require_GET
def rules(request: HttpRequest) -> HttpResponseBase:
    """Every kind, switched on or not."""
    on = questions.rules(signed_in(request))
    told = [{"kind": kind, "rule": on.get(kind.value)} for kind in kinds().values()]
    on_first = sorted(told, key=lambda each: each["rule"] is None)
    return render(request, "alarms/rules.html", {"kinds": on_first, "unseen": unseen.said(kinds().values())})


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
            made, undo = actions.switch_on(user, kind.value, fields), "alarm-rule-off"
        else:
            made, undo = actions.change_rule(user, row.pk, form.cleaned_data["version"] or 0, fields), ""
    except Stale as stale:
        overtaken(form, stale)
        return None
    except NotPossible as why:
        messages.error(request, gettext(str(why)))
        return redirect("alarm-rule", kind.value)
    look_soon()
    say(request, _("Saved: alarms are raised within minutes"), undo, made)
    return redirect("alarm-rules")


ON: Final = Pages(AlarmRule.objects.visible_to, see=AlarmRight.RULE, write=AlarmRight.RULE)
switch_off = ON.puts_away(actions.switch_off, undo="alarm-rule-on", to="alarm-rules", said=_("Switched off"))
switch_on_again = ON.fetches_back(actions.switch_on_again)


@needs(AlarmRight.RULE)
@require_GET
def noise_report(request: HttpRequest) -> HttpResponse:
    """Which kinds led to something in the last twelve months, and which never did."""
    on = questions.rules(signed_in(request))
    told = [{"of": each, "rule": on.get(each.kind)} for each in noise.report()]
    return render(request, "alarms/noise.html", {"records": told, "enough": noise.ENOUGH, "ripe": noise.RIPE.days})
