"""/contacts/: the list, a person, and what can be done. Each page asks one question or calls one action."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.asked import account_asked
from vitalfew.accounts.parts import cards
from vitalfew.contacts import actions, erasing, questions
from vitalfew.contacts.forms import MoveForm, PersonForm, Phones, PlaceForm, PostForm, numbers
from vitalfew.contacts.listing import CONTACTS
from vitalfew.contacts.models import Person, Post
from vitalfew.contacts.rights import ContactRight
from vitalfew.lists.pages import list_page
from vitalfew.people.fields import said
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import NotPossible, Stale
from vitalfew.people.saving import changed, form_page
from vitalfew.rooms import OF_A_PERSON, Card, InTheWay

contacts = list_page(CONTACTS)


def _person(request: HttpRequest, pk: int) -> Person:
    found = questions.person(signed_in(request), pk)
    if found is None:
        raise Http404
    return found


def _post(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(questions.posts(signed_in(request)), pk=pk)


@needs(ContactRight.SEE)
@require_GET
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """A person, and his or her posts that the user may see."""
    user = signed_in(request)
    if other := questions.standing_for(user, pk):
        messages.info(request, _("Two records of this person were merged into this one"))
        return redirect(other)
    person = _person(request, pk)
    context = {"person": person, "posts": questions.posts_of(user, person), "can_edit": user.may(ContactRight.EDIT)}
    context["can_erase"] = user.may(ContactRight.ERASE)
    return render(request, "contacts/contact.html", {**context, "cards": _cards(user, person)})


def _cards(user: User, person: Person) -> list[tuple[Card, Any]]:
    """What rooms tell of the person."""
    there = [each for each in cards() if each.tab == OF_A_PERSON and user.may(each.right)]
    found = [(each, each.shown(user, person)) for each in there]
    return [(each, given) for each, given in found if given]


@needs(ContactRight.EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Somebody new at an account."""
    user, sent, account = signed_in(request), request.POST or None, account_asked(request)
    place = PlaceForm(user, sent, initial={"account": request.GET.get("account", "")})
    person, post, phones = PersonForm(sent), PostForm(sent, account=account), Phones(sent, prefix="phones")
    if sent is not None and all([place.is_valid(), person.is_valid(), post.is_valid(), phones.is_valid()]):
        try:
            made = actions.add(user, place.cleaned_data["account"], said(person), said(post), numbers(phones))
        except NotPossible as why:
            post.add_error("reports_to", _(str(why)))
        else:
            messages.success(request, _("%(name)s was added") % {"name": made.person})
            return redirect(made.person)
    forms = {"place": place, "person_form": person, "post_form": post, "phones": phones}
    return render(request, "contacts/new.html", forms, status=200 if sent is None else 422)


@needs(ContactRight.EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What belongs to the person."""
    person, sent = _person(request, pk), request.POST or None
    known = [{"kind": phone.kind, "number": phone.number} for phone in person.phones.all()]
    form = PersonForm(sent, instance=_person(request, pk), initial={"version": person.version})
    phones = Phones(sent, prefix="phones", initial=known)
    context = {"person": person, "phones": phones}
    if sent is not None and not phones.is_valid():
        return form_page(request, form, "contacts/edit.html", context)
    return changed(
        request, form,
        lambda version: actions.change_person(signed_in(request), pk, version, said(form), numbers(phones)),
        "contacts/edit.html", context,
    )  # fmt: skip


@needs(ContactRight.EDIT)
def edit_post(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person is there, since and until."""
    user, post = signed_in(request), _post(request, pk)
    form = PostForm(request.POST or None, instance=_post(request, pk), initial={"version": post.version})
    return changed(
        request, form, lambda version: actions.change_post(user, pk, version, said(form)), "contacts/post.html",
        {"post": post}, to=post.person, beside="reports_to",
    )  # fmt: skip


@needs(ContactRight.EDIT)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """To another company: one step ends the post here and opens the one there."""
    user, post, sent = signed_in(request), _post(request, pk), request.POST or None
    form = MoveForm(user, sent, initial={"day": timezone.localdate(), "department": post.department})
    if sent is not None and form.is_valid():
        account, day, fields = form.cleaned_data["account"], form.cleaned_data["day"], form.cleaned_data
        try:
            actions.move(user, post, account, day, {"title": fields["title"], "department": fields["department"]})
        except actions.TooEarly:
            form.add_error("day", _("This is before the first day at the company before"))
        except Stale:
            messages.error(request, _("Somebody changed this post meanwhile: look, and try again"))
            return redirect(post.person)
        else:
            messages.success(request, _("%(name)s is now at %(where)s") % {"name": post.person, "where": account})
            return redirect(post.person)
    return render(request, "contacts/move.html", {"post": post, "form": form}, status=200 if sent is None else 422)


@needs(ContactRight.ERASE)
@require_GET
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is kept of a person, as a file for whom it is about."""
    kept = erasing.hand_out(signed_in(request), _person(request, pk))
    response = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="person-{pk}.json"'
    return response


@needs(ContactRight.ERASE)
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be erased; and, with the name written once more, the erasing itself."""
    person, sent = _person(request, pk), request.POST or None
    kept = erasing.kept_of(person)
    counts = {"posts": len(kept["posts"]), "phones": len(kept["phones"]), "elsewhere": len(kept["elsewhere"])}
    context = {"person": person, "counts": counts, "wrong": False}
    if sent is not None and sent.get("name", "").strip() == person.name:
        return _erased(request, person, sent.get("version", ""))
    context["wrong"] = sent is not None
    return render(request, "contacts/erase.html", context, status=200 if sent is None else 422)


def _erased(request: HttpRequest, person: Person, version: str) -> HttpResponse:
    try:
        erasing.erase(signed_in(request), person, int(version) if version.isdecimal() else 0)
    except Stale:
        messages.error(request, _("Somebody changed this person meanwhile: look, and erase again"))
        return redirect(person)
    except InTheWay as reason:
        messages.error(request, _(str(reason)))
        return redirect(person)
    messages.success(request, _("Erased: no table, version, search or list knows the person any more"))
    return redirect("contacts")
