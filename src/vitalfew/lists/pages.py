"""A list as a page: its lines, what is around them, and its file."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts import actions
from vitalfew.accounts.models import SavedView
from vitalfew.lists import files, listing
from vitalfew.lists.listing import Listing, Wanted
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right

Routes = Sequence[tuple[str, str]]
"""Pages by their routes, and what they are called."""
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(request: HttpRequest, what: Listing, **context: Any) -> HttpResponseBase:
    """The list as asked for: whole, its next lines only (htmx), or as a file for who may export."""
    user = signed_in(request)
    wanted = Wanted.of(what, user, request.GET.dict())
    if request.GET.get("format") in {"csv", "xlsx"}:
        return _file(request, user, what, wanted)
    page = listing.page(what, user, wanted)
    columns = [column for column in what.columns_for(user) if column.shown]
    around = {
        "listing": what,
        "page": page,
        "columns": columns,
        "wanted": wanted,
        "here": reverse(what.name),
        **context,
    }
    around["query"] = _query(request.GET, after=page.after)
    if request.headers.get("HX-Request") and wanted.after:
        return render(request, "lists/lines.html", around)
    return render(request, "lists/list.html", {**around, **_around(request, user, what)})


def list_page(what: Listing, beside: Routes = ()) -> Callable[[HttpRequest], HttpResponseBase]:
    """The page of a list that needs nothing around it but the way to its room's other pages."""

    def shown(request: HttpRequest) -> HttpResponseBase:
        return listed(request, what, beside=beside)

    return needs(what.right)(require_GET(shown))


def _around(request: HttpRequest, user: User, what: Listing) -> dict[str, Any]:
    """Filters, views and what can be done, around the lines."""
    apart = {"q", "order", "after"}
    return {
        "filters": what.filters_for(user),
        "views": SavedView.objects.filter(user=user, listing=what.name),
        "asked": request.GET,
        "narrowed": sum(bool(value) for name, value in request.GET.items() if name not in apart),
        "plain_query": _query(request.GET, after=""),
        "can_export": user.may(Right.EXPORT),
        "can_make": bool(what.make) and user.may(what.make_right),
        "can_work": bool(what.work) and user.may(what.work_right),
    }


def _query(asked: QueryDict, **changed: str) -> str:
    """The query with what is changed; what is empty is left out."""
    copy = asked.copy()
    for name, value in changed.items():
        copy[name] = value
    for name in [name for name, value in copy.items() if not value]:
        del copy[name]
    return copy.urlencode()


def _file(request: HttpRequest, user: User, what: Listing, wanted: Wanted) -> HttpResponseBase:
    user.must(Right.EXPORT)
    kind = request.GET["format"]
    actions.exported(user, what.name, kind, _query(request.GET, q="", after=""))
    records, columns = listing.every(what, user, wanted), what.columns_for(user)
    response: HttpResponseBase
    if kind == "xlsx":
        response = HttpResponse(files.workbook(records, columns), content_type=WORKBOOK)
    else:
        response = StreamingHttpResponse(files.csv_rows(records, columns), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{what.name}.{kind}"'
    return response


@needs(Right.ACCOUNTS)
@require_POST
def save_view(request: HttpRequest, name: str) -> HttpResponse:
    """Keep the filters and the order of a room's list under a name."""
    query = request.POST.get("query", "")
    if title := request.POST.get("name", "").strip():
        actions.save_view(signed_in(request), title, query, name)
    return redirect(f"{_address(name)}?{query}")


@needs(Right.ACCOUNTS)
@require_POST
def drop_view(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    actions.drop_view(signed_in(request), pk)
    return redirect(_address(name))


def _address(name: str) -> str:
    from django.urls import NoReverseMatch

    try:
        return reverse(name)
    except NoReverseMatch:
        raise Http404 from None
