"""/complaints/groups/: complaints that say nearly the same, confirmed as a cause or dismissed."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.complaints import group_acting, questions
from vitalfew.complaints.beside import BESIDE
from vitalfew.complaints.group_forms import ConfirmForm, LookForm, ticked
from vitalfew.complaints.group_listing import GROUPS, groups, told
from vitalfew.complaints.models import TextGroup, TextLook
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.pages import listed as as_list
from vitalfew.lists.records import Pages
from vitalfew.people.fields import SettleForm
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.saving import form_page, say


@needs(ComplaintRight.GROUP)
@require_GET
def listed(request: HttpRequest) -> HttpResponseBase:
    return as_list(request, GROUPS, beside=(*BESIDE, (GROUPS.name, GROUPS.title)), told=told())


@needs(ComplaintRight.GROUP)
def look(request: HttpRequest) -> HttpResponse:
    """Over which days; the worker looks."""
    known = TextLook.objects.first() or TextLook()
    form = LookForm(request.POST or None, initial={"days": known.days})
    if form.is_valid():
        group_acting.look(signed_in(request), form.cleaned_data["days"])
        say(request, _("Texts are being looked at: in a minute the groups stand here"))
        return redirect("text-groups")
    return form_page(request, form, "complaints/group_look.html", {})


def _around(user: User, row: TextGroup) -> dict[str, Any]:
    """Ticked are those without a cause: what somebody put on another is moved only where that is said."""
    rows = list(questions.complaints(user).filter(text_groups=row))
    free = {each.pk for each in rows if each.cause_id is None}
    return {
        "group": row, "complaints": rows, "with_cause": len(rows) - len(free),
        "confirm": ConfirmForm(user, initial={"version": row.version}, ticked=free),
        "dismiss": SettleForm(initial={"version": row.version}),
    }  # fmt: skip


PAGES: Final = Pages(groups, "complaints/group.html", _around, see=ComplaintRight.GROUP, write=ComplaintRight.GROUP)
shown = PAGES.shows()
dismiss = PAGES.takes("dismiss", SettleForm, group_acting.dismiss, undo="text-group-reopen")
reopen = PAGES.does(group_acting.reopen)


@needs(ComplaintRight.GROUP)
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    user, row, belong = signed_in(request), PAGES.found(request, pk), ticked(request.POST)
    form = ConfirmForm(user, request.POST, ticked=belong)

    def act(who: User, number: int, version: int, **fields: Any) -> TextGroup:
        return group_acting.confirm(who, number, version, fields, belong)

    return PAGES.sent(request, row, "confirm", form, act, undo="text-group-reopen")
