"""/reports and /report-schedules: asked for, fetched, made regularly."""

from copy import copy
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, HttpResponseBase
from ninja import Router, Schema

from vitalfew.accounts.actions import exported
from vitalfew.accounts.api import visible
from vitalfew.api.answering import responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.problems import not_found
from vitalfew.lists.operations import Operations, checked
from vitalfew.people.models import User
from vitalfew.reports import actions, questions, work
from vitalfew.reports.forms import AskForm, ScheduleForm
from vitalfew.reports.listing import REPORTS, SCHEDULES
from vitalfew.reports.mailing import TYPES
from vitalfew.reports.models import Report, Schedule
from vitalfew.reports.rights import ReportRight

router = Router(tags=["reports"])
schedule_router = Router(tags=["reports"])
ASKED: Final = ("kind", "account", "form", "language")
PLANNED: Final = ("kind", "account", "form", "rhythm", "weekday", "readers", "mailed")


class ReportOut(Schema):
    """A report; its file is there once it is made."""

    id: int
    kind: str
    account: str | None
    form: str
    language: str
    day: date
    state: str
    trouble: str
    mail: str
    file: bool
    version: int


class ReportNew(Schema):
    """A new one; kinds are those the caller's figures allow, form is pdf or xlsx."""

    kind: str
    account: str = ""
    form: str = "pdf"
    language: str = "zh-hans"

    model_config = {"extra": "forbid"}


class ScheduleOut(Schema):
    """A report that is made regularly; readers are user names."""

    id: int
    kind: str
    account: str | None
    form: str
    rhythm: str
    weekday: str
    readers: list[str]
    mailed: bool
    version: int


class ScheduleNew(Schema):
    """A new one; weekday 0 is Monday, 4 Friday; readers are user names."""

    kind: str
    account: str = ""
    form: str = "pdf"
    rhythm: str = "weekly"
    weekday: str = "0"
    readers: list[str]
    mailed: bool = True

    model_config = {"extra": "forbid"}


class ScheduleChange(Schema):
    """What can be changed; what is not sent stays."""

    kind: str | None = None
    account: str | None = None
    form: str | None = None
    rhythm: str | None = None
    weekday: str | None = None
    readers: list[str] | None = None
    mailed: bool | None = None

    model_config = {"extra": "forbid"}


def _told(_user: User, row: Report) -> dict[str, Any]:
    plain = ("kind", "form", "language", "day", "state", "trouble", "mail")
    code = row.account.code if row.account else None
    return {"account": code, "file": row.there, **{name: getattr(row, name) for name in plain}}


OPERATIONS: Final = Operations(
    router, "report", REPORTS, questions.reports, ReportOut, _told, see=ReportRight.SEE, write=ReportRight.SEE
)
OPERATIONS.reads("The caller's reports, the latest first, a page at a time.", "One report and how far it is.")


@OPERATIONS.adds
def ask_for_report(user: User, sent: ReportNew) -> Report:
    """Ask for a report; it is made in the background."""
    account = visible(user, sent.account) if sent.account else None
    row = actions.ask(user, **checked(AskForm(user, account, sent.dict()), ASKED))
    work.ask_for(row)
    return row


@router.get(
    "/{int:pk}/file", auth=needs(ReportRight.SEE), operation_id="get_report_file", response=responses(None, 404),
    openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}}},
)  # fmt: skip
def get_report_file(request: Asked, pk: int) -> HttpResponseBase:
    """The file as it was made."""
    row = OPERATIONS.found(request.auth, pk)
    place = settings.HOME.files / row.place
    if not row.there or not place.is_file():
        raise not_found()
    exported(request.auth, "report", row.form, f"report={row.pk}&kind={row.kind}")
    return FileResponse(place.open("rb"), as_attachment=True, filename=row.file_name, content_type=TYPES[row.form])


@OPERATIONS.puts_away
def put_away_report(user: User, row: Report) -> None:
    """Put it away; it can be fetched back on its page."""
    actions.put_away(user, row.pk)


def _scheduled(_user: User, row: Schedule) -> dict[str, Any]:
    code = row.account.code if row.account else None
    readers = sorted(each.username for each in row.readers.all())
    plain = {name: getattr(row, name) for name in ("kind", "form", "rhythm", "weekday", "mailed")}
    return {"account": code, "readers": readers, **plain}


SCHEDULED: Final = Operations(
    schedule_router, "report_schedule", SCHEDULES, questions.schedules, ScheduleOut, _scheduled,
    see=ReportRight.SEE, write=ReportRight.SEE, many="report-schedules",
)  # fmt: skip
SCHEDULED.reads("Reports that are made regularly, a page at a time.", "One report that is made regularly.")


@SCHEDULED.adds
def plan_report(user: User, sent: ScheduleNew) -> Schedule:
    """Have a report made regularly, for each reader with what he or she may see."""
    account = visible(user, sent.account) if sent.account else None
    given = checked(ScheduleForm(user, account, sent.dict()), PLANNED)
    return actions.plan(user, list(given.pop("readers")), given)


@SCHEDULED.changes
def change_report_schedule(user: User, row: Schedule, sent: ScheduleChange) -> None:
    """Change it. Fields not sent stay."""
    known = {**_scheduled(user, row), "account": row.account.code if row.account else ""}
    form = ScheduleForm(user, row.account, {**known, **sent.dict(exclude_unset=True)}, instance=copy(row))
    given = checked(form, PLANNED)
    actions.change(user, row.pk, row.version, list(given.pop("readers")), given)


@SCHEDULED.puts_away
def stop_report_schedule(user: User, row: Schedule) -> None:
    """No more of it is made; it can go on on its page."""
    actions.stop(user, row.pk)


ROUTERS: Final = (("/reports", router), ("/report-schedules", schedule_router))
