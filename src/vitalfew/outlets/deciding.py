"""Deciding about a line of Today: ticked off, put off, handed on, taken back."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vitalfew.outlets.today import tasks_for
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.records import NotPossible
from vitalfew.rooms import Task
from vitalfew.tasks import actions, questions
from vitalfew.tasks.models import Decision
from vitalfew.tasks.words import Decided
from vitalfew.terms import gettext_noop

SAID: Final[Mapping[str, str]] = {
    Decided.DONE: gettext_noop("Ticked off"), Decided.LATER: gettext_noop("Put off"),
    Decided.HANDED: gettext_noop("Handed on"),
}  # fmt: skip


class DecideForm(forms.Form):
    """What is decided of which line."""

    key = forms.CharField(max_length=32)
    kind = forms.ChoiceField(choices=[(each.value, each.label) for each in Decided])
    until = forms.DateField(required=False)
    to = forms.ModelChoiceField(User.objects.none(), required=False, to_field_name="username")
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = questions.colleagues(user)  # type: ignore[attr-defined]  # a choosing field

    def clean(self) -> dict[str, Any]:
        """A day to put it off to, a colleague to hand it to."""
        said: dict[str, Any] = super().clean() or {}
        needed = {Decided.LATER.value: "until", Decided.HANDED.value: "to"}.get(said.get("kind", ""))
        if needed and not said.get(needed) and needed not in self.errors:
            self.add_error(needed, _("Say until when") if needed == "until" else _("Say who does it"))
        return said


def line_of(user: User, key: str) -> Task | None:
    """The user's line of that key, where it waits."""
    return next((task for task in tasks_for(user) if task.key == key), None)


def decided(user: User, task: Task, said: dict[str, Any]) -> Decision:
    """Carry it out, or say why it can't be."""
    if said["kind"] == Decided.DONE:
        return actions.tick_off(user, task)
    if said["kind"] == Decided.LATER:
        return actions.put_off(user, task, said["until"])
    return actions.hand_on(user, task, said["to"], said["note"])


@needs(Right.TODAY)
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """A line that waits leaves the list, and can be taken back."""
    user, form = signed_in(request), DecideForm(signed_in(request), request.POST)
    task = line_of(user, request.POST.get("key", ""))
    if task is None:
        return _told(request, _("This line does not wait any more"), failed=True)
    if not form.is_valid():
        return _told(request, " ".join(str(error) for errors in form.errors.values() for error in errors), failed=True)
    try:
        said = SAID[decided(user, task, form.cleaned_data).kind]
    except NotPossible as why:
        return _told(request, _(str(why)), failed=True)
    return _told(request, _(said), undo=reverse("today-again", args=[task.key]))


def _told(request: HttpRequest, text: str, *, undo: str = "", failed: bool = False) -> HttpResponse:
    """To the script in plain words; to a browser without one by the next page."""
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"text": text, "undo": undo}, status=422 if failed else 200)
    level = messages.ERROR if failed else messages.SUCCESS
    messages.add_message(request, level, text, extra_tags=f"undo:{undo}" if undo else "")
    return redirect("today")


@needs(Right.TODAY)
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """The line waits again."""
    if actions.take_back(signed_in(request), key) is None:
        raise Http404
    messages.success(request, _("It waits again"))
    return HttpResponse(status=204) if request.headers.get("X-Requested-With") else redirect("today")
