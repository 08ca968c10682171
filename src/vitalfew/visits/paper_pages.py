"""What is taken along: the briefing on the screen and on paper; what calendars read; the share of days spent visiting."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.actions import exported
from vitalfew.department.workdays import calendar
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Right
from vitalfew.people.saving import done
from vitalfew.visits import feed, feeding, printing, questions, share
from vitalfew.visits.brief import brief
from vitalfew.visits.forms import FeedForm
from vitalfew.visits.pages import PAGES
from vitalfew.visits.rights import VisitRight

ICS: Final = "text/calendar; charset=utf-8"


@needs(VisitRight.SEE)
@require_GET
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """Of each account of the visit, what one should know at its door."""
    user, row = signed_in(request), PAGES.found(request, pk)
    context = {
        "visit": row, "briefs": [brief(user, part.account, row) for part in row.parts.all()],
        "can_hold": row.is_open and questions.may_change(user, row),
    }  # fmt: skip
    return render(request, "visits/brief.html", context)


@needs(VisitRight.SEE)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The briefing of one of its accounts as PDF; that it was taken out stands in the trail."""
    user, row = signed_in(request), PAGES.found(request, pk)
    code = request.GET.get("account", "")
    part = next((each for each in row.parts.all() if code in {"", each.account.code}), None)
    if part is None:
        raise Http404
    try:
        written = printing.pdf(brief(user, part.account, row))
    except printing.NoPrinter as why:
        messages.error(request, _(str(why)))
        return redirect("visit-brief", pk)
    exported(user, "visit", "pdf", f"visit={pk}&account={part.account.code}")
    name = f"briefing-{row.day.isoformat()}.pdf"
    return HttpResponse(
        written, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@needs(VisitRight.SEE)
@require_GET
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """One visit for a calendar."""
    written = feed.invitation(PAGES.found(request, pk), request.build_absolute_uri)
    headers = {"Content-Disposition": f'attachment; filename="visit-{pk}.ics"'}
    return HttpResponse(written, content_type=ICS, headers=headers)


@needs(VisitRight.SEE)
def feeds(request: HttpRequest) -> HttpResponse:
    """His addresses for calendars, and a new one, which is shown once."""
    user, sent = signed_in(request), request.POST or None
    form = FeedForm(sent)
    if sent is not None and form.is_valid():
        token = feeding.add(user, form.cleaned_data["name"])
        address = request.build_absolute_uri(reverse("visit-feed", args=[token]))
        said = _("Address for your calendar, shown only now: %(address)s") % {"address": address}
        messages.success(request, said, extra_tags=f"copy:{address}")
        return redirect("visit-feeds")
    context = {"form": form, "feeds": feeding.feeds(user)}
    return render(request, "visits/feeds.html", context, status=200 if sent is None else 422)


@needs(VisitRight.SEE)
@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """It answers no more."""
    user = signed_in(request)
    return done(request, lambda: feeding.revoke(user, pk), "visit-feeds", _("This address answers no more"))


@needs(Right.OPEN)
@require_GET
def feed_read(request: HttpRequest, key: str) -> HttpResponse:
    """What a calendar asks for by its address: the days of its owner as he may see them now."""
    user = feeding.reader(key)
    if user is None:
        raise Http404
    with translation.override(user.language or translation.get_language()):
        written = feed.calendar(feeding.told(user), request.build_absolute_uri, _("My days"))
    return HttpResponse(written, content_type=ICS)


@needs(VisitRight.SHARE)
@require_GET
def visit_share(request: HttpRequest) -> HttpResponse:
    """How much of their days executives spend with customers."""
    return render(
        request, "visits/share.html", {"shares": share.shares(calendar(), timezone.localdate()), "third": share.THIRD}
    )
