"""/portal/: what leaves as a file: an account's orders as CSV, and the files shared with its people."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext as say
from django.views.decorators.http import require_GET

from vitalfew.portal import gate, ordered
from vitalfew.portal.gate import visits
from vitalfew.portal.models import SharedFile
from vitalfew.portal.standing import Visit
from vitalfew.spreadsheets import guarded


@visits("orders")
@require_GET
def orders(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The orders as listed."""
    account = gate.chosen(request, visit, "orders")
    rows = ordered.orders(account, request.GET.dict())
    gate.noted(visit, "export", account, {"part": "orders"})
    answer = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="orders.csv"'
    return answer


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    heads = (_("Order"), _("Ordered on"), _("Amount"), _("Currency"), _("Promised for"), _("Delivered on"), _("State"))
    yield "\ufeff" + _line(heads)
    for row in rows:
        days, state = (row["promised_on"] or "", row["delivered_on"] or ""), row["state"]
        yield _line(
            (row["number"], row["ordered_on"] or "", row["amount"], row["currency"], *days, say(state) if state else "")
        )


def _line(cells: tuple[Any, ...]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([guarded(cell) for cell in cells])
    return buffer.getvalue()


@visits("files")
@require_GET
def file(_request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """A shared file, to be kept."""
    mine = gate.mine(visit, "files")
    row = (
        SharedFile.objects.select_related("file__account")
        .filter(pk=pk, file__account__in=mine, file__put_away_at=None)
        .first()
    )
    if row is None or not (settings.HOME.files / row.file.place).is_file():
        raise Http404
    gate.noted(visit, "file", row.file.account, {"file": row.file.pk})
    return FileResponse((settings.HOME.files / row.file.place).open("rb"), as_attachment=True, filename=row.file.name)
