"""/mail-wishes/: what a reader of our letters wants, without signing in; the key in the address is signed by the house."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from vitalfew.outbox import refusing
from vitalfew.outbox.words import OPTIONAL
from vitalfew.people.gate import needs
from vitalfew.people.outside import open_to_all
from vitalfew.people.permissions import Right


@open_to_all
@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest, key: str) -> HttpResponse:
    """Each kind of letter that one can do without, with its tick."""
    of = _mark(key)
    if request.method == "POST":
        wanted = set(request.POST.getlist("kind"))
        refusing.refuse(of, [kind.value for kind in OPTIONAL if kind.value not in wanted])
        return redirect(f"{request.path}?saved=1")
    refused = refusing.unwanted(of)
    kinds = [(kind, kind.value not in refused) for kind in OPTIONAL]
    return render(request, "outbox/wishes.html", {"kinds": kinds, "saved": "saved" in request.GET})


@csrf_exempt  # by a mail program, which holds no cookie: who has the signed key may do this and nothing else (RFC 8058)
@needs(Right.OPEN)
@require_POST
def unwanted(_request: HttpRequest, key: str, name: str) -> HttpResponse:
    """POST by a mail program's one click: no more of this kind."""
    of = _mark(key)
    kind = next((each for each in OPTIONAL if each.value == name), None)
    if kind is None:
        raise Http404
    refusing.without(of, kind)
    return HttpResponse(status=204)


def _mark(key: str) -> str:
    of = refusing.read(key)
    if of is None:
        raise Http404
    return of
