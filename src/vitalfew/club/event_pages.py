"""/club/events/: round tables and club days, who is invited, and the invitation as a letter."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.actions import exported
from vitalfew.accounts.models import Account
from vitalfew.club import actions, invitation, questions
from vitalfew.club.forms import EventForm, InvitedForm, InviteForm
from vitalfew.club.listing import EVENTS, INVITED
from vitalfew.club.models import Event, Invited
from vitalfew.club.pages import form_page, saved
from vitalfew.club.rights import ClubRight
from vitalfew.club.words import Answered
from vitalfew.lists.pages import list_page
from vitalfew.paper import NoPrinter
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import KNOWN, language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right

MOST: Final = 500
"""So many of a level are invited at once."""


events = list_page(EVENTS)
invitations = list_page(INVITED)


@needs(ClubRight.SEE)
@require_GET
def event(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    return _shown(request, user, get_object_or_404(questions.events(user), pk=pk))


def _shown(request: HttpRequest, user: User, row: Any, form: InviteForm | None = None) -> HttpResponse:
    context = {
        "event": row, "invited": questions.invited(user).filter(event=row), "words": Answered,
        "may_serve": user.may(ClubRight.SERVE), "money": user.may(Right.MONEY), "form": form or InviteForm(user),
    }  # fmt: skip
    return render(request, "club/event.html", context, status=422 if form else 200)


@needs(ClubRight.SERVE)
def event_new(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = EventForm(user, request.POST or None)
    return form_page(
        request, form, lambda: actions.make(user, Event(**form.fields_said())), _("Plan an event"),
        reverse("club-events"), undo="club-event-away",
    )  # fmt: skip


@needs(ClubRight.SERVE)
def event_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(Event.objects.visible_to(user), pk=pk)
    form = EventForm(user, request.POST or None, instance=row, initial={"version": row.version})
    return form_page(request, form, saved(form, user, Event, pk), str(row), row.get_absolute_url())


@needs(ClubRight.SERVE)
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, or all members from the event's level on that the user sees."""
    user = signed_in(request)
    row = get_object_or_404(questions.events(user), pk=pk)
    if "level" in request.POST:
        n = actions.invite(user, row, _of_level(user, row))
    else:
        form = InviteForm(user, request.POST)
        if not form.is_valid():
            return _shown(request, user, row, form)
        n = actions.invite(user, row, [form.cleaned_data["account"]])
    messages.success(request, _("Invited: %(n)s") % {"n": n})
    return redirect(row)


def _of_level(user: User, row: Event) -> list[Account]:
    found = questions.members(user).current()
    if row.level:
        found = found.filter(level__rank__lte=row.level.rank)
    return [member.account for member in found.order_by("account__code")[:MOST]]


@needs(ClubRight.SERVE)
def invited(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of an invitation, and who comes."""
    user = signed_in(request)
    row = get_object_or_404(questions.invited(user), pk=pk)
    form = InvitedForm(user, request.POST or None, instance=row, initial={"version": row.version})

    def act() -> Any:
        return actions.answered(user, pk, form.cleaned_data["version"] or 0, form.fields_said()).event

    title = f"{row.account} · {row.event}"
    return form_page(request, form, act, title, row.event.get_absolute_url(), letter=row)


@needs(ClubRight.SEE)
@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """As it would be sent; that it was taken out as PDF stands in the trail."""
    user = signed_in(request)
    row: Invited = get_object_or_404(questions.invited(user), pk=pk)
    asked = request.GET.get("in", "")
    chosen = asked if asked in KNOWN else language()
    if request.GET.get("format") == "pdf":
        try:
            made = invitation.pdf(row, chosen)
        except NoPrinter as why:
            messages.error(request, _(str(why)))
            return redirect("club-letter", pk)
        exported(user, "club-letter", "pdf", f"invited={row.pk}&in={chosen}")
        headers = {"Content-Disposition": 'inline; filename="invitation.pdf"'}
        return HttpResponse(made, content_type="application/pdf", headers=headers)
    text = invitation.written(row, chosen)
    context = {"row": row, "text": text, "chosen": chosen, "languages": settings.LANGUAGES}
    return render(request, "club/letter.html", context)
