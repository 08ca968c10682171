"""/survey/: what somebody sees who is asked, without an account of ours.

The page says who asks, why, until when and who reads it; nothing else of the house. A link that is not good is answered as if it
were not there.
"""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vitalfew.people.language import language
from vitalfew.people.outside import TOO_OFTEN, open_to_all
from vitalfew.people.records import NotPossible
from vitalfew.surveys import answering, link
from vitalfew.surveys.models import Respondent
from vitalfew.surveys.words import Reached, Whom
from vitalfew.warehouse import scorecards

REFUSED: Final = 422
DIGITS: Final = 3


@open_to_all
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, key: str) -> HttpResponse:
    """About the survey first; then a block a page, kept as one goes on; at the end it is handed in."""
    row = link.found(key)
    if row is None:
        raise Http404
    if request.method == "POST":
        if link.too_often(row):
            return _page(request, row, "refused", {"why": _("Too often at once: try again in a minute")}, TOO_OFTEN)
        return _sent(request, row, key)
    place, pages = _place(request.GET.get("p", "")), answering.pages_of(row.wave.asked)
    if row.wave.anonymous:
        done = row.reached == Reached.ANSWERED
        return _page(request, row, "thanks" if done else "whole", {} if done else _fields(row, row.wave.asked))
    if place is None or place >= len(pages):
        return _page(request, row, "about", {"pages": pages, "answered": row.reached == Reached.ANSWERED})
    return _asked(request, row, place, _fields(row, pages[place])["fields"])


def _place(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None


def _fields(row: Respondent, asked: Any) -> dict[str, Any]:
    return {"fields": answering.fields_of(asked, row.wave.rivals, language(), row.answers)}


def _sent(request: HttpRequest, row: Respondent, key: str) -> HttpResponse:
    if request.POST.get("step") == "decline":
        answering.decline(row)
        return _page(request, row, "declined")
    if row.wave.anonymous:
        return _handed_in_unnamed(request, row)
    pages, place = answering.pages_of(row.wave.asked), _place(request.POST.get("p", ""))
    if place is None or place >= len(pages):
        return redirect("survey", key)
    return _kept(request, row, place, pages)


def _kept(request: HttpRequest, row: Respondent, place: int, pages: list[Any]) -> HttpResponse:
    fields = _fields(row, pages[place])["fields"]
    whole = answering.read(fields, request.POST)
    row.answers = answering.keep(row, [field for field in fields if not field.error]).answers
    back = request.POST.get("step") == "back"
    if not back and not (_said_missing(fields) and whole):
        return _asked(request, row, place, fields, REFUSED)
    if back or place + 1 < len(pages):
        return redirect(f"{request.path}?p={max(place + (-1 if back else 1), 0)}")
    return _handed_in(request, row)


def _handed_in(request: HttpRequest, row: Respondent) -> HttpResponse:
    """Unless something that must be answered was passed over."""
    for place, asked in enumerate(answering.pages_of(row.wave.asked)):
        fields = _fields(row, asked)["fields"]
        if not _said_missing(fields):
            return _asked(request, row, place, fields, REFUSED)
    try:
        answering.hand_in(row)
    except NotPossible as why:
        return _page(request, row, "refused", {"why": _(str(why))}, REFUSED)
    return _page(request, row, "thanks")


def _handed_in_unnamed(request: HttpRequest, row: Respondent) -> HttpResponse:
    fields = _fields(row, row.wave.asked)["fields"]
    whole = answering.read(fields, request.POST)
    if not (_said_missing(fields) and whole):
        return _page(request, row, "whole", {"fields": fields}, REFUSED)
    try:
        answering.hand_in_unnamed(row, fields)
    except NotPossible as why:
        return _page(request, row, "refused", {"why": _(str(why))}, REFUSED)
    return _page(request, row, "thanks")


def _said_missing(fields: list[answering.Field]) -> bool:
    """Each that must be answered says so; whether none is left."""
    open_ones = answering.missing(fields)
    for field in open_ones:
        field.error = field.error or _("Please answer this question")
    return not open_ones


def _asked(
    request: HttpRequest, row: Respondent, place: int, fields: list[answering.Field], status: int = 200
) -> HttpResponse:
    of = len(answering.pages_of(row.wave.asked))
    context = {"fields": fields, "place": place, "of": of, "last": place + 1 == of}
    return _page(request, row, "page", context, status)


def _page(request: HttpRequest, row: Respondent, name: str, context: Any = None, status: int = 200) -> HttpResponse:
    around: dict[str, Any] = {
        "wave": row.wave,
        "name": row.name,
        "key": link.key_of(row),
        "of_ours": row.wave.whom == Whom.COLLEAGUES,
    }
    shown = scorecards.current()
    around["currency"] = shown.currency if shown else ""
    return render(request, f"surveys/answer/{name}.html", {**around, **(context or {})}, status=status)
