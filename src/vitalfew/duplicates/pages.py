"""/duplicates/: the pairs, one of them side by side, and what is decided. Each page asks one question or calls one action."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.contacts.rights import ContactRight
from vitalfew.duplicates import actions, questions, suggestions
from vitalfew.duplicates.listing import DUPLICATES
from vitalfew.duplicates.models import Pair
from vitalfew.duplicates.rights import DuplicateRight
from vitalfew.duplicates.states import Decision, State
from vitalfew.duplicates.work import look_for
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Right
from vitalfew.people.records import Stale

LONGEST = 300


@needs(DuplicateRight.SEE)
@require_GET
def duplicates(request: HttpRequest) -> HttpResponseBase:
    return listed(request, DUPLICATES)


@needs(DuplicateRight.DECIDE)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look again, in the background."""
    look_for(signed_in(request))
    messages.success(request, _("Looking for duplicates in the background; new pairs join the list"))
    return redirect(f"{reverse('duplicates')}?state=waiting")


def _pair(request: HttpRequest, pk: int) -> Pair:
    found = questions.pair(signed_in(request), pk)
    if found is None:
        raise Http404
    return found


@needs(DuplicateRight.SEE)
@require_GET
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Both records side by side, and why they may be one."""
    return _shown(request, _pair(request, pk))


def _shown(request: HttpRequest, pair: Pair, status: int = 200, **context: Any) -> HttpResponse:
    user = signed_in(request)
    told = {
        "pair": pair,
        "sides": questions.side_by_side(pair),
        "reasons": questions.reasons(pair),
        "open": pair.state in {State.WAITING, State.LATER},
        "can_decide": user.may(DuplicateRight.DECIDE),
        "losing": questions.managers_who_lose(user, pair),
    }
    return render(request, "duplicates/pair.html", {**told, **context}, status=status)


@needs(DuplicateRight.DECIDE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge, tell apart or put off; the pair with most at stake comes next."""
    user, pair = signed_in(request), _pair(request, pk)
    wanted, kept = request.POST.get("decision", ""), request.POST.get("kept", "one")
    if wanted not in set(Decision):
        return _shown(request, pair, 422, trouble=_("Choose what is to be decided"))
    try:
        decided = actions.decide(user, pk, _version(request), Decision[wanted.upper()], kept)
    except Stale:
        return _shown(request, _pair(request, pk), 409, trouble=_meanwhile())
    said = {
        "same": _("Merged into %(name)s"),
        "different": _("Told apart: this pair is not asked again"),
        "later": _("Put off"),
    }
    name = decided.one if kept == "one" else decided.other
    back = reverse("duplicate-undo", args=[pk])
    messages.success(request, said[wanted] % {"name": name}, extra_tags=f"undo:{back}")
    following = questions.following(user, decided)
    return redirect(following or f"{reverse('duplicates')}?state=waiting")


def _meanwhile() -> str:
    return _("Somebody decided on this pair meanwhile: this is how it stands now")


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004  (what a version can be)


@needs(DuplicateRight.DECIDE)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Both records as they were; the pair waits again."""
    user, pair = signed_in(request), _pair(request, pk)
    asked = _version(request) if "version" in request.POST else pair.version
    try:
        actions.undo(user, pk, asked)
    except Stale:
        return _shown(request, _pair(request, pk), 409, trouble=_meanwhile())
    except actions.NotNow:
        said = _("The record that stands was merged into another since: undo that merge first")
        return _shown(request, _pair(request, pk), 409, trouble=said)
    messages.success(request, _("Undone: the pair waits again"))
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(pair)


@needs(Right.ACCOUNTS)
@require_GET
def accounts_like(request: HttpRequest) -> HttpResponse:
    """While a company's name is typed: accounts of the user's that may be it."""
    name, but = _asked(request)
    return render(
        request, "duplicates/like.html", {"records": suggestions.accounts_like(signed_in(request), name, but)}
    )


@needs(ContactRight.SEE)
@require_GET
def persons_like(request: HttpRequest) -> HttpResponse:
    """While a person's name is typed."""
    name, but = _asked(request)
    return render(request, "duplicates/like.html", {"records": suggestions.persons_like(signed_in(request), name, but)})


def _asked(request: HttpRequest) -> tuple[str, int]:
    but = request.GET.get("but", "")
    return request.GET.get("name", "").strip()[:LONGEST], int(but) if but.isdecimal() and len(but) < 18 else 0  # noqa: PLR2004  (what an id can be)
