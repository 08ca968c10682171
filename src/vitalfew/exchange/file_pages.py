"""/exchange/files/: every file that came in, what became of it, and a new one; /exchange/told/: what accounts told."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from vitalfew.exchange import questions, taking
from vitalfew.exchange.forms import DataForm
from vitalfew.exchange.listing import FILES, TOLD
from vitalfew.exchange.models import DataContent, DataFile
from vitalfew.exchange.pages import PAGES
from vitalfew.exchange.rights import ExchangeRight
from vitalfew.exchange.said import said_of
from vitalfew.exchange.words import Way
from vitalfew.lists.pages import list_page
from vitalfew.people import audit
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.permissions import Right
from vitalfew.people.saving import added
from vitalfew.spreadsheets import guarded

SHOWN = 200
files, told = list_page(FILES), list_page(TOLD)


def _found(request: HttpRequest, pk: int) -> DataFile:
    return get_object_or_404(questions.files(signed_in(request)), pk=pk)


@needs(ExchangeRight.SEE)
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Who sent it when, what was taken, what was refused and why."""
    user, row = signed_in(request), _found(request, pk)
    context = {
        "file": row, "refusals": row.refusals.all()[:SHOWN], "exchange": questions.of_account(user, row.account),
        "refusal": row.refusal.say(gettext, hinted=False) if row.refusal else "", "can_export": user.may(Right.EXPORT),
    }  # fmt: skip
    return render(request, "exchange/file.html", context)


@needs(ExchangeRight.TAKE)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of the account's data is brought in."""
    user, row = signed_in(request), PAGES.found(request, pk)
    form = DataForm(request.POST or None, request.FILES or None)
    return added(
        request, form, lambda: taking.take(user, pk, form.sent(Way.UPLOAD)), "exchange/take.html", {"exchange": row},
        said=said_of, beside="file",
    )  # fmt: skip


@needs(Right.EXPORT)
@require_GET
def content(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came."""
    row = _found(request, pk)
    audit.record(signed_in(request), "data-read", f"account:{row.account.code}", {"file": row.name, "id": row.pk})
    return _download(get_object_or_404(DataContent, file=row).data, row.name, "application/octet-stream")


@needs(Right.EXPORT)
@require_GET
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were refused, as they were written, with the reason: to be mended and sent again."""
    row = _found(request, pk)
    rows = list(row.refusals.all())
    names = list(dict.fromkeys(name for each in rows for name in each.written))
    buffer = io.StringIO(newline="")
    lines = csv.writer(buffer)
    lines.writerow([gettext("Line"), gettext("Reason"), *map(guarded, names)])
    lines.writerows(
        [each.line, gettext(each.said), *(guarded(each.written.get(name, "")) for name in names)] for each in rows
    )
    return _download(("\ufeff" + buffer.getvalue()).encode(), f"refused-{row.pk}.csv", "text/csv; charset=utf-8")


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    return answer
