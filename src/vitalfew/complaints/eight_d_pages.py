"""/complaints/8d/: 8D records, and one with its eight parts, each written on a page of its own."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.actions import exported
from vitalfew.complaints import address, eight_d_acting, questions
from vitalfew.complaints.beside import BESIDE
from vitalfew.complaints.eight_d import BY_KEY, content
from vitalfew.complaints.eight_d_forms import DisciplineForm
from vitalfew.complaints.eight_d_listing import EIGHT_DS, eight_ds
from vitalfew.complaints.eight_d_paper import KIND, pdf, sections
from vitalfew.complaints.models import EightD
from vitalfew.complaints.pages import PAGES as COMPLAINTS
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists.pages import list_page
from vitalfew.lists.records import Pages
from vitalfew.paper import NoPrinter
from vitalfew.people.fields import SettleForm
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.outside import open_to_all
from vitalfew.people.saving import added, done

listed = list_page(EIGHT_DS, BESIDE)


def _around(user: User, row: EightD) -> dict[str, Any]:
    may, parts = questions.may_handle(user, row.complaint), sections(row)
    return {
        "record": row, "complaint": row.complaint, "sections": parts, "may_handle": may,
        "whole": not any(each["missing"] for each in parts), "ready": sum(not each["missing"] for each in parts),
        "may_sign": may and user.pk != row.offered_by_id, "button": SettleForm(initial={"version": row.version}),
    }  # fmt: skip


PAGES: Final = Pages(eight_ds, "complaints/eight_d.html", _around, see=ComplaintRight.SEE, write=ComplaintRight.HANDLE)
shown = PAGES.shows()
offer = PAGES.takes("button", SettleForm, eight_d_acting.offer, undo="eight-d-reopen")
sign = PAGES.takes("button", SettleForm, eight_d_acting.sign, undo="eight-d-reopen")
share = PAGES.takes("button", SettleForm, eight_d_acting.share)
reopen = PAGES.does(eight_d_acting.reopen, _("It can be written on again"))
put_away = PAGES.puts_away(
    eight_d_acting.put_away, undo="eight-d-back", to=lambda row: row.complaint.get_absolute_url()
)
fetch_back = PAGES.fetches_back(eight_d_acting.fetch_back)


@needs(ComplaintRight.HANDLE)
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a complaint, new or as it was."""
    user, row = signed_in(request), COMPLAINTS.found(request, pk)
    return done(request, lambda: eight_d_acting.begin(user, pk), back=row, undo="eight-d-away")


@needs(ComplaintRight.HANDLE)
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One of the eight."""
    user, row, each = signed_in(request), PAGES.found(request, pk), BY_KEY.get(name)
    if each is None or not questions.may_handle(user, row.complaint):
        raise Http404
    form = DisciplineForm(each, request.POST or None, told=content(row), initial={"version": row.version})
    now = next(said for said in sections(row) if said["key"] == each.key)
    return added(
        request, form, lambda: eight_d_acting.write(user, pk, form.cleaned_data["version"], form.given),
        "complaints/eight_d_part.html", {"record": row, "title": gettext(each.title), "part": each.key, "now": now["pieces"]},
    )  # fmt: skip


@needs(ComplaintRight.SEE)
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """As PDF, ours or the customer's version; that it was taken out stands in the trail."""
    user, row = signed_in(request), PAGES.found(request, pk)
    outside = request.GET.get("for") == "customer"
    try:
        made = pdf(row, outside=outside)
    except NoPrinter as why:
        messages.error(request, gettext(str(why)))
        return redirect(row)
    exported(user, "eight-d", "pdf", f"record={pk}&for={'customer' if outside else 'us'}")
    return _as_file(row, made, "customer" if outside else "internal")


@open_to_all
@require_GET
def theirs(_request: HttpRequest, key: str) -> HttpResponse:
    """The customer's version under its link, once it was shown to it."""
    complaint = address.found(key)
    given = EightD.objects.filter(put_away_at=None, shared_at__isnull=False)
    row = given.filter(complaint=address.told_to(complaint)).first() if complaint else None
    if row is None:
        raise Http404
    return _as_file(row, pdf(row, outside=True), "customer")


def _as_file(row: EightD, made: bytes, whose: str) -> HttpResponse:
    """Its name says whose it is, so that nobody sends ours."""
    name = f"8D-{row.complaint.number if row.complaint.number.isascii() else row.pk}-{whose}.pdf"
    plain = "".join(each if each.isalnum() or each in ".-" else "-" for each in name)
    return HttpResponse(made, content_type=KIND, headers={"Content-Disposition": f'inline; filename="{plain}"'})
