"""/agreements/: the list, an agreement in full, begun and corrected."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.agreements import actions, questions, reading
from vitalfew.agreements.breach_listing import BREACHES
from vitalfew.agreements.commented import KIND
from vitalfew.agreements.forms import AgreementForm, AttachForm, EndForm, NoticeForm
from vitalfew.agreements.listing import AGREEMENTS
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.rights import AgreementRight
from vitalfew.agreements.words import AgreementState, Renewal
from vitalfew.approvals.questions import currency
from vitalfew.comments.thread import thread
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale

OCTOBER = 10


@needs(AgreementRight.SEE)
@require_GET
def agreements(request: HttpRequest) -> HttpResponseBase:
    return listed(request, AGREEMENTS)


@needs(AgreementRight.SEE)
@require_GET
def breaches(request: HttpRequest) -> HttpResponseBase:
    return listed(request, BREACHES)


@needs(AgreementRight.WRITE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin one; asked from an account's page, that account is known."""
    user, sent = signed_in(request), request.POST or None
    code = request.GET.get("account", "")
    account = accounts.one(user, code) if code else None
    if code and account is None:
        raise Http404
    form = AgreementForm(user, account, sent, initial=_begun())
    if sent is not None and form.is_valid():
        made = actions.write(user, account or form.cleaned_data["account"], fields_of(form))
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('agreement-away', args=[made.pk])}")
        return redirect(made)
    context = {"form": form, "account": account}
    return render(request, "agreements/new.html", context, status=200 if sent is None else 422)


def _begun() -> dict[str, Any]:
    """A year, from October on the next one; the title tells which."""
    today = timezone.localdate()
    year = today.year + (today.month >= OCTOBER)
    return {
        "title": _("Annual cooperation agreement %(year)s") % {"year": year}, "since": date(year, 1, 1),
        "until": date(year, 12, 31), "renewal": Renewal.BY_AGREEMENT.value, "currency": currency(),
    }  # fmt: skip


def fields_of(form: Any) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name in actions.FIELDS}


def found(request: HttpRequest, pk: int) -> Agreement:
    row = questions.agreements(signed_in(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@needs(AgreementRight.SEE)
@require_GET
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """An agreement in full, and what can become of it."""
    return render(request, "agreements/agreement.html", around(signed_in(request), found(request, pk)))


def around(user: User, row: Agreement, sent: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the page of an agreement shows; ``sent`` are forms that were not taken."""
    begun = {"version": row.version, "on": timezone.localdate()}
    may_change = questions.may_change(user, row)
    standings = reading.standings(user, row)
    return {
        "agreement": row, "may_change": may_change, "may_edit": may_change and row.is_draft,
        "may_record": may_change and row.state not in {AgreementState.DRAFT, AgreementState.WAITING},
        "standings": standings, "sides": _by_side(standings), "rules": list(questions.parts(user, row, "rule")),
        "breaches": list(questions.breaches(user).filter(agreement=row)), "files": list(row.files.all()),
        "following": row.following.filter(put_away_at=None).first(), "approval": row.approval,
        "thread": thread(user, row.account, KIND, row.pk), "notice": NoticeForm(initial=begun),
        "end": EndForm(initial=begun), "attach": AttachForm(row), **(sent or {}),
    }  # fmt: skip


def _by_side(rows: list[reading.Standing]) -> list[tuple[str, str, list[reading.Standing]]]:
    """What we owe, and what the customer does."""
    labels = (("ours", _("What we owe")), ("theirs", _("What the customer owes")))
    return [(side, label, [each for each in rows if each.obligation.side == side]) for side, label in labels]


@needs(AgreementRight.WRITE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), found(request, pk), request.POST or None
    if not (questions.may_change(user, row) and (row.is_draft or row.is_in_force)):
        raise Http404
    begun = {
        "version": row.version, "owner": row.owner.username if row.owner else "",
        "ours": row.ours.username if row.ours else "",
    }  # fmt: skip
    form = AgreementForm(user, row.account, sent, instance=found(request, pk), initial=begun)
    if sent is not None and form.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, fields_of(form))
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        except NotPossible as why:
            form.add_error(None, _(str(why)))
        else:
            messages.success(request, _("Saved"))
            return redirect(row)
    context = {"form": form, "agreement": row}
    return render(request, "agreements/edit.html", context, status=200 if sent is None else 422)


@needs(AgreementRight.WRITE)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft out of the lists; a moment later it can still be fetched back."""
    row = found(request, pk)
    try:
        actions.put_away(signed_in(request), pk)
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect(row)
    messages.success(request, _("Put away"), extra_tags=f"undo:{reverse('agreement-back', args=[pk])}")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(f"{row.account.get_absolute_url()}?tab=agreements")


@needs(AgreementRight.WRITE)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    there(lambda: actions.fetch_back(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def there(act: Callable[[], Any]) -> Any:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except Agreement.DoesNotExist:
        raise Http404 from None
