"""/portal/complaints/: somebody of a customer's files a complaint for his company."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.complaints import intake
from vitalfew.complaints.portal import PARTS
from vitalfew.complaints.voice_forms import FileForm
from vitalfew.contacts.models import Person
from vitalfew.people.language import language
from vitalfew.portal import gate
from vitalfew.portal.gate import visits
from vitalfew.portal.standing import Visit


@visits("complaints")
@require_POST
def file(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """POST: what happened, for the account that is looked at."""
    account, form = gate.chosen(request, visit, "complaints"), FileForm(request.POST)
    if not form.is_valid():
        return gate.part_page(request, visit, PARTS[0], account, more={"form": form}, status=422)
    person = Person.objects.filter(pk=visit.visitor.person).first()
    made = intake.by_a_visitor(visit.visitor.username, account, person, {**form.cleaned_data, "language": language()})
    messages.success(request, _("Your complaint has the number %(number)s") % {"number": made.number})
    return gate.back("complaints")
