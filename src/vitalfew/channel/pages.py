"""/green-channel/: in which order queues are taken, how long anybody waits at most, and how long everybody waited."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.models import Account
from vitalfew.channel import actions, questions
from vitalfew.channel.forms import LongestForm
from vitalfew.channel.rights import ChannelRight
from vitalfew.channel.waits import waits
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.records import Stale


@needs(ChannelRight.SEE)
@require_GET
def green_channel(request: HttpRequest) -> HttpResponse:
    return render(request, "channel/green_channel.html", _around(signed_in(request)))


def _around(user: User, form: LongestForm | None = None) -> dict[str, Any]:
    row = questions.channel()
    begun = {"version": row.version if row.pk else 0, "longest": row.longest}
    return {
        "channel": row, "waits": waits(user), "whole": user.sees_all_accounts, "form": form or LongestForm(initial=begun),
        "first": Account.objects.visible_to(user).filter(turn__isnull=False).count(),
        "may_rule": user.may(ChannelRight.RULE),
    }  # fmt: skip


@needs(ChannelRight.RULE)
@require_POST
def wait_at_most(request: HttpRequest) -> HttpResponse:
    user, form = signed_in(request), LongestForm(request.POST or None)
    if form.is_valid():
        try:
            actions.wait_at_most(user, form.cleaned_data["longest"], form.cleaned_data["version"])
        except Stale as stale:
            form.data = {**request.POST.dict(), "version": str(stale.current.version)}
            form.add_error(None, _("Somebody changed this meanwhile: look, and send it again"))
        else:
            messages.success(request, _("Saved"))
            return redirect("green-channel")
    return render(request, "channel/green_channel.html", _around(user, form), status=422 if form.is_bound else 200)
