"""/promises/: the list, a promise and what becomes of it; /integrity/: how far promises are kept."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.accounts.models import TeamRole
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.promises import actions, questions
from vitalfew.promises import integrity as kept
from vitalfew.promises.commented import KIND
from vitalfew.promises.forms import GiveUpForm, KeepForm, MoveForm, PromiseForm, ReleaseForm, SettleForm
from vitalfew.promises.listing import PROMISES
from vitalfew.promises.models import Promise
from vitalfew.promises.rights import PromiseRight
from vitalfew.terms import label_of

FORMS: Final = {"keep": KeepForm, "move": MoveForm, "release": ReleaseForm, "give_up": GiveUpForm}
SPANS: Final = (3, 6, 12, 24)
MONTH: Final = 30.4375
LONGEST: Final = 100


@needs(PromiseRight.SEE)
@require_GET
def promises(request: HttpRequest) -> HttpResponseBase:
    return listed(request, PROMISES)


@needs(PromiseRight.MAKE)
def new(request: HttpRequest) -> HttpResponse:
    """Write one down; asked from an account's page, that account is known."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    form = PromiseForm(user, account, sent, initial={"made_on": timezone.localdate(), **_known(request)})
    if sent is not None and form.is_valid():
        fields = {"person": None, **_fields(form), "due": form.cleaned_data["due"]}
        made = actions.promise(user, account or form.cleaned_data["account"], fields)
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('promise-away', args=[made.pk])}")
        return redirect(made)
    return render(request, "promises/new.html", {"form": form, "account": account}, status=200 if sent is None else 422)


def _known(request: HttpRequest) -> dict[str, str]:
    """What the page one came from knows: the occasion, the day, to whom, and the number it belongs to."""
    names = ("origin", "made_on", "person", "reference")
    return {name: request.GET[name][:LONGEST] for name in names if request.GET.get(name)}


def _fields(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name in actions.FIELDS}


def _promise(request: HttpRequest, pk: int) -> Promise:
    found = questions.promises(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(PromiseRight.SEE)
@require_GET
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """A promise in full, and what can become of it."""
    return render(request, "promises/promise.html", _around(signed_in(request), _promise(request, pk)))


def _around(user: User, row: Promise, sent: Mapping[str, SettleForm] | None = None) -> dict[str, Any]:
    today = timezone.localdate()
    begun = {"version": row.version, "on": today, "agreed_on": today}
    forms = {name: form(initial=begun) for name, form in FORMS.items()}
    return {
        "promise": row, "moves": list(row.moves.all()), "files": list(row.files.all()),
        "may_change": questions.may_change(user, row), "thread": thread(user, row.account, KIND, row.pk),
        "overdue": row.is_open and row.due < today, **forms, **(sent or {}),
    }  # fmt: skip


@needs(PromiseRight.MAKE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), _promise(request, pk), request.POST or None
    if not questions.may_change(user, row):
        raise Http404
    begun = {"version": row.version, "owner": row.owner.username if row.owner else ""}
    form = PromiseForm(user, row.account, sent, instance=_promise(request, pk), initial=begun)
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, _fields(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"))
        return redirect(row)
    return render(request, "promises/edit.html", {"form": form, "promise": row}, status=200 if sent is None else 422)


@needs(PromiseRight.MAKE)
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """It was done."""
    return _settled(request, pk, "keep", lambda user, said: actions.keep(user, pk, **said))


@needs(PromiseRight.MAKE)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer agreed to another day."""
    return _settled(
        request, pk, "move", lambda user, said: actions.move(user, pk, said.pop("version"), said), undo=False
    )


@needs(PromiseRight.MAKE)
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """The customer wants it no more."""
    return _settled(request, pk, "release", lambda user, said: actions.release(user, pk, **said))


@needs(PromiseRight.MAKE)
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not kept."""
    return _settled(request, pk, "give_up", lambda user, said: actions.give_up(user, pk, **said))


def _settled(
    request: HttpRequest, pk: int, name: str, act: Callable[[User, dict[str, Any]], Promise], *, undo: bool = True
) -> HttpResponse:
    user, row = signed_in(request), _promise(request, pk)
    form = FORMS[name](request.POST, request.FILES)
    if form.is_valid():
        try:
            act(user, dict(form.cleaned_data))
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": stale.current.version}
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        except OSError:
            form.add_error("file", _("The server's disk is full or cannot be written to. Tell its administrator"))
        else:
            again = f"undo:{reverse('promise-reopen', args=[pk])}" if undo else ""
            messages.success(request, _("Saved"), extra_tags=again)
            return redirect(row)
    return render(request, "promises/promise.html", _around(user, row, {name: form}), status=422)


@needs(PromiseRight.MAKE)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = _there(lambda: actions.reopen(signed_in(request), pk))
    messages.success(request, _("It is open again"))
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(row)


@needs(PromiseRight.MAKE)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the lists; a moment later it can still be fetched back."""
    row = _there(lambda: actions.put_away(signed_in(request), pk))
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('promise-back', args=[pk])}")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(f"{row.account.get_absolute_url()}?tab=promises")


@needs(PromiseRight.MAKE)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    _there(lambda: actions.fetch_back(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def _there(act: Callable[[], Promise]) -> Promise:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except Promise.DoesNotExist:
        raise Http404 from None


def _by_department(rows: Any) -> list[tuple[str, kept.Integrity]]:
    """Each with its name; the rest, whose department nobody named, without."""
    found = kept.by(rows, **kept.DEPARTMENT)
    return [(label_of(TeamRole, told.of["department"]) if told.of["department"] else "", told) for told in found]


@needs(PromiseRight.SEE)
@require_GET
def integrity(request: HttpRequest) -> HttpResponse:
    """How far promises are kept: over all, by person, department and account, and quarter by quarter."""
    asked = request.GET.get("months", "")
    months = int(asked) if asked in map(str, SPANS) else max(SPANS[:3])
    today = timezone.localdate()
    rows = kept.judged(Promise.objects.visible_to(signed_in(request)), today - timedelta(days=months * MONTH), today)
    context = {
        "whole": kept.whole(rows), "owners": kept.by(rows, **kept.OWNER), "accounts": kept.by(rows, **kept.ACCOUNT),
        "departments": _by_department(rows), "quarters": kept.by_quarter(rows), "months": months, "spans": SPANS,
    }  # fmt: skip
    return render(request, "promises/integrity.html", context)
