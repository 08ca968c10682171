"""/stakeholders/CODE/: the map of an account; /acquaintances/: how well one says one knows somebody."""

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
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
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import changed, done
from vitalfew.stakeholders import actions, questions
from vitalfew.stakeholders.forms import AcquaintanceForm
from vitalfew.stakeholders.gaps import gaps, headline
from vitalfew.stakeholders.grid import Axis, Narrowing, grid
from vitalfew.stakeholders.listing import ACQUAINTANCES
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


acquaintances = list_page(ACQUAINTANCES)


def _person(request: HttpRequest, pk: int) -> Person:
    found = contacts.person(signed_in(request), pk)
    if found is None:
        raise Http404
    return found


@needs(StakeholderRight.STATE)
def acquaintance(request: HttpRequest, pk: int) -> HttpResponse:
    """How well one knows this person, and what others said."""
    user, person = signed_in(request), _person(request, pk)
    said, back = questions.own(user, person), _map_of(user, person)
    begun = {"version": said.version if said else 0}
    form = AcquaintanceForm(request.POST or None, instance=questions.own(user, person), initial=begun)
    others = questions.acquaintances(user).filter(person=person).exclude(user=user)
    return changed(
        request, form, lambda version: actions.state(user, person, version, picked(form, actions.SAID)),
        "stakeholders/acquaintance.html", {"person": person, "said": said, "others": others, "back": back},
        undo="acquaintance-away", to=back,
    )  # fmt: skip


def _map_of(user: User, person: Person) -> str:
    """The map of the account where the person is, or the person, where he is at none."""
    post = questions.accounts_of(user, {person.pk: None}).get(person.pk)
    return reverse("stakeholders", args=[post.account.code]) if post else person.get_absolute_url()


@needs(StakeholderRight.STATE)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no more of it; a moment later it can still be said again."""
    user = signed_in(request)
    return done(
        request, lambda: actions.put_away(user, pk), lambda row: _map_of(user, row.person), _("Taken back"),
        undo="acquaintance-again", back="acquaintances",
    )  # fmt: skip


SAID: Final = Pages(questions.acquaintances, see=StakeholderRight.SEE, write=StakeholderRight.STATE)
state_again = SAID.fetches_back(actions.fetch_back)
