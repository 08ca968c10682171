"""How answers are written: JSON in which every number is finite, and the problems any operation may give."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from vitalfew.api.shapes import ProblemOut
from vitalfew.catalogue import plain


class Plain(BaseRenderer):
    """JSON as people read it: no escaped Chinese, no NaN."""

    media_type = "application/json"

    def render(self, _request: HttpRequest, data: Any, *, response_status: int) -> str:  # noqa: ARG002  (ninja's signature)
        return written(data)


def written(data: Any) -> str:
    return json.dumps(plain(data), ensure_ascii=False, allow_nan=False, cls=NinjaJSONEncoder)


def answer(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """An answer that is written at once, for operations whose answer is kept."""
    return HttpResponse(written(data), status=status, content_type="application/json; charset=utf-8", headers=headers)


REFUSALS: Final[Mapping[int, Any]] = {400: ProblemOut, 401: ProblemOut, 403: ProblemOut, 422: ProblemOut}


def responses(shape: Any, *problems: int, status: int = 200) -> dict[int, Any]:
    """The answer's shape and the problems that may come instead."""
    return {status: shape, **REFUSALS, **dict.fromkeys(problems, ProblemOut)}
