"""Idempotency-Key: a request that is sent again, because its answer was lost on the way, is worked on once.

A key belongs to its user. The first request claims it; the same request again gets the first answer, another request
with the same key is refused, and one that comes while the first is still worked on is asked to wait. Only answers that
changed something (2xx) are kept: a refusal frees its key.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from vitalfew.api.gate import Asked
from vitalfew.api.models import KeptAnswer
from vitalfew.api.problems import CONFLICT, KEY_USED, Problem, not_accepted
from vitalfew.language import Message
from vitalfew.terms import gettext_noop as _

LONGEST: Final = 255
GIVEN_UP: Final = timedelta(minutes=10)
"""After so long without an answer, the process that claimed the key is taken to be gone."""
KEPT: Final = timedelta(days=7)
HEADERS: Final = ("Location", "ETag")
PARAMETER: Final = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST},
    "description": "The same key with the same body is worked on once; the first answer is given again.",
}

Operation = Callable[..., HttpResponse]


def once(operation: Operation) -> Operation:
    """Work on a request with the same key once."""

    @wraps(operation)
    def worked_on(request: Asked, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return operation(request, *args, **kwargs)
        if len(key) > LONGEST:
            raise not_accepted("Idempotency-Key", Message(_("The key is too long")))
        fingerprint = _fingerprint(request)
        claim = _claim(request, key, fingerprint)
        if claim.status is not None:
            return _again(claim)
        try:
            answer = operation(request, *args, **kwargs)
        except BaseException:
            claim.delete()
            raise
        return _keep(claim, answer)

    return worked_on


def _claim(request: Asked, key: str, fingerprint: str) -> KeptAnswer:
    """The request's claim on the key, or the answer kept under it."""
    now = timezone.now()
    KeptAnswer.objects.filter(begun_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(user=request.auth, key=key, fingerprint=fingerprint, begun_at=now)
    except IntegrityError:
        found = KeptAnswer.objects.filter(user=request.auth, key=key).first()
    if found is not None and found.fingerprint != fingerprint:
        raise Problem(KEY_USED, Message(_("Use a fresh key for each request")))
    if found is None or (found.status is None and not _taken_over(found)):
        raise Problem(CONFLICT, Message(_("The first request is still worked on")), headers={"Retry-After": "1"})
    return found


def _taken_over(found: KeptAnswer) -> bool:
    """One of those who wait takes over from a process that is gone."""
    now = timezone.now()
    left = KeptAnswer.objects.filter(pk=found.pk, begun_at=found.begun_at, status=None, begun_at__lt=now - GIVEN_UP)
    return left.update(begun_at=now) == 1


def _again(kept: KeptAnswer) -> HttpResponse:
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json; charset=utf-8")
    for name, value in kept.headers.items():
        response.headers[name] = value
    response.headers["Idempotency-Replayed"] = "true"
    return response


def _keep(claim: KeptAnswer, answer: HttpResponse) -> HttpResponse:
    claim.status, claim.body = answer.status_code, answer.content.decode()
    claim.headers = {name: answer.headers[name] for name in HEADERS if name in answer.headers}
    claim.save(update_fields=["status", "body", "headers"])
    return answer


def _fingerprint(request: HttpRequest) -> str:
    """What was sent, told apart by its content: a file's boundary changes with every sending, its bytes don't."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            digest.update(repr((name, values)).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest.update(repr((name, file.name, file.size)).encode())
                for chunk in file.chunks():
                    digest.update(chunk)
    else:
        digest.update(request.body)
    return digest.hexdigest()
