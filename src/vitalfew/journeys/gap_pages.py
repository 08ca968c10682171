"""/journeys/gaps/: how far late stages are served, against early ones; by whom, where and what; what is missed."""

from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.actions import exported
from vitalfew.accounts.models import TeamRole
from vitalfew.journeys import figures, questions
from vitalfew.journeys.beside import BESIDE
from vitalfew.journeys.figures import Compared, Share, Verdict
from vitalfew.journeys.listing import GAPS
from vitalfew.journeys.models import Check
from vitalfew.journeys.rights import JourneyRight
from vitalfew.language import Count, Message, Percent
from vitalfew.lists.pages import list_page
from vitalfew.paper import FONTS, NoPrinter, laid_out
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import gettext_noop, label_of

SPANS: Final = (3, 6, 12, 24)
USUAL: Final = 12
MONTH: Final = 30.4375
SHOWN: Final = 30
FEWEST_MONTHS: Final = 2
SAID: Final = {
    Verdict.FEW: gettext_noop("Too few checks have fallen due to tell whether late stages are forgotten"),
    Verdict.ALIKE: gettext_noop("No clear difference between the stages before delivery and after it"),
    Verdict.LESS: gettext_noop("After delivery and in use less is done in time than before: {late} against {early}"),
    Verdict.MORE: gettext_noop("After delivery and in use more is done in time than before: {late} against {early}"),
}

gap_list = list_page(GAPS, BESIDE)


@needs(JourneyRight.SEE)
@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    """As a page, or on paper."""
    user, asked = signed_in(request), request.GET.get("months", "")
    months = int(asked) if asked in map(str, SPANS) else USUAL
    context = {
        **_told(user, months, timezone.localdate()),
        "months": months,
        "spans": SPANS,
        "beside": BESIDE,
        "can_export": user.may(Right.EXPORT),
    }
    if request.GET.get("format") == "pdf":
        user.must(Right.EXPORT)
        return _paper(request, user, context)
    return render(request, "journeys/gaps.html", context)


def _paper(request: HttpRequest, user: User, context: dict[str, Any]) -> HttpResponse:
    around = {**context, "font": FONTS[language()], "today": timezone.localdate()}
    page = render_to_string("journeys/paper.html", around, request)
    try:
        made = laid_out(page).write_pdf()
    except NoPrinter as why:
        messages.error(request, _(str(why)))
        return redirect("journey-gaps-report")
    exported(user, "journey-gaps", "pdf", f"months={context['months']}")
    disposition = {"Content-Disposition": 'attachment; filename="journey-gaps.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=disposition)


def _told(user: User, months: int, today: date) -> dict[str, Any]:
    rows = figures.judged(Check.objects.visible_to(user), today - timedelta(days=round(months * MONTH)), today)
    late, stages = figures.late_stages(rows), figures.by_stage(rows)
    both = figures.compared(stages)
    found = list(questions.gaps(user)[: SHOWN + 1])
    by_month = figures.by_month(late)
    return {
        "stages": stages, "compared": both, "message": sentence(both), "chart": chart(by_month),
        "by_month": by_month, "functions": _named(figures.by(late, **figures.FUNCTION)),
        "owners": figures.by(late, **figures.OWNER), "accounts": figures.by(late, **figures.ACCOUNT),
        "families": figures.by(late, **figures.FAMILY), "gaps": found[:SHOWN], "more": len(found) > SHOWN,
    }  # fmt: skip


def sentence(both: Compared) -> Message:
    told = {"late": Percent(both.late.rate or 0.0, 0), "early": Percent(both.early.rate or 0.0, 0)}
    return Message(SAID[both.verdict], told)


def _named(shares: list[Share]) -> list[tuple[str, Share]]:
    return [(label_of(TeamRole, each.of["function"]), each) for each in shares]


def chart(months: list[Share]) -> dict[str, Any] | None:
    """The share of late stages' checks done in time, month by month; None where that is no line yet."""
    if len(months) < FEWEST_MONTHS:
        return None
    first, last = months[0], months[-1]
    told: dict[str, Any] = {
        "first": Percent(first.rate or 0.0, 0), "last": Percent(last.rate or 0.0, 0),
        "n": Count(sum(each.judged for each in months)),
    }  # fmt: skip
    title = Message(
        gettext_noop("Late stages done in time: {first} in the first month, {last} in the last, of {n} checks"), told
    )
    return {
        "kind": "line", "title": title.say(language()), "x": _("Month"), "y": _("Done in time"), "unit": "share",
        "x_unit": "month", "currency": "", "names": [each.of.isoformat() for each in months],
        "points": [each.rate for each in months],
    }  # fmt: skip
