"""/directory/: the list, one organisation with its figures, and what can be done; what the facts name beyond it; import."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.saving import changed, done, form_page, say, tried
from vitalfew.warehouse.readers import Refused

LONGEST = 200


directory = list_page(ORGANISATIONS)


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


PAGES: Final = Pages(
    questions.organisations, "directory/organisation.html", _around, see=DirectoryRight.SEE, write=DirectoryRight.EDIT
)
organisation = PAGES.shows()


@needs(DirectoryRight.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    user, sent = signed_in(request), request.POST or None
    form, people_forms = OrganisationForm(user, sent), PeopleForms(sent, prefix="people")
    if people_forms.is_valid() and (
        made := tried(form, lambda: actions.add(user, _fields(form), people(people_forms)))
    ):
        say(request, _("%(name)s was added") % {"name": made})
        return redirect(made)
    return form_page(request, form, "directory/edit.html", {"people_forms": people_forms})


def _fields(form: Any) -> dict[str, Any]:
    return picked(form, actions.FIELDS)


@needs(DirectoryRight.EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, sent = signed_in(request), PAGES.found(request, pk), request.POST or None
    begun = {"version": row.version, "account": row.account.code if row.account else ""}
    form = OrganisationForm(user, sent, instance=PAGES.found(request, pk), initial=begun)
    known, of = [actions.person_of(each) for each in row.people.all()], contacts_of(row.account)
    people_forms = PeopleForms(sent, prefix="people", initial=known, form_kwargs={"people": of})
    context = {"organisation": row, "people_forms": people_forms}
    if sent is not None and not people_forms.is_valid():
        return form_page(request, form, "directory/edit.html", context)
    return changed(
        request, form, lambda version: actions.change(user, pk, version, _fields(form), people(people_forms)),
        "directory/edit.html", context,
    )  # fmt: skip


@needs(DirectoryRight.SEE)
@require_GET
def like(request: HttpRequest) -> HttpResponse:
    """While a name is typed: organisations and customers that may be it."""
    user, but, name = signed_in(request), request.GET.get("but", ""), request.GET.get("name", "").strip()[:LONGEST]
    pk = int(but) if but.isdecimal() and len(but) < len(str(2**62)) else 0
    records = [*questions.like(user, name, pk), *accounts_like(user, name)] if name else []
    return render(request, "duplicates/like.html", {"records": records})


put_away = PAGES.puts_away(actions.put_away, undo="organisation-back", to="directory")
fetch_back = PAGES.fetches_back(actions.fetch_back)


@needs(DirectoryRight.EDIT)
@require_POST
def serve(request: HttpRequest, pk: int) -> HttpResponse:
    row = PAGES.found(request, pk)
    form = ServeForm(signed_in(request), row, request.POST)
    return PAGES.sent(request, row, "serve", form, _serve, undo="served-away", beside="account")


def _serve(user: User, pk: int, account: Account, **said: Any) -> Served:
    return actions.serve(user, pk, account, said)


@needs(DirectoryRight.EDIT)
@require_POST
def serve_no_more(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    return done(
        request, lambda: actions.serve_no_more(user, pk), said=_("Taken back"), undo="served-again", back="directory"
    )


serve_again = PAGES.fetches_back(actions.serve_again)


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
        return _taken(request, lambda: rows[0])
    if not user.may(DirectoryRight.FIGURES):
        raise Http404
    channel = request.POST.get("channel", "")
    return _taken(request, lambda: actions.take_in_channel(user, channel))


def _taken(request: HttpRequest, act: Callable[[], Organisation]) -> HttpResponse:
    said = _("%(name)s was added")
    return done(request, act, "directory-found", lambda row: said % {"name": row}, undo="organisation-away")


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
