"""/complaints/times/: within how many business hours, and how much may be given a month. /complaints/figures/: how it goes."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vitalfew.complaints import figures, questions
from vitalfew.complaints.deadlines import NAMES, deadlines, opening
from vitalfew.complaints.forms import DeadlineForm, OpeningForm
from vitalfew.complaints.models import Deadline, MonthLimit, Opening
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.complaints.ruling import set_deadline, set_month, set_opening
from vitalfew.people.fields import dressed, number_in, picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.roles import Role
from vitalfew.people.saving import say, tried

SPANS: Final = (1, 3, 6, 12, 24)
OPENING: Final = "opening"
MONTH: Final = 30.4375


class MonthForm(forms.Form):
    """How much a role may give within a month; empty for no limit of its own."""

    amount = forms.DecimalField(max_digits=16, decimal_places=2, min_value=0, required=False)

    def __init__(self, role: Role, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = _(role.label)
        dressed(self)


@needs(ComplaintRight.RULE)
def times(request: HttpRequest) -> HttpResponse:
    """The hours, one form of each priority, and one of each role."""
    what, posted = request.POST.get("what", ""), request.POST or None
    rows = [(row, _times_form(row, posted if what == f"p{row.priority}" else None)) for row in deadlines()]
    months = [
        (role, MonthForm(role, posted if what == role.value else None, initial={"amount": _month(role)}))
        for role in _roles()
    ]
    day = opening()
    hours = OpeningForm(
        posted if what == OPENING else None, initial={"version": day.version, "opens": day.opens, "closes": day.closes}
    )
    bound = next((each for each in [(day, hours), *rows, *months] if each[1].is_bound), None)
    if posted and bound is None:
        raise Http404
    if bound and _kept(request, *bound):
        say(request)
        return redirect("complaint-times")
    context = {"rows": rows, "months": months, "hours": hours, "day": day}
    return render(request, "complaints/times.html", context, status=422 if bound else 200)


def _times_form(row: Deadline, sent: Any) -> DeadlineForm:
    return DeadlineForm(sent, instance=row, initial={"version": row.version if row.pk else 0})


def _kept(request: HttpRequest, of: Any, form: Any) -> Any:
    user = signed_in(request)
    if isinstance(of, Opening):
        said = ("opens", "closes")
        return tried(form, lambda: set_opening(user, form.cleaned_data["version"], picked(form, said)), "closes")
    if isinstance(of, Role):
        return tried(form, lambda: set_month(user, of, form.cleaned_data["amount"]) or True)
    return tried(form, lambda: set_deadline(user, of.priority, form.cleaned_data["version"] or 0, picked(form, NAMES)))


def _roles() -> list[Role]:
    return [role for role in Role if role in ComplaintRight.HANDLE.roles]


def _month(role: Role) -> Decimal | None:
    row = MonthLimit.objects.filter(role=role, put_away_at=None).first()
    return row.amount if row else None


@needs(ComplaintRight.SEE)
@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """Acknowledged, settled, opened again, satisfied: over the complaints that the user sees."""
    asked = number_in(request.GET.get("months", ""))
    months = asked if asked in SPANS else SPANS[3]
    today, now = timezone.localdate(), figures.now()
    seen, since = questions.complaints(signed_in(request)), today - timedelta(days=months * MONTH)
    rows = figures.received(seen, since, today)
    times = figures.lasted(rows, now)
    answers = figures.answered(rows, now)
    causes, causeless = figures.by_cause(rows)
    context = {
        "may_months": signed_in(request).may(ComplaintRight.MONTHS),
        "right": figures.right(signed_in(request)), "effect": figures.effect(signed_in(request)),
        "again": figures.again(seen, since, today),
        "first": figures.percentile(answers, 0.5), "last": figures.percentile(answers, 0.9),
        "causes": causes, "causeless": causeless, "chart": figures.pareto_chart(causes),
        "n": len(times), "shares": figures.shares(rows, now), "median": figures.percentile(times, 0.5), "months": months,
        "most": figures.percentile(times, 0.9), "spans": SPANS, "categories": figures.by_category(rows),
        "money": figures.money(rows), "open": sum(not settled for _days, settled in times),
    }  # fmt: skip
    return render(request, "complaints/figures.html", context)
