"""/portal/ideas/: somebody of a customer's files an idea, votes for one that is shared, and writes about his own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.contacts.models import Person
from vitalfew.ideas import actions
from vitalfew.ideas.forms import FileForm
from vitalfew.ideas.portal import PARTS
from vitalfew.people.gate import signed_in
from vitalfew.portal import gate
from vitalfew.portal.gate import visits
from vitalfew.portal.standing import Visit

LONGEST = 1000


@visits("ideas")
@require_POST
def file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """POST: an idea of the account that is looked at."""
    account, form = gate.chosen(request, visit, "ideas"), FileForm(request.POST)
    if not form.is_valid():
        return gate.part_page(request, visit, PARTS[0], account, more={"form": form}, status=422)
    person = Person.objects.filter(pk=visit.visitor.person).first()
    made = actions.by_a_visitor(signed_in(request), account, person, form.cleaned_data)
    messages.success(request, _("Your idea has the number %(number)s") % {"number": made.number})
    return gate.back("ideas")


@visits("ideas")
@require_POST
def vote(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """POST: the firm wants it too, or no longer."""
    account, guest = gate.chosen(request, visit, "ideas"), signed_in(request)
    return gate.answered(request, "ideas", lambda: actions.vote_outside(guest, account, pk))


@visits("ideas")
@require_POST
def answer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """POST: a word about an own idea."""
    text, guest, mine = request.POST.get("text", "").strip()[:LONGEST], signed_in(request), gate.mine(visit, "ideas")
    return gate.answered(request, "ideas", lambda: actions.answer(guest, mine, pk, text))
