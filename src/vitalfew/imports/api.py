"""/imports: bring files in, see what became of them, take them back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from ninja import Query, Router

from vitalfew.api.answering import answer, responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.idempotency import PARAMETER, once
from vitalfew.api.problems import CONFLICT, NO_ROOM, UNSUPPORTED, Problem, not_accepted, not_found
from vitalfew.api.versions import check_match, etag
from vitalfew.imports import questions
from vitalfew.imports.actions import NotThere, undo
from vitalfew.imports.forms import UploadForm
from vitalfew.imports.models import Import, ImportState
from vitalfew.imports.rejects import given_back
from vitalfew.imports.shapes import ImportOut, ImportPage, Undone
from vitalfew.imports.work import ask_for_refresh, lay_down
from vitalfew.language import Message
from vitalfew.people import audit
from vitalfew.people.language import language
from vitalfew.people.permissions import Right
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.tables import KINDS

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict

router = Router(tags=["imports"])
ENDINGS: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".gz"})
KEY: Final = {"parameters": [PARAMETER]}
UPLOAD: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["kind", "file"],
                    "properties": {
                        "kind": {"type": "string", "enum": list(KINDS)},
                        "file": {"type": "string", "format": "binary"},
                        "encoding": {"type": "string", "description": "Such as gb18030; found out without it"},
                        "sheet": {"type": "string", "description": "The sheet of a workbook"},
                        "mapping": {"type": "string", "description": "The name of a saved mapping"},
                        "map": {"type": "array", "items": {"type": "string"}, "description": "FIELD=COLUMN, repeated"},
                        "currency": {"type": "string", "description": "For a file that has no currency column"},
                        "date_order": {"type": "string", "enum": ["day", "month"], "description": "Of 3/4/2025"},
                        "decimal_comma": {"type": "boolean", "description": "1.234,56 is 1234.56"},
                        "strict": {"type": "boolean", "description": "Reject rows of customers not known yet"},
                    },
                }
            }
        },
    },
    **KEY,
}


@router.get("", auth=needs(Right.DATA), response=responses(ImportPage), operation_id="list_imports")
def list_imports(
    request: Asked,  # noqa: ARG001  (ninja hands it over)
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    after: Annotated[int | None, Query(ge=1, le=2**62, description="The cursor of the page before")] = None,
) -> dict[str, Any]:
    """Imports, latest first."""
    found = Import.objects.order_by("-pk")
    rows = list((found.filter(pk__lt=after) if after else found)[: limit + 1])
    return {"items": [_shown(row) for row in rows[:limit]], "next": str(rows[limit - 1].pk) if rows[limit:] else None}


@router.post(
    "",
    auth=needs(Right.IMPORT),
    response=responses(ImportOut, 409, 413, 415, 507, status=202),
    operation_id="start_import",
    openapi_extra=UPLOAD,
)
@once
def start_import(request: Asked) -> HttpResponse:
    """Bring a file in, in the background; ask the import at Location how far it is."""
    if request.content_type != "multipart/form-data":
        raise Problem(UNSUPPORTED, Message(_("Send the file as multipart/form-data")))
    file = _file(request)
    kind, name = request.POST.get("kind", ""), file.name or ""
    if kind not in KINDS:
        raise not_accepted("kind", Message(_("Known are: {known}"), {"known": ", ".join(KINDS)}))
    if Path(name).suffix.lower() not in ENDINGS:
        raise Problem(UNSUPPORTED, Message(_("Taken are: {known}"), {"known": ", ".join(sorted(ENDINGS))}))
    row = Import.objects.create(
        kind=kind, file=name[:300], who=request.auth.username, size=file.size or 0, options=_options(request.POST)
    )
    try:
        lay_down(settings.HOME, row, file.chunks())
    except OSError:
        raise Problem(
            NO_ROOM, Message(_("The server's disk is full or cannot be written to: nothing was kept"))
        ) from None
    audit.record(request.auth, "import-upload", f"import:{row.pk}", {"kind": kind, "file": row.file})
    return answer(_shown(row), 202, {"Location": f"/api/v1/imports/{row.pk}"})


def _file(request: Asked) -> "UploadedFile[bytes]":
    files = request.FILES.getlist("file")
    if len(files) != 1:
        raise not_accepted("file", Message(_("Send one file, as 'file'")))
    return files[0]


def _options(sent: "QueryDict") -> dict[str, Any]:
    form = UploadForm(sent)
    if not form.is_valid():
        raise not_accepted(next(iter(form.errors)), Message(_("This value is not accepted")))
    pairs = [each.partition("=") for each in sent.getlist("map")]
    known = KINDS[form.cleaned_data["kind"]].by_name
    if any(field not in known or not heading for field, _equals, heading in pairs):
        raise not_accepted("map", Message(_("Known are: {known}"), {"known": ", ".join(known)}))
    said = form.options
    return {**said, "mapping": {**said.get("mapping", {}), **{field: heading for field, _e, heading in pairs}}}


def _one(number: int) -> Import:
    row = Import.objects.filter(pk=number).first() if number < 2**63 else None
    if row is None:
        raise not_found()
    return row


def _shown(row: Import) -> dict[str, Any]:
    names = ("kind", "file", "state", "who", "size", "rows_read", "progress", "started_at", "finished_at", "undone_at")
    report = {name: value for name, value in row.report.items() if name != "rejects_file"}
    if row.report.get("rejects_file"):
        report["rejects_file"] = f"/api/v1/imports/{row.pk}/rejects"
    return {"id": row.pk, **{name: getattr(row, name) for name in names}, "report": report}


def _version(row: Import) -> str:
    return etag(f"{row.pk}-{row.state}-{row.rows_read}-{row.bytes_read}")


@router.get("/{int:number}", auth=needs(Right.DATA), response=responses(ImportOut, 404), operation_id="get_import")
def get_import(request: Asked, response: HttpResponse, number: int) -> dict[str, Any]:  # noqa: ARG001  (ninja hands it over)
    """One import: how far it is, and its report."""
    row = _one(number)
    response.headers["ETag"] = _version(row)
    return _shown(row)


@router.get(
    "/{int:number}/rejects",
    auth=needs(Right.DATA),
    response=responses(None, 404),
    operation_id="get_import_rejects",
    openapi_extra={"responses": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
def get_import_rejects(request: Asked, number: int) -> HttpResponseBase:
    """The rejected rows as a CSV file, with what was wrong, to be mended and sent again."""
    row = _one(number)
    path = questions.rejects_of(settings.HOME, row)
    if path is None:
        raise not_found()
    audit.record(request.auth, "export", f"import:{row.pk}", {"rejects": row.report.get("rows_rejected")})
    content = given_back(path, ".csv", language())
    return FileResponse(content, as_attachment=True, filename=f"rejects-{row.pk}.csv")


@router.post(
    "/{int:number}/undo",
    auth=needs(Right.IMPORT),
    response=responses(Undone, 404, 409, 412),
    operation_id="undo_import",
    openapi_extra=KEY,
)
@once
def undo_import(request: Asked, number: int) -> HttpResponse:
    """Take an import back whole; what it had replaced is current again."""
    return _take_back(request, number)


@router.delete(
    "/{int:number}",
    auth=needs(Right.IMPORT),
    response=responses(Undone, 404, 409, 412),
    operation_id="delete_import",
)
def delete_import(request: Asked, number: int) -> HttpResponse:
    """The same as undo."""
    return _take_back(request, number)


def _take_back(request: Asked, number: int) -> HttpResponse:
    row = _one(number)
    check_match(request, _version(row))
    try:
        gone = undo(row.pk, settings.HOME, request.auth.username)
    except NotThere:
        raise Problem(CONFLICT, Message(_("Only a finished import can be taken back"))) from None
    ask_for_refresh()
    return answer({"id": row.pk, "state": ImportState.UNDONE, "rows_gone": gone})


ROUTERS: Final = (("/imports", router),)
