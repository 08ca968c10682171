"""/stakeholders/CODE/: the map of an account; /acquaintances/: how well one says one knows somebody."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import questions as accounts
from vitalfew.accounts.dependence import course, sentence
from vitalfew.accounts.models import Account
from vitalfew.accounts.sheet import Sheet
from vitalfew.contacts import questions as contacts
from vitalfew.contacts.models import Person
from vitalfew.contacts.rights import ContactRight
from vitalfew.lists.pages import listed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import Stale
from vitalfew.stakeholders import actions, questions
from vitalfew.stakeholders.forms import AcquaintanceForm
from vitalfew.stakeholders.gaps import gaps, headline
from vitalfew.stakeholders.grid import Axis, Narrowing, grid
from vitalfew.stakeholders.listing import ACQUAINTANCES
from vitalfew.stakeholders.models import Acquaintance
from vitalfew.stakeholders.rights import StakeholderRight
from vitalfew.terms import NextAction

REMEDIES: Final = {
    NextAction.FIND_SUCCESSOR.value: "contact", NextAction.MEET_MORE.value: "contact",
    NextAction.SECOND_PERSON.value: "team", NextAction.MEET_DECIDER.value: "map", NextAction.KEEP_UP.value: "log",
}  # fmt: skip
"""Where what is advised is done."""


def account_of(request: HttpRequest, code: str) -> Account:
    """The account, or none where there is none or none the user may see."""
    found = accounts.one(signed_in(request), code)
    if found is None:
        raise Http404
    return found


def around(user: User, account: Account, page: str) -> dict[str, Any]:
    """What every page of the map shows around itself."""
    said = {"account": account, "page": page, "visits": questions.visits(account)}
    return {**said, "sees_coverage": user.may(StakeholderRight.COVERAGE)}


@needs(StakeholderRight.SEE)
@require_GET
def stakeholder_map(request: HttpRequest, code: str) -> HttpResponse:
    """Who decides, influences, uses, blocks, and who of ours knows whom."""
    user, account = signed_in(request), account_of(request, code)
    people = questions.stakeholders(account, timezone.localdate())
    found, wanted = gaps(people, questions.log(timezone.localdate())), Narrowing.of(request.GET.dict())
    context = {
        **around(user, account, "map"), "people": people, "gaps": found, "headline": headline(people, found),
        "grid": grid(wanted.among(people), wanted.axis), "wanted": wanted, "axes": list(Axis),
        "ours": sorted({bond.who for each in people for bond in each.bonds}),
        "can_state": user.may(StakeholderRight.STATE), "can_edit": user.may(ContactRight.EDIT), "me": user.pk,
    }  # fmt: skip
    return render(request, "stakeholders/map.html", context)


@needs(StakeholderRight.SEE)
@require_GET
def dependence(request: HttpRequest, code: str) -> HttpResponse:
    """On whom the relationship hung at each refresh, and what would loosen it."""
    user, account = signed_in(request), account_of(request, code)
    sheet = Sheet(settings.HOME, user, account)
    stands = course(account.code, sheet.past)
    context = {
        **around(user, account, "dependence"), "course": stands, "headline": sentence(stands),
        "now": stands[-1] if stands else None, "remedy": REMEDIES.get(stands[-1].row["advice"]) if stands else None,
        "currency": sheet.currency, "sees_money": sheet.sees_money, "can_edit": user.may(Right.EDIT_ACCOUNTS),
    }  # fmt: skip
    return render(request, "stakeholders/dependence.html", context)


@needs(StakeholderRight.SEE)
@require_GET
def acquaintances(request: HttpRequest) -> HttpResponseBase:
    return listed(request, ACQUAINTANCES)


def _person(request: HttpRequest, pk: int) -> Person:
    found = contacts.person(signed_in(request), pk)
    if found is None:
        raise Http404
    return found


@needs(StakeholderRight.STATE)
def acquaintance(request: HttpRequest, pk: int) -> HttpResponse:
    """How well one knows this person, and what others said."""
    user, person, sent = signed_in(request), _person(request, pk), request.POST or None
    said = questions.own(user, person)
    form = AcquaintanceForm(
        sent, instance=questions.own(user, person), initial={"version": said.version if said else 0}
    )
    if sent is not None and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in actions.SAID}
        try:
            made = actions.state(user, person, form.cleaned_data["version"] or 0, fields)
        except Stale as stale:
            return render(request, "records/stale.html", {"form": form, "current": stale.current}, status=409)
        messages.success(request, _("Saved"), extra_tags=f"undo:{reverse('acquaintance-away', args=[made.pk])}")
        return redirect(_map_of(request, person))
    others = questions.acquaintances(user).filter(person=person).exclude(user=user)
    context = {"person": person, "form": form, "said": said, "others": others, "back": _map_of(request, person)}
    return render(request, "stakeholders/acquaintance.html", context, status=200 if sent is None else 422)


def _map_of(request: HttpRequest, person: Person) -> str:
    """The map of the account where the person is, or the person, where he is at none."""
    post = questions.accounts_of(signed_in(request), {person.pk: None}).get(person.pk)
    return reverse("stakeholders", args=[post.account.code]) if post else person.get_absolute_url()


@needs(StakeholderRight.STATE)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no more of it; a moment later it can still be said again."""
    row = _taken(request, pk, actions.put_away)
    messages.success(request, _("Taken back"), extra_tags=f"undo:{reverse('acquaintance-again', args=[pk])}")
    if request.headers.get("X-Requested-With"):
        return HttpResponse(status=204)
    return redirect(_map_of(request, row.person))


@needs(StakeholderRight.STATE)
@require_POST
def state_again(request: HttpRequest, pk: int) -> HttpResponse:
    _taken(request, pk, actions.fetch_back)
    messages.success(request, _("It is back"))
    return HttpResponse(status=204)


def _taken(request: HttpRequest, pk: int, act: Any) -> Acquaintance:
    try:
        row: Acquaintance = act(signed_in(request), pk)
    except Acquaintance.DoesNotExist:
        raise Http404 from None
    return row
