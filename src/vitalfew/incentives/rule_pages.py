"""The rules of a draft: put in, given other terms, taken out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from vitalfew.accounts.between import categories
from vitalfew.incentives import actions
from vitalfew.incentives.forms import RULE_FORMS, RuleForm
from vitalfew.incentives.models import SchemeRule, SchemeVersion
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.rules import RuleKind
from vitalfew.incentives.version_pages import PAGES
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.saving import done, form_page, say, tried
from vitalfew.terms import label_of


def rule_form(kind: str, sent: Any = None, initial: Any = None) -> RuleForm:
    known = categories() if kind == RuleKind.MIX else None
    return RULE_FORMS[kind](sent, initial=initial, categories=known)


@needs(IncentiveRight.MAKE)
def add(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A rule more."""
    row, sent = PAGES.found(request, pk), request.POST or None
    if name not in RULE_FORMS or not row.is_draft:
        raise Http404
    return _put(request, row, rule_form(name, sent, {"version": row.version}), name, None)


@needs(IncentiveRight.MAKE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule of a draft with other terms."""
    rule = _rule(request, pk)
    if not rule.of.is_draft:
        raise Http404
    form = rule_form(rule.kind, request.POST or None, {**rule.terms, "version": rule.of.version})
    return _put(request, rule.of, form, rule.kind, rule)


def _rule(request: HttpRequest, pk: int, *, out: bool = False) -> SchemeRule:
    rows = SchemeRule.objects.filter(of__in=SchemeVersion.objects.visible_to(signed_in(request)), taken_out=out)
    return get_object_or_404(rows.select_related("of", "of__scheme"), pk=pk)


def _put(request: HttpRequest, row: SchemeVersion, form: RuleForm, kind: str, rule: SchemeRule | None) -> HttpResponse:
    user, number = signed_in(request), rule.pk if rule else None

    def act() -> SchemeRule:
        return actions.put_rule(user, row.pk, form.cleaned_data["version"] or 0, (kind, form.terms), number)

    if tried(form, act):
        say(request)
        return redirect(row)
    draft = f"incentive-rule-{row.pk}-{kind}"
    context = {"row": row, "title": label_of(RuleKind, kind), "rule": rule, "draft": draft}
    return form_page(request, form, "incentives/rule.html", context)


@needs(IncentiveRight.MAKE)
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the draft; a moment later it can still be brought back."""
    user, rule = signed_in(request), _rule(request, pk)
    undo = reverse("incentive-rule-back", args=[pk])
    return done(request, lambda: actions.take_out(user, pk), rule.of, undo=lambda _made: undo)


@needs(IncentiveRight.MAKE)
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    user, rule = signed_in(request), _rule(request, pk, out=True)
    return done(request, lambda: actions.take_out(user, pk, out=False), rule.of)
