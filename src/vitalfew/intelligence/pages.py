"""/intelligence/: the list, a piece with what confirms and contradicts it, and what can be done with it."""

from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.intelligence import actions, questions
from vitalfew.intelligence.forms import ConfirmationForm, FileForm, IntelligenceForm
from vitalfew.intelligence.listing import INTELLIGENCE
from vitalfew.intelligence.models import Intelligence
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.intelligence.words import MEANT, Credibility, Reliability
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import added, changed, done, version_read

intelligence = list_page(INTELLIGENCE)


@needs(IntelligenceRight.SEE)
@require_GET
def contradictions(request: HttpRequest) -> HttpResponse:
    """All facts that contradict each other, side by side."""
    user = signed_in(request)
    rows = questions.contradicted(user)[: questions.SHOWN * 2]
    context = {"sides": questions.sides(rows), "can_settle": user.may(IntelligenceRight.SETTLE)}
    return render(request, "intelligence/contradictions.html", context)


def scale() -> dict[str, Any]:
    """The two steps of a grade, each with what it means."""
    return {
        "reliabilities": [(each, MEANT[each]) for each in Reliability],
        "credibilities": [(each, MEANT[each]) for each in Credibility],
    }


@needs(IntelligenceRight.ADD)
def new(request: HttpRequest) -> HttpResponse:
    """Something heard; asked from an account's page, that account is known."""
    user, account = signed_in(request), account_asked(request)
    begun = {"day": timezone.localdate(), "competitor": request.GET.get("competitor", "")[:100]}
    form = IntelligenceForm(user, account, request.POST or None, request.FILES or None, initial=begun)

    def act() -> Intelligence:
        said = form.cleaned_data
        return actions.write_down(user, account or said.get("account"), _fields(form), said.get("file"))

    context = {"account": account, "rivals": _rivals(user), **scale()}
    return added(request, form, act, "intelligence/new.html", context, undo="intelligence-away")


def _fields(form: Any) -> dict[str, Any]:
    return {"person": None, **picked(form, actions.FIELDS)}


def _rivals(user: User) -> list[str]:
    """Names that are offered while a competitor's is typed."""
    return list(questions.competitors(user).values_list("name", flat=True)[: questions.SHOWN])


def _around(user: User, row: Intelligence) -> dict[str, Any]:
    others = questions.others(user, row) if row.holds else []
    mine = questions.own_confirmation(user, row)
    can_add = user.may(IntelligenceRight.ADD)
    return {
        "piece": row, "sides": [questions.Side(row, [row, *others])] if others else [], "mine": mine,
        "confirmations": questions.confirmations(row), "files": row.files.select_related("who"),
        "can_confirm": can_add and row.who_id != user.pk and mine is None,
        "may_change": can_add and questions.may_change(user, row), "can_settle": user.may(IntelligenceRight.SETTLE),
        "confirm": ConfirmationForm(initial={"day": timezone.localdate()}), "attach": FileForm(),
        "sees_competitors": user.may(IntelligenceRight.MARKET), **scale(),
    }  # fmt: skip


PAGES: Final = Pages(
    questions.pieces, "intelligence/piece.html", _around, see=IntelligenceRight.SEE, write=IntelligenceRight.ADD
)
piece = PAGES.shows()


@needs(IntelligenceRight.ADD)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), PAGES.found(request, pk)
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "competitor": str(row.competitor or "")}
    form = IntelligenceForm(user, row.account, request.POST or None, instance=PAGES.found(request, pk), initial=begun)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, _fields(form)), "intelligence/edit.html",
        {"piece": row, "rivals": _rivals(user), **scale()},
    )  # fmt: skip


@needs(IntelligenceRight.ADD)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Still so, as the page showed it."""
    user, row = signed_in(request), PAGES.found(request, pk)
    return done(
        request, lambda: actions.renew(user, pk, version_read(request) or 0), row, _("Renewed"),
        meanwhile=_("Somebody changed this meanwhile: look, and renew again"),
    )  # fmt: skip


@needs(IntelligenceRight.ADD)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Heard from another source, too."""
    row, form = PAGES.found(request, pk), ConfirmationForm(request.POST)
    return PAGES.sent(
        request, row, "confirm", form, lambda user, pk, **said: actions.confirm(user, pk, said),
        said=_("Confirmation noted"), undo="confirmation-away", beside="source",
    )  # fmt: skip


@needs(IntelligenceRight.ADD)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own confirmation; a moment later it can still be fetched back."""
    user = signed_in(request)
    return done(
        request,
        lambda: actions.take_back(user, pk),
        said=_("Taken back"),
        undo="confirmation-again",
        back="intelligence",
    )


confirm_again = PAGES.fetches_back(actions.confirm_again)


@needs(IntelligenceRight.SETTLE)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Another fact holds: this one is superseded."""
    user, row, holds = signed_in(request), PAGES.found(request, pk), request.POST.get("holds", "")
    other = PAGES.found(request, int(holds) if holds.isdecimal() and len(holds) < len(str(2**63)) else 0)
    return done(
        request, lambda: actions.settle(user, row.pk, version_read(request) or 0, other.pk), other,
        _("Settled: the other one holds"), undo="intelligence-unsettle",
        meanwhile=_("Somebody changed this meanwhile: look, and settle it again"),
    )  # fmt: skip


def _home(row: Intelligence) -> str:
    return f"{row.account.get_absolute_url()}?tab=intelligence" if row.account else reverse("intelligence")


unsettle = PAGES.does(actions.unsettle, _("Both stand beside each other again"), right=IntelligenceRight.SETTLE)
put_away = PAGES.puts_away(actions.put_away, undo="intelligence-back", to=_home)
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(IntelligenceRight.ADD)
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = PAGES.found(request, pk), FileForm({}, request.FILES)
    return PAGES.sent(request, row, "attach", form, actions.attach, said="")


@needs(IntelligenceRight.SEE)
@require_GET
def get_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    file = questions.file_of(signed_in(request), pk)
    if file is None or not (settings.HOME.files / file.place).is_file():
        raise Http404
    return FileResponse((settings.HOME.files / file.place).open("rb"), as_attachment=True, filename=file.name)


@needs(IntelligenceRight.ADD)
@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    file = questions.file_of(signed_in(request), pk)
    if file is None:
        raise Http404
    actions.detach(signed_in(request), file)
    return redirect(file.of)
