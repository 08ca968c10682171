"""/data/: bring files in, see what became of them, mend rejected rows, take an import back."""

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.api.routes import LARGEST
from vitalfew.imports import mending, questions
from vitalfew.imports.actions import NotThere, undo
from vitalfew.imports.forms import ENCODINGS, AnswerForm, UploadForm
from vitalfew.imports.models import Import, ImportState, Mapping
from vitalfew.imports.rejects import format_of, given_back
from vitalfew.imports.uploads import upload_of
from vitalfew.imports.work import KEPT_WHILE, ask_for_refresh, awaits_word, lay_down, read_again, throw_away
from vitalfew.people import audit
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.permissions import Right
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.readers import REASONS
from vitalfew.warehouse.readers.reasons import WARNINGS
from vitalfew.warehouse.tables import KINDS


@needs(Right.DATA)
@require_GET
def data(request: HttpRequest) -> HttpResponse:
    context = {
        "imports": Import.objects.all()[:50],
        "kinds": KINDS.values(),
        "mappings": Mapping.objects.all(),
        "encodings": ENCODINGS,
        "can_import": signed_in(request).may(Right.IMPORT),
    }
    return render(request, "imports/data.html", context)


@needs(Right.DATA)
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """The running work, asked again and again by the page while there is any."""
    running = Import.objects.filter(state__in=[ImportState.WAITING, ImportState.READING])
    refreshing = scorecards.running()
    response = render(request, "imports/progress.html", {"running": running, "refreshing": refreshing})
    busy = bool(refreshing) or running.exists()
    if request.session.get("busy") and not busy:
        response.headers["HX-Refresh"] = "true"
    if request.session.get("busy", False) != busy:
        request.session["busy"] = busy
    return response


@needs(Right.IMPORT)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Files of one kind, brought in in the background."""
    form, files = UploadForm(request.POST), request.FILES.getlist("file")
    if not form.is_valid() or not files:
        wrong = [str(said) for name in ("mapping", "currency") for said in form.errors.get(name, [])]
        messages.error(request, " ".join(wrong) or _("Choose what the file holds, and a file"))
        return redirect("data")
    options = {**form.options, "check": True} if "check" in request.POST else form.options
    for file in files:
        if (file.size or 0) > LARGEST:
            messages.error(
                request, _("%(file)s is larger than 2 GB: import it from the command line") % {"file": file.name}
            )
            continue
        row = Import.objects.create(
            kind=form.cleaned_data["kind"],
            file=(file.name or "")[:300],
            who=signed_in(request).username,
            options=options,
        )
        try:
            lay_down(settings.HOME, row, file.chunks())
        except OSError:
            said = _(
                "%(file)s could not be kept: the server's disk is full or cannot be written to. Tell its administrator"
            )
            messages.error(request, said % {"file": file.name})
        else:
            audit.record(request.user, "import-upload", f"import:{row.pk}", {"kind": row.kind, "file": row.file})
    return redirect("data")


@needs(Right.DATA)
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One import: its report, and its rejected rows with what was wrong."""
    row = get_object_or_404(Import, pk=pk)
    headings, rejects = questions.rejected_rows(settings.HOME, row)
    reasons = [(code, number, REASONS.get(code, "")) for code, number in row.report.get("reasons", {}).items()]
    waits = awaits_word(row) and upload_of(settings.HOME, row).exists()
    context = {
        "row": row,
        "form": AnswerForm(row) if waits and row.state == ImportState.REFUSED else None,
        "waits": waits,
        "headings": headings,
        "rejects": rejects,
        "reasons": reasons,
        "warnings": [(WARNINGS.get(code, code), number) for code, number in row.report.get("warnings", {}).items()],
        "can_import": signed_in(request).may(Right.IMPORT),
    }
    return render(request, "imports/import.html", context)


@needs(Right.IMPORT)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that was checked, or that left something open, is read with what is said now."""
    row = get_object_or_404(Import, pk=pk, state__in=KEPT_WHILE)
    form = AnswerForm(row, request.POST)
    if not upload_of(settings.HOME, row).exists():
        messages.error(request, _("The file is no longer here: send it again"))
        return redirect("import", pk)
    if not form.is_valid():
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
        return redirect("import", pk)
    read_again(row, signed_in(request), form.options, form.cleaned_data.get("keep_as", ""))
    return redirect("data")


@needs(Right.IMPORT)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The file is not wanted after all; its record stays."""
    throw_away(get_object_or_404(Import, pk=pk, state__in=KEPT_WHILE), signed_in(request))
    return redirect("data")


@needs(Right.DATA)
@require_GET
def rejects(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rejected rows as a file, to be mended and sent again."""
    row = get_object_or_404(Import, pk=pk)
    path = questions.rejects_of(settings.HOME, row)
    if path is None:
        raise Http404
    audit.record(request.user, "export", f"import:{row.pk}", {"rejects": row.report.get("rows_rejected")})
    ending = format_of(row.file)
    content = given_back(path, ending, language())
    return FileResponse(content, as_attachment=True, filename=f"rejects-{row.pk}{ending}")


@needs(Right.IMPORT)
@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The rejected rows are not wanted: nobody is asked to mend them any more."""
    get_object_or_404(Import, pk=pk)
    if mending.leave_out(signed_in(request), pk):
        undo = reverse("import-reopen", args=[pk])
        messages.success(request, _("The rejected rows are left out"), extra_tags=f"undo:{undo}")
    return redirect("import", pk)


@needs(Right.IMPORT)
@require_POST
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Import, pk=pk)
    mending.ask_again(signed_in(request), pk)
    return redirect("import", pk)


@needs(Right.IMPORT)
@require_POST
def drop_mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """A saved mapping is no longer offered."""
    row = get_object_or_404(Mapping, pk=pk)
    audit.record(request.user, "mapping-drop", f"mapping:{row.name}", {"fields": row.fields})
    row.delete()
    return redirect("data")


@needs(Right.IMPORT)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        gone = undo(pk, settings.HOME, signed_in(request).username)
    except NotThere:
        raise Http404 from None
    messages.success(request, _("Taken back: %(n)s rows are gone") % {"n": f"{gone:,}"})
    ask_for_refresh()
    return redirect("data")


@needs(Right.IMPORT)
@require_POST
def compute_again(request: HttpRequest) -> HttpResponse:
    ask_for_refresh()
    messages.success(request, _("A refresh was started; its progress shows here"))
    return redirect("data")
