"""/join/: what visitors see without an account of ours: attendance, the test, a certificate; /certified/: whether one is valid.

They read the session's title, day and place, nothing else of the house. What is not valid is answered as if it were not there.
"""

from typing import Any, Final

from django.conf import settings
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vitalfew.paper import NoPrinter
from vitalfew.people.fields import number_in
from vitalfew.people.language import language
from vitalfew.people.outside import DIGITS, TOO_OFTEN, open_to_all
from vitalfew.people.records import NotPossible
from vitalfew.training import attending, door, exam, paper
from vitalfew.training.attending import Said, sealed
from vitalfew.training.certificate_pages import address, answered
from vitalfew.training.forms import DoorForm
from vitalfew.training.models import Attendee, Certificate, Door

PHONE: Final = "vf-attendee"
"""The cookie by which a phone is known again, on the pages of its own door alone."""
SALT: Final = "vitalfew.training.phone"


@open_to_all
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Who I am, and that I consent; afterwards, that I am written down, and the way to the test."""
    there = _found(key)
    if me := _me(request, there):
        return _inside(request, key, there, me)
    form = DoorForm(request.POST or None)
    if request.method == "GET":
        return _door(request, there, form)
    if door.too_often(there):
        return _refused(request, there, _("Too many people at once: try again in a minute"), TOO_OFTEN)
    if not form.is_valid():
        return _door(request, there, form, 422)
    return _entered(request, key, there, form)


def _entered(request: HttpRequest, key: str, there: Door, form: DoorForm) -> HttpResponse:
    which = number_in(request.POST.get("which", "")) or None
    said = Said(form.cleaned_data["name"], " ".join(form.cleaned_data["company"].split()), which)
    try:
        found = attending.enter(there, said)
    except NotPossible as why:
        form.add_error(None, _(str(why)))
        return _door(request, there, form, 422)
    if found.attendee is None:
        if found.wants_company:
            form.add_error("company", _("You were not announced: please say your company"))
        if found.choice:
            form.among(found.choice)
        return _door(request, there, form, 422)
    answer = redirect("door", key)
    answer.set_signed_cookie(
        PHONE, f"{found.attendee.pk}.{found.key}", salt=SALT, path=f"/join/{key}/", httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, max_age=int(door.AFTER.total_seconds()) * 2,
    )  # fmt: skip
    return answer


@open_to_all
@require_http_methods(["GET", "POST"])
def test(request: HttpRequest, key: str) -> HttpResponse:
    """The test, a question a page; every answer is kept as it is sent."""
    there = _found(key)
    me = _me(request, there)
    if me is None:
        return redirect("door", key)
    if request.method == "POST":
        if door.too_often(there):
            return _refused(request, there, _("Too many people at once: try again in a minute"), TOO_OFTEN)
        return _sent(request, key, there, me)
    going = exam.open_try(me)
    if going is None:
        return redirect("door", key)
    asked = going.test.questions
    place = _place(request.GET.get("q", ""), len(asked))
    if place is None:
        place = next((at for at in range(len(asked)) if str(at) not in going.answers), len(asked))
    given = [place for place in range(len(asked)) if str(place) in going.answers]
    context = {"session": there.session, "key": key, "asked": asked, "place": place, "given": given, "going": going}
    if place < len(asked):
        chosen = going.answers.get(str(place), [])
        context |= {"question": asked[place], "chosen": chosen, "several": len(asked[place]["right"]) > 1}
    return render(request, "training/question.html", context)


def _sent(request: HttpRequest, key: str, there: Door, me: Attendee) -> HttpResponse:
    """Begun, an answer, or all of it handed in."""
    step = request.POST.get("step", "")
    try:
        if step == "begin":
            exam.begin(me)
        elif step == "hand-in":
            exam.hand_in(me)
            return redirect("door", key)
        else:
            place = _place(request.POST.get("q", ""), 10**4)
            chosen = (_place(each, 10**4) for each in request.POST.getlist("choice"))
            exam.answer(me, -1 if place is None else place, [each for each in chosen if each is not None])
            back = step == "back"
            return redirect(f"{reverse('door-test', args=[key])}?q={max((place or 0) + (-1 if back else 1), 0)}")
    except NotPossible as why:
        return _refused(request, there, _(str(why)), 409)
    return redirect("door-test", key)


def _place(said: str, most: int) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < DIGITS and int(said) <= most else None


@open_to_all
@require_GET
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """My certificate as PDF."""
    there = _found(key)
    me = _me(request, there)
    row = _certificate(me) if me else None
    if row is None:
        raise Http404
    if door.too_often(there):
        return _refused(request, there, _("Too many people at once: try again in a minute"), TOO_OFTEN)
    try:
        return answered(paper.certificate(row, language(), address(request, row)), row)
    except NoPrinter:
        return _refused(request, there, _("It cannot be printed here now: the trainer sends it to you"), 503)


@open_to_all
@require_GET
def certified(request: HttpRequest, key: str) -> HttpResponse:
    """Whether a certificate is valid: its name and programme, and nothing else."""
    row = Certificate.objects.select_related("programme").filter(code=key, put_away_at=None).first()
    if row is None:
        raise Http404
    return render(request, "training/certified.html", {"certificate": row})


def _found(key: str) -> Door:
    there = door.found(key)
    if there is None:
        raise Http404
    return there


def _me(request: HttpRequest, there: Door) -> Attendee | None:
    """Who holds the phone, as long as his attendance stands."""
    try:
        number, _dot, key = str(request.get_signed_cookie(PHONE, salt=SALT)).partition(".")
    except (KeyError, BadSignature):
        return None
    rows = Attendee.objects.filter(session=there.session_id, put_away_at=None, came_at__isnull=False)
    row = rows.select_related("session__programme").filter(pk=int(number)).first()
    return row if row and row.seal and constant_time_compare(row.seal, sealed(key)) else None


def _inside(request: HttpRequest, key: str, there: Door, me: Attendee) -> HttpResponse:
    tries = exam.done(me)
    context = {
        "session": there.session, "key": key, "me": me, "test": there.session.programme.test, "going": exam.open_try(me),
        "tries": tries, "latest": tries[-1] if tries else None, "left": exam.tries_left(me), "certificate": _certificate(me),
        "passed": any(each.passed for each in tries),
    }  # fmt: skip
    return render(request, "training/inside.html", context)


def _certificate(me: Attendee) -> Certificate | None:
    return me.certificates.filter(revoked_on=None, put_away_at=None).first()


def _door(request: HttpRequest, there: Door, form: DoorForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"session": there.session, "form": form}
    return render(request, "training/door.html", context, status=status)


def _refused(request: HttpRequest, there: Door, why: str, status: int) -> HttpResponse:
    return render(request, "training/refused.html", {"session": there.session, "why": why}, status=status)
