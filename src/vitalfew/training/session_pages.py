"""/training/: a session: who is expected, who came, the sheet for the door, what it cost and what came of it."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.asked import account_asked
from vitalfew.contacts.models import Post
from vitalfew.lists.records import Pages
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import done
from vitalfew.training import actions, attending, certifying, closing, door, paper, questions
from vitalfew.training.appointments import of
from vitalfew.training.covering import audience
from vitalfew.training.forms import CloseForm, ContactsForm, InviteForm, ReasonForm, SessionForm
from vitalfew.training.models import Attendee, Session
from vitalfew.training.pages import form_page, saved
from vitalfew.training.rights import TrainingRight
from vitalfew.training.words import SessionState
from vitalfew.visits import feed

MOST: Final = 200
"""Contacts offered at once."""
ICS: Final = "text/calendar; charset=utf-8"


def _around(user: User, row: Session) -> Mapping[str, Any]:
    runs = questions.may_run(user)
    begun = {"version": row.version, "cost": row.cost, "outcome": row.outcome}
    people = questions.of_session(user, row)
    return {
        "session": row, "people": people, "companies": list(questions.companies(user).filter(session=row)),
        "came": [each for each in people if each.came_at], "may_run": runs, "money": user.may(Right.MONEY),
        "door": questions.door_of(row) if runs else None, "test": row.programme.test, "invite": InviteForm(user),
        "contacts": ContactsForm(_offered(user, row)) if runs and row.is_open else None, "close": CloseForm(initial=begun),
        "cancel": ReasonForm(initial=begun),
    }  # fmt: skip


def _offered(user: User, row: Session) -> list[Post]:
    """Contacts of the invited accounts that the programme is for and that are not on the list yet."""
    listed = row.attendees.filter(put_away_at=None, person__isnull=False).values("person")
    invited = questions.companies(user).filter(session=row).values("account")
    posts = Post.objects.visible_to(user).held().filter(audience(row.programme), account__in=invited)
    return list(posts.exclude(person__in=listed).select_related("person", "account").order_by("account", "pk")[:MOST])


PAGES: Final = Pages(
    questions.sessions, "training/session.html", _around, see=TrainingRight.SEE, write=TrainingRight.RUN
)
session = PAGES.shows()
held = PAGES.does(closing.held, gettext_lazy("It was held: note who came, then close it"), undo="training-reopen")
reopen = PAGES.does(closing.reopen, gettext_lazy("It is open again"))
certify = PAGES.does(certifying.issue_all, gettext_lazy("Certificates are issued"))
open_door = PAGES.does(
    door.open_door,
    gettext_lazy("The link at the door is open; one from before opens nothing"),
    undo="training-door-shut",
)
shut_door = PAGES.does(door.revoke, gettext_lazy("The link at the door opens nothing any more"))


def _close(user: User, pk: int, version: int, outcome: str, cost: Any) -> Session:
    fields = {"outcome": outcome, **({"cost": cost} if user.may(Right.MONEY) else {})}
    return closing.close(user, pk, version, fields)


close = PAGES.takes("close", CloseForm, _close, undo="training-reopen")
cancel = PAGES.takes("cancel", ReasonForm, closing.cancel, undo="training-reopen")


@needs(TrainingRight.RUN)
def session_new(request: HttpRequest) -> HttpResponse:
    """Planned from an account's page, that account is invited at once."""
    user, account = signed_in(request), account_asked(request)
    begun = {"programme": request.GET.get("programme", ""), "day": timezone.localdate(), "trainer": user.pk}
    form = SessionForm(user, request.POST or None, initial=begun)

    def act() -> Session:
        made = actions.make(user, Session(**form.fields_said()))
        actions.invite(user, made, [account] if account else [])
        return made

    back = f"{account.get_absolute_url()}?tab=training" if account else reverse("training")
    return form_page(request, form, act, _("Plan a session"), back, undo="training-away", account=account)


@needs(TrainingRight.RUN)
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    row = get_object_or_404(Session.objects.visible_to(user), pk=pk)
    form = SessionForm(user, request.POST or None, instance=row, initial={"version": row.version})
    return form_page(request, form, saved(form, user, Session, pk), str(row), row.get_absolute_url())


@needs(TrainingRight.RUN)
@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """An account; with a name, somebody of it who is no contact."""
    user = signed_in(request)
    row: Session = PAGES.found(request, pk)
    form = InviteForm(user, request.POST)

    def act(_user: User, _pk: int, account: Any, name: str) -> Session:
        if name.strip():
            actions.expect_name(user, row, account, " ".join(name.split()))
        else:
            actions.invite(user, row, [account])
        return row

    return PAGES.sent(request, row, "invite", form, act)


@needs(TrainingRight.RUN)
@require_POST
def expect(request: HttpRequest, pk: int) -> HttpResponse:
    """Those contacts that were ticked."""
    user = signed_in(request)
    row: Session = PAGES.found(request, pk)
    offered = _offered(user, row)
    form = ContactsForm(offered, request.POST)

    def act(_user: User, _pk: int, posts: list[str]) -> Session:
        actions.expect(user, row, [post for post in offered if str(post.pk) in posts])
        return row

    return PAGES.sent(request, row, "contacts", form, act)


@needs(TrainingRight.RUN)
@require_POST
def came(request: HttpRequest, pk: int) -> HttpResponse:
    """Noted by hand."""
    return _noted(request, pk, attending.came, undo="attendee-not-come")


@needs(TrainingRight.RUN)
@require_POST
def not_come(request: HttpRequest, pk: int) -> HttpResponse:
    """The attendance taken back."""
    return _noted(request, pk, attending.did_not_come, undo="attendee-came")


def _noted(request: HttpRequest, pk: int, act: Any, undo: str) -> HttpResponse:
    user = signed_in(request)
    row: Attendee = get_object_or_404(questions.attendees(user), pk=pk)
    return done(request, lambda: act(user, pk), row.session, undo=undo)


@needs(TrainingRight.SEE)
@require_GET
def live(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came so far: asked for every few seconds by a page that is open."""
    user, row = signed_in(request), PAGES.found(request, pk)
    people = questions.of_session(user, row)
    context = {"session": row, "people": people, "came": [each for each in people if each.came_at], "test": row.programme.test,
               "may_run": questions.may_run(user)}  # fmt: skip
    return render(request, "training/people.html", context)


@needs(TrainingRight.RUN)
@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The QR code to be put up at the door: on the screen, or as a picture."""
    row = PAGES.found(request, pk)
    there = questions.door_of(row)
    if there is None:
        messages.error(request, _("Open the link at the door first"))
        return redirect(row)
    address = request.build_absolute_uri(reverse("door", args=[door.key_of(there)]))
    if request.GET.get("format") == "svg":
        headers = {"Content-Disposition": f'attachment; filename="training-{pk}.svg"'}
        return HttpResponse(paper.svg(address), content_type="image/svg+xml", headers=headers)
    context = {"session": row, "door": there, "address": address, "picture": paper.picture(address)}
    return render(request, "training/sheet.html", context)


@needs(TrainingRight.SEE)
@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The session for a calendar; one that was cancelled takes itself out of it."""
    row = PAGES.found(request, pk)
    headers = {"Content-Disposition": f'attachment; filename="training-{pk}.ics"'}
    method = "CANCEL" if row.state == SessionState.CANCELLED else "PUBLISH"
    made = feed.calendar([of(row)], request.build_absolute_uri, method=method)
    return HttpResponse(made, content_type=ICS, headers=headers)
