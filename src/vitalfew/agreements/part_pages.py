"""Obligations and price rules: added, corrected, taken out; documents of the account that belong to an agreement."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.agreements import composing, questions
from vitalfew.agreements.forms import AttachForm
from vitalfew.agreements.models import Agreement, Part
from vitalfew.agreements.pages import around, found
from vitalfew.agreements.part_forms import PART_FORMS
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.state_pages import moved, tried
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.terms import gettext_noop

TITLES: Final = {"obligation": gettext_noop("Obligation"), "rule": gettext_noop("Price rule")}


@needs(AgreementRight.WRITE)
def add(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """An obligation or a price rule more."""
    user, row, sent = signed_in(request), found(request, pk), request.POST or None
    if name not in PART_FORMS or not (questions.may_change(user, row) and row.is_draft):
        raise Http404
    form = PART_FORMS[name](user, row, sent, initial=_begun(request, row))
    if sent is not None and form.is_valid():
        try:
            part = composing.put_in(user, pk, name, said(form))
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{_undo(name, part, 'out')}")
            return redirect(row)
    return _shown(request, row, name, form)


def _begun(request: HttpRequest, row: Agreement) -> dict[str, Any]:
    """The agreement's time, and the side one came from."""
    return {"since": row.since, "until": row.until, "side": request.GET.get("side", "")}


@needs(AgreementRight.WRITE)
def edit(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Correct it, unless somebody saved meanwhile."""
    user, sent = signed_in(request), request.POST or None
    part: Any = _part(user, name, pk)
    if not (questions.may_change(user, part.agreement) and part.agreement.is_draft):
        raise Http404
    form = PART_FORMS[name](
        user, part.agreement, sent, instance=_part(user, name, pk), initial={"version": part.version}
    )
    if sent is not None and form.is_valid():
        try:
            composing.change(user, name, pk, form.cleaned_data["version"] or 0, said(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"))
            return redirect(part.agreement)
    return _shown(request, part.agreement, name, form, part)


@needs(AgreementRight.WRITE)
@require_POST
def take_out(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """Out of the agreement; a moment later it can still be brought back."""
    part = _part(signed_in(request), name, pk)
    return moved(request, part.agreement, lambda user: composing.take_out(user, name, pk), _undo(name, part, "back"))


@needs(AgreementRight.WRITE)
@require_POST
def bring_back(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    user = signed_in(request)
    kept = questions.PARTS[name].objects.within_reach_of(user).filter(pk=pk).first() if name in PART_FORMS else None
    if kept is None:
        raise Http404
    return moved(request, kept.agreement, lambda who: composing.bring_back(who, name, pk))


@needs(AgreementRight.WRITE)
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """A document of the account, there already or new."""
    user, row = signed_in(request), found(request, pk)
    form = AttachForm(row, request.POST, request.FILES)
    if tried(request, form, lambda given: composing.attach(user, pk, given["file"], given["upload"])):
        messages.success(request, _("Saved"))
        return redirect(row)
    return render(request, "agreements/agreement.html", around(user, row, {"attach": form}), status=422)


@needs(AgreementRight.WRITE)
@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """It stays among the account's documents."""
    row, number = found(request, pk), request.POST.get("file", "")
    file = row.files.filter(pk=number).first() if number.isascii() and number.isdecimal() else None
    if file is None:
        raise Http404
    return moved(request, row, lambda user: composing.detach(user, pk, file.pk))


def _part(user: User, name: str, pk: int) -> Part:
    model = questions.PARTS.get(name)
    part: Part | None = model.objects.visible_to(user).filter(pk=pk).first() if model else None
    if part is None:
        raise Http404
    return part


def said(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _undo(name: str, part: Part, way: str) -> str:
    return reverse(f"agreement-part-{way}", args=[name, part.pk])


def _shown(request: HttpRequest, row: Agreement, name: str, form: Any, part: Part | None = None) -> HttpResponse:
    draft = f"{name}-{part.pk}-{part.version}" if part else f"{name}-of-{row.pk}"
    context = {"agreement": row, "form": form, "title": _(TITLES[name]), "name": draft, "part": part, "kind": name}
    return render(request, "agreements/part.html", context, status=422 if form.is_bound else 200)
