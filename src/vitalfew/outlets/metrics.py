"""/metrics: a few figures of the server in Prometheus' text format, for this machine or an administrator's token."""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from vitalfew.api.problems import Problem, forbidden, not_signed_in
from vitalfew.imports.models import Import
from vitalfew.people.actions import bearer
from vitalfew.people.gate import needs
from vitalfew.people.permissions import Right
from vitalfew.warehouse import scorecards

LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
FORWARDED: Final = ("X-Forwarded-For", "Forwarded", "X-Real-IP")
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_requests: Counter[tuple[str, int]] = Counter()
_counting = threading.Lock()


class CountingMiddleware:
    """Counts the requests this process answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        method = request.method if request.method in METHODS else "other"
        response = self.get_response(request)
        with _counting:
            _requests[method or "other", response.status_code] += 1
        return response


@needs(Right.OPEN)
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures. A request that a proxy passed on comes from elsewhere, whatever address it has here."""
    try:
        _permitted(request)
    except Problem as problem:
        return problem.response()
    return HttpResponse("".join(_lines()), content_type="text/plain; version=0.0.4; charset=utf-8")


def _permitted(request: HttpRequest) -> None:
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        user = bearer(header.removeprefix("Bearer "))
        if user is None:
            raise not_signed_in()
        if not user.may(Right.ADMIN):
            raise forbidden()
        return
    near = request.META.get("REMOTE_ADDR") in LOOPBACK and not any(name in request.headers for name in FORWARDED)
    if not near:
        raise not_signed_in()


def _lines() -> Iterator[str]:
    process = str(os.getpid())
    with _counting:
        counted = sorted(_requests.items())
    yield _head("vitalfew_http_requests_total", "counter", "Requests answered by this process")
    for (method, status), number in counted:
        labels = {"method": method, "status": str(status), "process": process}
        yield _line("vitalfew_http_requests_total", number, labels)
    yield _head("vitalfew_import_rows", "gauge", "Rows read by imports, by the import's state")
    for row in Import.objects.order_by().values("state").annotate(rows=Sum("rows_read")).order_by("state"):
        yield _line("vitalfew_import_rows", row["rows"], {"state": row["state"]})
    yield _head("vitalfew_queue_length", "gauge", "Background tasks that wait")
    yield _line("vitalfew_queue_length", DBTaskResult.objects.ready().count())
    refresh = scorecards.current()
    if refresh and refresh.finished_at:
        yield _head("vitalfew_refresh_age_seconds", "gauge", "Since the figures that lists show were computed")
        yield _line("vitalfew_refresh_age_seconds", (timezone.now() - refresh.finished_at).total_seconds())


def _head(name: str, kind: str, about: str) -> str:
    return f"# HELP {name} {about}\n# TYPE {name} {kind}\n"


def _line(name: str, value: float, labels: Mapping[str, str] | None = None) -> str:
    shown = ",".join(f'{label}="{text}"' for label, text in (labels or {}).items())
    return f"{name}{{{shown}}} {value}\n" if shown else f"{name} {value}\n"
