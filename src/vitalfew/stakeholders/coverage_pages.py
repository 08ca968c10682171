"""/coverage/: the planned levels of all accounts, of one, and the plan itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.contacts.words import LEVELS
from vitalfew.language import Count, Message
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import Stale
from vitalfew.stakeholders import actions, covering, questions
from vitalfew.stakeholders.forms import MeetingForm
from vitalfew.stakeholders.listing import COVERAGE
from vitalfew.stakeholders.models import Cover, MeetingRule
from vitalfew.stakeholders.pages import account_of, around
from vitalfew.stakeholders.plan import CoverState, plan_of
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.terms import Tier, gettext_noop


@needs(StakeholderRight.COVERAGE)
@require_GET
def coverage(request: HttpRequest) -> HttpResponseBase:
    return listed(request, COVERAGE)


@needs(StakeholderRight.COVERAGE)
@require_GET
def coverage_of(request: HttpRequest, code: str) -> HttpResponse:
    """Whom to meet at which level of the account, and how far that is kept."""
    user, account = signed_in(request), account_of(request, code)
    covers = questions.covers_of(account)
    own = covering.own_rules([account]).get(account.pk, {})
    by_level = {cover.level: cover for cover in covers}
    lines = [(level, by_level.get(level.value), own.get(level.value)) for level in LEVELS]
    context = {
        **around(user, account, "coverage"), "lines": lines, "headline": headline(covers),
        "can_plan": user.may(StakeholderRight.PLAN),
    }  # fmt: skip
    return render(request, "stakeholders/coverage.html", context)


def headline(covers: list[Cover]) -> Message:
    """The plan of an account in a sentence."""
    states = [cover.state for cover in covers]
    figures = {"n": Count(len(states)), **{each.value: Count(states.count(each)) for each in CoverState}}
    if not states:
        return Message(gettext_noop("Nobody is planned to be met here"))
    if CoverState.UNCOVERED in states:
        return Message(gettext_noop("At {uncovered} of {n} planned levels nobody is on file"), figures)
    if CoverState.DUE in states:
        return Message(gettext_noop("At {due} of {n} planned levels somebody is on file and still to be met"), figures)
    return Message(gettext_noop("All {n} planned levels are kept up"), figures)


@needs(StakeholderRight.COVERAGE)
@require_GET
def coverage_plan(request: HttpRequest) -> HttpResponse:
    """The house's plan for each tier."""
    user, house = signed_in(request), covering.house_rules()
    tiers = {each.value: each for each in Tier}
    tier = tiers.get(request.GET.get("tier", ""), Tier.MVC)
    planned = plan_of(tier, house, {})
    lines = [(level, planned.get(level.value), house.get((tier.value, level.value))) for level in LEVELS]
    context = {"tier": tier, "tiers": list(Tier), "lines": lines, "can_plan": user.may(StakeholderRight.PLAN_HOUSE)}
    return render(request, "stakeholders/plan.html", context)


@needs(StakeholderRight.PLAN)
def plan_account(request: HttpRequest, code: str) -> HttpResponse:
    """A level of one account."""
    return _planned(request, {"account": account_of(request, code)})


@needs(StakeholderRight.PLAN_HOUSE)
def plan_tier(request: HttpRequest) -> HttpResponse:
    """A level of all accounts of a tier."""
    if request.GET.get("tier") not in {each.value for each in Tier}:
        raise Http404
    return _planned(request, {"tier": request.GET["tier"]})


def _planned(request: HttpRequest, place: dict[str, Any]) -> HttpResponse:
    level = {each.value: each for each in LEVELS}.get(request.GET.get("level", ""))
    if level is None:
        raise Http404
    sent, rule = request.POST or None, questions.rule_of(level, **place)
    form = MeetingForm(sent, instance=questions.rule_of(level, **place), initial=_begun(level, rule, place))
    if sent is not None and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in actions.PLANNED}
        try:
            made = actions.plan(signed_in(request), level, form.cleaned_data["version"] or 0, fields, **place)
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('unplan', args=[made.pk])}")
        return redirect(made)
    context = {"level": level, "form": form, "rule": rule, "account": None, "tier": "", **place}
    return render(request, "stakeholders/rule.html", context, status=200 if sent is None else 422)


def _begun(level: str, rule: MeetingRule | None, place: dict[str, Any]) -> dict[str, Any]:
    """What counts so far."""
    if rule:
        return {"version": rule.version}
    account = place.get("account")
    cover = Cover.objects.filter(account=account, level=level).first() if account else None
    now = cover or plan_of(place.get("tier", ""), covering.house_rules(), {}).get(level)
    return {"version": 0, **({"role": now.role, "rhythm": now.rhythm} if now else {})}


@needs(StakeholderRight.PLAN)
@require_POST
def unplan(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to what counts without it; a moment later it can still be planned again."""
    row = _taken(request, pk, actions.unplan)
    messages.success(request, _("Taken back"), extra_tags=f"undo:{reverse('plan-again', args=[pk])}")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(row)


@needs(StakeholderRight.PLAN)
@require_POST
def plan_again(request: HttpRequest, pk: int) -> HttpResponse:
    _taken(request, pk, actions.plan_again)
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def _taken(request: HttpRequest, pk: int, act: Any) -> MeetingRule:
    try:
        row: MeetingRule = act(signed_in(request), pk)
    except MeetingRule.DoesNotExist:
        raise Http404 from None
    return row
