"""/training/programmes/: what is taught, the tests, what came of both; and which accounts' people are trained."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from vitalfew.contacts.words import PARTS
from vitalfew.language import Message
from vitalfew.lists.pages import list_page, listed
from vitalfew.lists.records import AWAY, Page, Pages
from vitalfew.people.fields import RecordForm
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import changed, done
from vitalfew.terms import Level
from vitalfew.training import actions, questions, work
from vitalfew.training.forms import ProgrammeForm, Questions, TestForm, asked, written
from vitalfew.training.listing import ATTENDEES, CERTIFICATES, PROGRAMMES, SESSIONS, covered
from vitalfew.training.models import Attempt, Programme, Session
from vitalfew.training.rights import TrainingRight

MOST: Final = 50
PASS_MARK, TRIES = 80, 3

programmes = list_page(PROGRAMMES)
sessions = list_page(SESSIONS)
attendees = list_page(ATTENDEES)
certificates = list_page(CERTIFICATES)


@needs(TrainingRight.SEE)
@require_GET
def coverage(request: HttpRequest) -> HttpResponseBase:
    """The accounts by worth, with how far the people meant are trained."""
    return listed(request, covered(signed_in(request), request.GET.get("programme", "")))


def _around(user: User, row: Programme) -> Mapping[str, Any]:
    test, latest = row.test, row.tests.first()
    money = user.may(Right.MONEY)
    found = row.effect if money else None
    return {
        "programme": row, "test": test, "version": latest, "audience": _audience(row),
        "results": questions.results(row, test) if test else None, "money": money,
        "versions": row.tests.annotate(n=Count("attempts", filter=Q(attempts__handed_in_at__isnull=False))),
        "sessions": questions.sessions(user).filter(programme=row)[:MOST],
        "certificates": questions.certificates(user).filter(programme=row)[:MOST],
        "effect": found, "effect_said": Message.restored(found["said"]) if found else None,
        "doubts": [Message.restored(each) for each in found["doubts"]] if found else [],
        "working": work.is_working(row), "may_teach": user.may(TrainingRight.TEACH), "may_run": questions.may_run(user),
    }  # fmt: skip


def _audience(row: Programme) -> list[str]:
    """Whom it is for, in words."""
    levels = {each.value: each.label for each in Level}
    parts = {value: each.label for value, each in PARTS.items()}
    return [
        *(levels[each] for each in row.levels if each in levels),
        *(parts[each] for each in row.parts if each in parts),
    ]


PAGES: Final = Pages(
    questions.programmes, "training/programme.html", _around, see=TrainingRight.SEE, write=TrainingRight.TEACH
)
programme = PAGES.shows()
effect = PAGES.does(
    work.work_out_soon, gettext_lazy("It is being worked out: look again in a moment"), right=TrainingRight.SEE
)


def form_page(
    request: HttpRequest, form: Any, act: Callable[[], Any], title: str, back: str, *, undo: str = "", **context: Any
) -> HttpResponse:
    """A form on a page of its own; saved, one is where the record stands."""
    around = {"title": title, "back": back, **context}
    return changed(request, form, lambda _version: act(), "training/form.html", around, undo=undo)


def saved(form: RecordForm, user: User, kind: type[Any], pk: int) -> Callable[[], Any]:
    return lambda: actions.change(user, kind, pk, form.cleaned_data["version"] or 0, form.fields_said())


@needs(TrainingRight.TEACH)
def programme_new(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = ProgrammeForm(user, request.POST or None, initial={"valid_months": 12})
    return form_page(
        request, form, lambda: actions.make(user, Programme(**form.fields_said())), _("Write a programme"),
        reverse("programmes"), undo="programme-away",
    )  # fmt: skip


@needs(TrainingRight.TEACH)
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(Programme.objects.visible_to(user), pk=pk)
    form = ProgrammeForm(user, request.POST or None, instance=row, initial={"version": row.version})
    return form_page(request, form, saved(form, user, Programme, pk), str(row), row.get_absolute_url())


@needs(TrainingRight.TEACH)
def test_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions, as they will be asked from now on."""
    user = signed_in(request)
    row = get_object_or_404(Programme.objects.visible_to(user), pk=pk)
    latest = row.tests.first()
    begun = {"version": row.version, "pass_mark": latest.pass_mark if latest else PASS_MARK}
    begun["tries"] = latest.tries if latest else TRIES
    form = TestForm(request.POST or None, initial=begun)
    rows = Questions(request.POST or None, prefix="q", initial=written(latest.questions) if latest else [])
    if rows.is_bound and not rows.is_valid():
        form.add_error(None, _("Some questions are not whole: see below"))

    def act(version: int) -> Programme:
        said = form.cleaned_data
        return actions.set_test(user, pk, version, asked(rows), said["pass_mark"], said["tries"])

    context = {"programme": row, "rows": rows, "answered": _answered(row)}
    return changed(request, form, act, "training/test.html", context)


def _answered(row: Programme) -> int:
    """How often the version asked now was handed in."""
    latest = row.tests.first()
    return Attempt.objects.filter(test=latest, handed_in_at__isnull=False).count() if latest else 0


def away(kind: type[Any], back: str, right: TrainingRight) -> Page:
    """Out of the lists; a moment later it can still be fetched back."""

    def put_away(request: HttpRequest, pk: int) -> HttpResponse:
        user = signed_in(request)
        there = get_object_or_404(kind.objects.visible_to(user), pk=pk)
        return done(
            request, lambda: actions.put_away(user, kind, pk), _after, AWAY, undo=back, back=there.get_absolute_url()
        )

    return needs(right)(require_POST(put_away))


def _after(row: Any) -> Any:
    """Where one is once the page of what was put away is gone."""
    if isinstance(row, Programme):
        return "programmes"
    return "training" if isinstance(row, Session) else row.get_absolute_url()


def fetched(kind: type[Any], right: TrainingRight) -> Page:
    pages = Pages(kind.objects.visible_to, see=TrainingRight.SEE, write=right)
    return pages.fetches_back(lambda user, pk: actions.fetch_back(user, kind, pk))
