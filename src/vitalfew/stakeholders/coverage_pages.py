"""/coverage/: the planned levels of all accounts, of one, and the plan itself."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.contacts.words import LEVELS
from vitalfew.language import Count, Message
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import changed, done
from vitalfew.stakeholders import actions, covering, questions
from vitalfew.stakeholders.forms import MeetingForm
from vitalfew.stakeholders.listing import COVERAGE
from vitalfew.stakeholders.models import Cover, MeetingRule
from vitalfew.stakeholders.pages import account_of, around
from vitalfew.stakeholders.plan import CoverState, plan_of
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.terms import Tier, gettext_noop

coverage = list_page(COVERAGE)


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
    user, rule = signed_in(request), questions.rule_of(level, **place)
    begun = _begun(level, rule, place)
    form = MeetingForm(request.POST or None, instance=questions.rule_of(level, **place), initial=begun)
    return changed(
        request, form, lambda version: actions.plan(user, level, version, picked(form, actions.PLANNED), **place),
        "stakeholders/rule.html", {"level": level, "rule": rule, "account": None, "tier": "", **place}, undo="unplan",
    )  # fmt: skip


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
    user = signed_in(request)
    return done(request, lambda: actions.unplan(user, pk), said=_("Taken back"), undo="plan-again", back="coverage")


RULES: Final = Pages(
    lambda _user: MeetingRule.objects.all(), see=StakeholderRight.COVERAGE, write=StakeholderRight.PLAN
)
plan_again = RULES.fetches_back(actions.plan_again)
