"""Admin: users and their roles, API tokens, the audit trail, the table of rights."""

import secrets
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from vitalfew.people import actions, audit
from vitalfew.people.fields import chosen, dressed
from vitalfew.people.gate import needs
from vitalfew.people.models import ApiToken, AuditEntry, User
from vitalfew.people.permissions import Right, table
from vitalfew.people.roles import GIVEN, Role
from vitalfew.terms import label_of

PAGE = 50
LONGEST = 19
"""Digits of a number that every database takes."""


class NewUser(forms.Form):
    """Who is to be let in."""

    username = forms.CharField(max_length=150, label=_lazy("User name"))
    name = forms.CharField(max_length=100, required=False, label=_lazy("Person's name"))
    email = forms.EmailField(required=False, label=_lazy("E-mail"))
    role = chosen(_lazy("Role"), [(role.value, role.label) for role in GIVEN], must=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"role": Role.MANAGER.value})
        dressed(self)


@needs(Right.ADMIN)
@require_GET
def admin(request: HttpRequest) -> HttpResponse:
    return _admin(request, NewUser())


def _admin(request: HttpRequest, form: NewUser) -> HttpResponse:
    users = User.objects.exclude(role=Role.PORTAL).order_by("-is_active", "role", "username")
    rights = [(right, [role in right.roles for role in GIVEN]) for right in table() if right is not Right.OPEN]
    tokens = ApiToken.objects.filter(revoked_at=None).select_related("user").order_by("-created_at")
    context = {"users": users, "roles": GIVEN, "rights": rights, "tokens": tokens, "form": form}
    return render(request, "outlets/admin.html", context, status=422 if form.errors else 200)


@needs(Right.ADMIN)
@require_POST
def check_trail(request: HttpRequest) -> HttpResponse:
    """Walk the whole trail: with a million entries it takes a while, so it is asked for."""
    chain = audit.verify()
    if chain.broken_at is None:
        messages.success(request, _("The audit trail is whole: %(n)s entries") % {"n": f"{chain.entries:,}"})
    else:
        messages.error(request, _("The audit trail is broken at entry %(n)s") % {"n": chain.broken_at})
    return redirect("admin")


@needs(Right.ADMIN)
@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """The audit trail, latest first; a page starts after an entry's number, so that the last costs what the first does."""
    found = AuditEntry.objects.order_by("-number")
    if subject := request.GET.get("subject", ""):
        found = found.filter(subject=subject)
    newer_than, older_than = _number(request, "after"), _number(request, "before")
    if newer_than is not None:
        rows = list(found.filter(number__gt=newer_than).order_by("number")[:PAGE])[::-1]
    else:
        rows = list((found if older_than is None else found.filter(number__lt=older_than))[:PAGE])
    context = {
        "entries": rows,
        "subject": subject,
        "newer": bool(rows) and found.filter(number__gt=rows[0].number).exists(),
        "older": bool(rows) and found.filter(number__lt=rows[-1].number).exists(),
    }
    return render(request, "outlets/trail.html", context)


def _number(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < LONGEST else None


@needs(Right.ADMIN)
@require_POST
def add_user(request: HttpRequest) -> HttpResponse:
    form = NewUser(request.POST or None)
    if not form.is_valid():
        return _admin(request, form)
    password, said = secrets.token_urlsafe(9), form.cleaned_data
    try:
        actions.add_user(request.user, **{**said, "name": said["name"] or said["username"]}, password=password)
    except actions.UsernameTaken:
        form.add_error("username", _("This user name is taken"))
    except actions.NotAPerson as wrong:
        for field, texts in wrong.fields.items():
            form.add_error(field if field in form.fields else None, texts)
    if form.errors:
        return _admin(request, form)
    text = _("User %(name)s added. Password, shown only now: %(password)s")
    messages.success(request, text % {"name": said["username"], "password": password}, extra_tags=f"copy:{password}")
    return redirect("admin")


@needs(Right.ADMIN)
@require_POST
def change_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role, a new password, in or out; what undoes it says so in its address."""
    user, me = get_object_or_404(User.objects.exclude(role=Role.PORTAL), pk=pk), cast("User", request.user)
    asked = {**request.GET.dict(), **request.POST.dict()}
    what, role = asked.get("do", ""), asked.get("role", "")
    if what == "role" and role in {each.value for each in GIVEN} and user != me:
        _give_role(request, user, role)
    elif what == "password":
        password = secrets.token_urlsafe(9)
        actions.set_password(me, user, password)
        messages.success(
            request,
            _("New password of %(name)s, shown only now: %(password)s") % {"name": user.username, "password": password},
            extra_tags=f"copy:{password}",
        )
    elif what in {"activate", "deactivate"} and user != me:
        _let_in(request, user, active=what == "activate")
    else:
        messages.error(request, _("You can't change your own role or lock yourself out"))
    return _answered(request)


def _give_role(request: HttpRequest, user: User, role: str) -> None:
    before = user.role
    if role == before:
        return
    actions.set_role(request.user, user, role)
    said = _("%(name)s is now %(role)s; before: %(before)s")
    told = {"name": user, "role": _(label_of(Role, role)), "before": _(label_of(Role, before))}
    messages.success(request, said % told, extra_tags=_undo(user, do="role", role=before))


def _let_in(request: HttpRequest, user: User, *, active: bool) -> None:
    actions.set_active(request.user, user, active=active)
    said = _("%(name)s may sign in again") if active else _("%(name)s is locked out and can't sign in any more")
    undo = _undo(user, do="deactivate" if active else "activate")
    messages.success(request, said % {"name": user}, extra_tags=undo)


def _undo(user: User, **asked: str) -> str:
    return f"undo:{reverse('user-change', args=[user.pk])}?{urlencode(asked)}"


def _answered(request: HttpRequest) -> HttpResponse:
    """A script that undoes loads the page itself: what there is to say waits for that."""
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") == "fetch" else redirect("admin")


@needs(Right.ADMIN)
@require_POST
def add_token(request: HttpRequest) -> HttpResponse:
    user = User.objects.exclude(role=Role.PORTAL).filter(username=request.POST.get("username", "")).first()
    if user is None:
        raise Http404
    token = actions.make_token(request.user, user, request.POST.get("name", "")[:100] or "API")
    messages.success(request, _("Token, shown only now: %(token)s") % {"token": token}, extra_tags=f"copy:{token}")
    return redirect("admin")


@needs(Right.ADMIN)
@require_POST
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    actions.revoke_token(request.user, get_object_or_404(ApiToken, pk=pk))
    return redirect("admin")
