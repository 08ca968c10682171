"""/complaints/months/: a month's figures as they were told, its lines as a file, and what was corrected since."""

from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from vitalfew.accounts.actions import exported
from vitalfew.coins import written
from vitalfew.complaints import closing_months, monthly
from vitalfew.complaints.models import ClosedMonth
from vitalfew.complaints.month_listing import LINES, MONTHS, months
from vitalfew.complaints.rights import ComplaintRight
from vitalfew.lists import files
from vitalfew.lists.pages import WORKBOOK, list_page
from vitalfew.lists.records import Pages
from vitalfew.people.fields import dressed
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import added

LABELS: Final = {column.name: column.label for column in LINES}
listed = list_page(MONTHS)


class CloseForm(forms.Form):
    """Which month."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=lambda text: forms.DateField().to_python(f"{text}-01"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = ClosedMonth.objects.filter(put_away_at=None).values_list("month", flat=True)
        found = monthly.open_months(timezone.localdate(), known)
        self.fields["month"].choices = [(f"{each:%Y-%m}",) * 2 for each in found]  # type: ignore[attr-defined]  # the stubs know the plain field only
        dressed(self)


@needs(ComplaintRight.RULE)
def new(request: HttpRequest) -> HttpResponse:
    user, form = signed_in(request), CloseForm(request.POST or None)
    choices = form.fields["month"].choices  # type: ignore[attr-defined]  # as above
    return added(
        request, form, lambda: closing_months.close(user, form.cleaned_data["month"]), "complaints/month_form.html",
        {"any": bool(choices)}, undo="complaint-month-away",
    )  # fmt: skip


def _around(user: User, row: ClosedMonth) -> dict[str, Any]:
    lines = list(row.lines.all())
    told = monthly.figures_of(lines)
    return {
        "row": row, "told": told, "lines": lines, "may_rule": user.may(ComplaintRight.RULE),
        "money": [(name, written(sum_, row.currency)) for name, sum_ in told.money.items() if sum_],
        "corrections": [(each, _changes(each)) for each in monthly.corrections(row)], "can_export": user.may(Right.EXPORT),
    }  # fmt: skip


def _changes(each: monthly.Correction) -> list[tuple[str, Any, Any]]:
    return [(LABELS[name], getattr(each.before, name), getattr(each.now, name)) for name in each.fields]


PAGES: Final = Pages(months, "complaints/month.html", _around, see=ComplaintRight.MONTHS, write=ComplaintRight.RULE)
shown = PAGES.shows()
put_away = PAGES.puts_away(
    closing_months.open_again, undo="complaint-month-back", to=lambda _row: reverse("complaint-months")
)
fetch_back = PAGES.fetches_back(closing_months.close_again)


@needs(ComplaintRight.MONTHS)
@require_GET
def lines(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All lines as CSV or workbook: whoever has them works out the same figures."""
    user, row = signed_in(request), PAGES.found(request, pk)
    user.must(Right.EXPORT)
    kind = request.GET.get("format", "csv")
    if kind not in {"csv", "xlsx"}:
        raise Http404
    exported(user, "complaint-month", kind, f"month={row}")
    rows = list(row.lines.all())
    if kind == "xlsx":
        answer: HttpResponseBase = HttpResponse(files.workbook(rows, LINES), content_type=WORKBOOK)
    else:
        answer = StreamingHttpResponse(files.csv_rows(rows, LINES), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="complaints-{row}.{kind}"'
    return answer
