"""/intelligence/: the list, a piece with what confirms and contradicts it, and what can be done with it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.intelligence import actions, questions
from vitalfew.intelligence.forms import ConfirmationForm, FileForm, IntelligenceForm
from vitalfew.intelligence.listing import INTELLIGENCE
from vitalfew.intelligence.models import Confirmation, Intelligence
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.intelligence.words import MEANT, Credibility, Reliability
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale


@needs(IntelligenceRight.SEE)
@require_GET
def intelligence(request: HttpRequest) -> HttpResponseBase:
    return listed(request, INTELLIGENCE)


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
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    begun = {"day": timezone.localdate(), "competitor": request.GET.get("competitor", "")[:100]}
    form = IntelligenceForm(user, account, sent, request.FILES or None, initial=begun)
    if sent is not None and form.is_valid():
        try:
            made = actions.write_down(
                user, account or form.cleaned_data.get("account"), fields_of(form), form.cleaned_data.get("file")
            )
        except OSError:
            form.add_error("file", _("The server's disk is full or cannot be written to. Tell its administrator"))
        else:
            away = reverse("intelligence-away", args=[made.pk])
            messages.success(request, _("Saved"), extra_tags=f"undo:{away}")
            return redirect(made)
    context = {"form": form, "account": account, "rivals": _rivals(user), **scale()}
    return render(request, "intelligence/new.html", context, status=200 if sent is None else 422)


def fields_of(form: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {"person": None}
    return {**blank, **{name: value for name, value in form.cleaned_data.items() if name in actions.FIELDS}}


def _rivals(user: User) -> list[str]:
    """Names that are offered while a competitor's is typed."""
    return list(questions.competitors(user).values_list("name", flat=True)[: questions.SHOWN])


def _piece(request: HttpRequest, pk: int) -> Intelligence:
    found = questions.pieces(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(IntelligenceRight.SEE)
@require_GET
def piece(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece in full."""
    return render(request, "intelligence/piece.html", _around(signed_in(request), _piece(request, pk)))


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


@needs(IntelligenceRight.ADD)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), _piece(request, pk), request.POST or None
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "competitor": str(row.competitor or "")}
    form = IntelligenceForm(user, row.account, sent, instance=_piece(request, pk), initial=begun)
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, fields_of(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(row)
    context = {"form": form, "piece": row, "rivals": _rivals(user), **scale()}
    return render(request, "intelligence/edit.html", context, status=200 if sent is None else 422)


@needs(IntelligenceRight.ADD)
@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Still so, as the page showed it."""
    row = _piece(request, pk)
    try:
        actions.renew(signed_in(request), pk, version_of(request))
    except Stale:
        messages.error(request, _("Somebody changed this meanwhile: look, and renew again"))
    else:
        messages.success(request, _("Renewed"))
    return redirect(row)


def version_of(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < len(str(2**31)) else 0


@needs(IntelligenceRight.ADD)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Heard from another source, too."""
    user, row, form = signed_in(request), _piece(request, pk), ConfirmationForm(request.POST)
    if form.is_valid():
        try:
            made = actions.confirm(user, pk, {name: form.cleaned_data[name] for name in actions.OF_CONFIRMATION})
        except NotPossible as why:
            form.add_error("source", _(str(why)))
        else:
            undo = reverse("confirmation-away", args=[made.pk])
            messages.success(request, _("Confirmation noted"), extra_tags=f"undo:{undo}")
            return redirect(row)
    return render(request, "intelligence/piece.html", {**_around(user, row), "confirm": form}, status=422)


@needs(IntelligenceRight.ADD)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own confirmation; a moment later it can still be fetched back."""
    said: Confirmation = there(lambda: actions.take_back(signed_in(request), pk))
    return away(request, reverse("confirmation-again", args=[pk]), said.get_absolute_url(), _("Taken back"))


@needs(IntelligenceRight.ADD)
@require_POST
def confirm_again(request: HttpRequest, pk: int) -> HttpResponse:
    return back(request, lambda: actions.confirm_again(signed_in(request), pk))


@needs(IntelligenceRight.SETTLE)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Another fact holds: this one is superseded."""
    row, holds = _piece(request, pk), request.POST.get("holds", "")
    other = _piece(request, int(holds) if holds.isdecimal() and len(holds) < len(str(2**63)) else 0)
    try:
        actions.settle(signed_in(request), pk, version_of(request), other.pk)
    except Stale:
        messages.error(request, _("Somebody changed this meanwhile: look, and settle it again"))
    except NotPossible as why:
        messages.error(request, _(str(why)))
    else:
        undo = reverse("intelligence-unsettle", args=[row.pk])
        messages.success(request, _("Settled: the other one holds"), extra_tags=f"undo:{undo}")
    return redirect(other)


@needs(IntelligenceRight.SETTLE)
@require_POST
def unsettle(request: HttpRequest, pk: int) -> HttpResponse:
    row: Intelligence = there(lambda: actions.unsettle(signed_in(request), pk))
    messages.success(request, _("Both stand beside each other again"))
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)


@needs(IntelligenceRight.ADD)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the lists; a moment later it can still be fetched back."""
    row = there(lambda: actions.put_away(signed_in(request), pk))
    to = f"{row.account.get_absolute_url()}?tab=intelligence" if row.account else reverse("intelligence")
    return away(request, reverse("intelligence-back", args=[pk]), to, _("Put away"))


@needs(IntelligenceRight.ADD)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    return back(request, lambda: actions.fetch_back(signed_in(request), pk))


def there(act: Callable[[], Any]) -> Any:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except (Intelligence.DoesNotExist, Confirmation.DoesNotExist):
        raise Http404 from None


def away(request: HttpRequest, undo: str, to: str, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(to)


def back(request: HttpRequest, act: Callable[[], Any]) -> HttpResponse:
    there(act)
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


@needs(IntelligenceRight.ADD)
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, form = signed_in(request), _piece(request, pk), FileForm({}, request.FILES)
    if form.is_valid():
        try:
            actions.attach(user, pk, form.cleaned_data["file"])
        except OSError:
            form.add_error("file", _("The server's disk is full or cannot be written to. Tell its administrator"))
        else:
            return redirect(row)
    return render(request, "intelligence/piece.html", {**_around(user, row), "attach": form}, status=422)


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
