"""/directory/: the list, one organisation with its figures, and what can be done; what the facts name beyond it; import."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.directory import actions, found, importing, measuring, questions
from vitalfew.directory.figures import Counted
from vitalfew.directory.forms import ImportForm, OrganisationForm, PeopleForms, ServeForm, contacts_of, people
from vitalfew.directory.kinds import Basis
from vitalfew.directory.listing import ORGANISATIONS
from vitalfew.directory.models import Organisation, Served
from vitalfew.directory.rights import DirectoryRight
from vitalfew.duplicates.suggestions import accounts_like
from vitalfew.language import translate
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.warehouse.readers import Refused

LONGEST = 200


@needs(DirectoryRight.SEE)
@require_GET
def directory(request: HttpRequest) -> HttpResponseBase:
    return listed(request, ORGANISATIONS)


def _organisation(request: HttpRequest, pk: int) -> Organisation:
    row = questions.organisations(signed_in(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@needs(DirectoryRight.SEE)
@require_GET
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Who it is, how well it works, whom it serves."""
    user, row = signed_in(request), _organisation(request, pk)
    return render(request, "directory/organisation.html", _around(user, row))


def _around(user: User, row: Organisation) -> dict[str, Any]:
    return {
        "organisation": row, "counted": figures_for(user, row), "served": questions.served(user, row),
        "people": row.people.select_related("person"), "can_edit": user.may(DirectoryRight.EDIT),
        "serve": ServeForm(user, row), "sees_all": user.may(DirectoryRight.FIGURES),
    }  # fmt: skip


def figures_for(user: User, row: Organisation) -> Counted:
    """Over all accounts for who sees all; for others over theirs, counted when asked."""
    if user.may(DirectoryRight.FIGURES):
        return row.figures.counted if hasattr(row, "figures") else Counted(Basis.NONE)
    seen = set(Account.objects.visible_to(user).values_list("pk", flat=True))
    return measuring.counted([row], seen)[row.pk]


