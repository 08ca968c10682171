"""/stakeholders-chart/CODE/: who reports to whom; moved with the mouse, by two selects, or back again."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.contacts import actions as contacts
from vitalfew.contacts.models import Person, Post
from vitalfew.contacts.rights import ContactRight
from vitalfew.language import Count, Message
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.stakeholders import questions
from vitalfew.stakeholders.pages import account_of, around
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.stakeholders.tree import Chart, chart
from vitalfew.terms import gettext_noop


@needs(StakeholderRight.SEE)
@require_GET
def org_chart(request: HttpRequest, code: str) -> HttpResponse:
    """The chart, with a form for whoever may change contacts."""
    user, account = signed_in(request), account_of(request, code)
    drawn = chart(questions.seats(account))
    context = {
        **around(user, account, "chart"), "chart": drawn, "headline": _headline(drawn),
        "can_move": user.may(ContactRight.EDIT),
    }  # fmt: skip
    return render(request, "stakeholders/chart.html", context)


def _headline(drawn: Chart) -> Message:
    there = sum(not node.seat.left for node in drawn.nodes)
    figures = {"n": Count(len(drawn.loose)), "all": Count(there), "empty": Count(drawn.empty_seats)}
    if not there:
        return Message(gettext_noop("We know nobody there by name"))
    if drawn.empty_seats:
        return Message(gettext_noop("Seats that are empty since somebody left: {empty}"), figures)
    if drawn.loose and there > 1:
        return Message(gettext_noop("To whom {n} of {all} people report is not known"), figures)
    return Message(gettext_noop("To whom all {all} people report is known"), figures)


@dataclass(frozen=True)
class _Move:
    """Which post in which version, and to whom it is to report."""

    post: Post
    version: int
    to: Person | None

    @classmethod
    def of(cls, request: HttpRequest, user: User, account: Account) -> "_Move":
        asked = {**request.GET.dict(), **request.POST.dict()}
        pk, _colon, version = asked.get("who", "").partition(":")
        found = Post.objects.visible_to(user).filter(account=account, pk=_whole(pk)).select_related("person").first()
        to = Person.objects.visible_to(user).filter(pk=_whole(asked.get("to", ""))).first()
        if found is None or (asked.get("to") and to is None):
            raise Http404
        return cls(found, _whole(version), to)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004  (more is no number of a record)


@needs(ContactRight.EDIT)
@require_POST
def moved(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody reports to somebody else from now on, or to nobody there."""
    user, account = signed_in(request), account_of(request, code)
    move = _Move.of(request, user, account)
    before = move.post.reports_to_id or ""
    try:
        saved = contacts.change_post(user, move.post.pk, move.version, {"reports_to": move.to})
    except Stale as stale:
        return _refused(request, account, _compared(stale, move))
    except NotPossible as why:
        return _refused(request, account, _(str(why)))
    back = f"{reverse('org-chart-move', args=[account.code])}?{urlencode({'who': f'{saved.pk}:{saved.version}', 'to': before})}"
    messages.success(request, _told(move), extra_tags=f"undo:{back}")
    return _seen(request, account, 204)


def _told(move: _Move) -> str:
    if move.to is None:
        return _("%(name)s reports to nobody there") % {"name": move.post.person}
    return _("%(name)s now reports to %(boss)s") % {"name": move.post.person, "boss": move.to}


def _compared(stale: Stale, move: _Move) -> str:
    """What somebody else saved, beside what was wanted."""
    now = stale.current.reports_to  # type: ignore[attr-defined]  # a post
    figures = {"name": move.post.person, "now": now or "–", "wanted": move.to or "–"}
    said = _("Somebody else changed %(name)s meanwhile: reports to %(now)s now. Yours (%(wanted)s) was not saved.")
    return said % figures


def _refused(request: HttpRequest, account: Account, why: str) -> HttpResponse:
    messages.error(request, why)
    return _seen(request, account, 409)


def _seen(request: HttpRequest, account: Account, status: int) -> HttpResponse:
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=status)
    return redirect("org-chart", account.code)
