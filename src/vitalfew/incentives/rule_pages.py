"""The rules of a draft: put in, given other terms, taken out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.incentives import actions
from vitalfew.incentives.forms import RULE_FORMS, RuleForm
from vitalfew.incentives.models import SchemeRule, SchemeVersion
from vitalfew.incentives.pages import found_version, there, tried
from vitalfew.incentives.reading import categories
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.rules import RuleKind
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import label_of


def rule_form(kind: str, sent: Any = None, initial: Any = None) -> RuleForm:
    known = categories() if kind == RuleKind.MIX else None
    return RULE_FORMS[kind](sent, initial=initial, categories=known)


@needs(IncentiveRight.MAKE)
def add(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A rule more."""
    row, sent = found_version(request, pk), request.POST or None
    if name not in RULE_FORMS or not row.is_draft:
        raise Http404
    form = rule_form(name, sent, {"version": row.version})
    return _put(request, row, form, name, None)


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
    return there(lambda: rows.select_related("of", "of__scheme").get(pk=pk))


def _put(request: HttpRequest, row: SchemeVersion, form: RuleForm, kind: str, rule: SchemeRule | None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        version, number = form.cleaned_data["version"] or 0, rule.pk if rule else None
        try:
            actions.put_rule(signed_in(request), row.pk, version, (kind, form.terms), number)
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": stale.current.version}
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"))
            return redirect(row)
    title = label_of(RuleKind, kind)
    context = {"form": form, "row": row, "title": title, "rule": rule, "draft": f"incentive-rule-{row.pk}-{kind}"}
    return render(request, "incentives/rule.html", context, status=422 if form.is_bound else 200)


@needs(IncentiveRight.MAKE)
@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the draft; a moment later it can still be brought back."""
    rule = _rule(request, pk)
    return tried(
        request, lambda user: actions.take_out(user, pk), rule.of, f"undo:{reverse('incentive-rule-back', args=[pk])}"
    )


@needs(IncentiveRight.MAKE)
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    rule = _rule(request, pk, out=True)
    return tried(request, lambda user: actions.take_out(user, pk, out=False), rule.of)
