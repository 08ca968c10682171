"""/portal/welcome/: the link of an invitation: who was invited chooses a password, and is in."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vitalfew.people.outside import TOO_OFTEN, open_to_all
from vitalfew.portal import invitations
from vitalfew.portal.forms import PasswordForm
from vitalfew.portal.models import Invitation

BACKEND = "django.contrib.auth.backends.ModelBackend"


@open_to_all
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, key: str) -> HttpResponse:
    """The form; a link that opens nothing says what to do, and the same whatever it once was."""
    row = invitations.found(key)
    if row is None or (request.user.is_authenticated and request.user != row.user):
        return _closed(request)
    form = PasswordForm(row.user, request.POST or None)
    if request.method == "POST" and invitations.too_often(row):
        form.add_error(None, _("Too many tries: wait a minute"))
        return _form(request, row, form, TOO_OFTEN)
    if form.is_valid():
        return _in(request, row, form.cleaned_data["password"])
    return _form(request, row, form, 422 if form.is_bound else 200)


def _in(request: HttpRequest, row: Invitation, password: str) -> HttpResponse:
    guest = invitations.accept(row, password)
    if guest is None:
        return _closed(request)
    if Authenticator.objects.filter(user=guest).exists():
        return redirect("account_login")
    login(request, guest, backend=BACKEND)
    return redirect("portal")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/closed.html", status=404)


def _form(request: HttpRequest, row: Invitation, form: PasswordForm, status: int) -> HttpResponse:
    context = {"form": form, "name": row.user.name, "username": row.user.username, "email": row.user.email}
    return render(request, "portal/welcome.html", context, status=status)