@needs(DirectoryRight.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    user, sent = signed_in(request), request.POST or None
    form, people_forms = OrganisationForm(user, sent), PeopleForms(sent, prefix="people")
    if sent is not None and form.is_valid() and people_forms.is_valid():
        row = actions.add(user, fields_of(form), people(people_forms))
        messages.success(request, _("%(name)s was added") % {"name": row})
        return redirect(row)
    context: dict[str, Any] = {"form": form, "people_forms": people_forms}
    return render(request, "directory/edit.html", context, status=200 if sent is None else 422)


def fields_of(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in actions.FIELDS}


@needs(DirectoryRight.EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), _organisation(request, pk), request.POST or None
    begun = {"version": row.version, "account": row.account.code if row.account else ""}
    form = OrganisationForm(user, sent, instance=_organisation(request, pk), initial=begun)
    known, of = [actions.person_of(each) for each in row.people.all()], contacts_of(row.account)
    people_forms = PeopleForms(sent, prefix="people", initial=known, form_kwargs={"people": of})
    if sent is not None and form.is_valid() and people_forms.is_valid():
        try:
            actions.change(user, pk, form.cleaned_data["version"] or 0, fields_of(form), people(people_forms))
        except Stale as stale:
            told = {"form": form, "current": stale.current, "people_forms": people_forms}
            return render(request, "records/stale.html", told, status=409)
        messages.success(request, _("Saved"))
        return redirect(row)
    context: dict[str, Any] = {"organisation": row, "form": form, "people_forms": people_forms}
    return render(request, "directory/edit.html", context, status=200 if sent is None else 422)


@needs(DirectoryRight.SEE)
@require_GET
def like(request: HttpRequest) -> HttpResponse:
    """While a name is typed: organisations and customers that may be it."""
    user, but, name = signed_in(request), request.GET.get("but", ""), request.GET.get("name", "").strip()[:LONGEST]
    pk = int(but) if but.isdecimal() and len(but) < len(str(2**62)) else 0
    records = [*questions.like(user, name, pk), *accounts_like(user, name)] if name else []
    return render(request, "duplicates/like.html", {"records": records})


@needs(DirectoryRight.EDIT)
@require_POST
def put_away(request: HttpRequest, pk: int) -> HttpResponse:
    there(lambda: actions.put_away(signed_in(request), pk))
    return away(request, reverse("organisation-back", args=[pk]), reverse("directory"), _("Put away"))


@needs(DirectoryRight.EDIT)
@require_POST
def fetch_back(request: HttpRequest, pk: int) -> HttpResponse:
    there(lambda: actions.fetch_back(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def there(act: Callable[[], Any]) -> Any:
    """What the action gives; nothing is there where the user sees nothing."""
    try:
        return act()
    except (Organisation.DoesNotExist, Served.DoesNotExist):
        raise Http404 from None


def away(request: HttpRequest, undo: str, to: str, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags=f"undo:{undo}")
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect(to)


@needs(DirectoryRight.EDIT)
@require_POST
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    user, row = signed_in(request), _organisation(request, pk)
    form = ServeForm(user, row, request.POST)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("kind", "since")}
        try:
            made = actions.serve(user, pk, form.cleaned_data["account"], said)
        except NotPossible as why:
            form.add_error("account", _(str(why)))
        else:
            messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('served-away', args=[made.pk])}")
            return redirect(row)
    return render(request, "directory/organisation.html", {**_around(user, row), "serve": form}, status=422)


@needs(DirectoryRight.EDIT)
@require_POST
def serve_no_more(request: HttpRequest, pk: int) -> HttpResponse:
    row: Served = there(lambda: actions.serve_no_more(signed_in(request), pk))
    return away(request, reverse("served-again", args=[pk]), row.get_absolute_url(), _("Taken back"))


@needs(DirectoryRight.EDIT)
@require_POST
def serve_again(request: HttpRequest, pk: int) -> HttpResponse:
    there(lambda: actions.serve_again(signed_in(request), pk))
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


@needs(DirectoryRight.SEE)
@require_GET
def named(request: HttpRequest) -> HttpResponse:
    """What the facts name and the directory does not hold."""
    user = signed_in(request)
    customers = found.customers(user)
    context = {
        "customers": customers[: found.MOST], "count": customers.count(), "can_edit": user.may(DirectoryRight.EDIT),
        "channels": found.channels() if user.may(DirectoryRight.FIGURES) else [],
        "can_take_all": user.may(DirectoryRight.IMPORT), "sees_channels": user.may(DirectoryRight.FIGURES),
    }  # fmt: skip
    return render(request, "directory/found.html", context)


@needs(DirectoryRight.EDIT)
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """A customer by its code, or a channel by its name."""
    user, code = signed_in(request), request.POST.get("code", "")
    if code:
        rows = actions.take_in(user, found.customers(user).filter(code=code))
        if not rows:
            raise Http404
        return _taken(request, rows[0])
    if not user.may(DirectoryRight.FIGURES):
        raise Http404
    try:
        return _taken(request, actions.take_in_channel(user, request.POST.get("channel", "")))
    except NotPossible as why:
        messages.error(request, _(str(why)))
        return redirect("directory-found")


def _taken(request: HttpRequest, row: Organisation) -> HttpResponse:
    undo = reverse("organisation-away", args=[row.pk])
    messages.success(request, _("%(name)s was added") % {"name": row}, extra_tags=f"undo:{undo}")
    return redirect("directory-found")


@needs(DirectoryRight.IMPORT)
@require_POST
def take_in_all(request: HttpRequest) -> HttpResponse:
    number = actions.take_in_all(signed_in(request))
    messages.success(request, _("%(n)s added to the directory") % {"n": number})
    return redirect("directory")


@needs(DirectoryRight.IMPORT)
def import_list(request: HttpRequest) -> HttpResponse:
    """A list as CSV or workbook, and what came of it."""
    sent = request.POST if request.POST or request.FILES else None
    form, taken = ImportForm(sent, request.FILES or None), None
    if sent is not None and form.is_valid():
        try:
            taken = importing.take(signed_in(request), form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", refused.say(lambda text: translate(text, language()), hinted=False))
        except importing.TooMany:
            form.add_error("file", _("More than %(n)s rows: send the list in parts") % {"n": importing.MOST})
    status = 200 if sent is None or taken is not None else 422
    return render(
        request, "directory/import.html", {"form": form, "taken": taken, "list": importing.LIST}, status=status
    )
