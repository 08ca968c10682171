"""The API's description: OpenAPI 3.1, and the same as a page to read."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vitalfew.api.answering import written
from vitalfew.api.problems import KINDS, MEDIA_TYPE

PREFIX: Final = "api/v1/"
JSON: Final = "application/json"
REFUSED: Final = 400
ABOUT: Final = (
    "Every operation asks for the right its page asks for: sign in, or send a token as `Authorization: Bearer vf_…` "
    "(`vitalfew user token NAME` makes one). A record you may not see is answered as if it did not exist. Single "
    "records carry an ETag; changes name it as If-Match (428 without, 412 when somebody saved meanwhile). A POST may carry an "
    "Idempotency-Key. Lists end with `next`, the cursor that `after` takes. Errors are RFC 9457 problem details."
)


def schema() -> dict[str, Any]:
    """The description as OpenAPI 3.1."""
    from vitalfew.api.routes import api

    described = dict(api.get_openapi_schema(path_prefix=PREFIX))
    for methods in described["paths"].values():
        for operation in methods.values():
            _as_problems(operation["responses"])
    return described


def _as_problems(answers: dict[Any, Any]) -> None:
    """Refusals come as problem details, not as plain JSON."""
    for status, answer in answers.items():
        if int(status) >= REFUSED and JSON in answer.get("content", {}):
            answer["content"] = {MEDIA_TYPE: answer["content"][JSON]}


def document(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(written(schema()), content_type="application/json; charset=utf-8")


def page(request: HttpRequest) -> HttpResponse:
    """The description to read, made from the same schema; nothing is loaded from elsewhere."""
    described = schema()
    context = {
        "about": ABOUT,
        "operations": [
            _operation(path, method, operation)
            for path, methods in described["paths"].items()
            for method, operation in methods.items()
        ],
        "shapes": [_shape(name, shape) for name, shape in sorted(described["components"]["schemas"].items())],
        "problems": KINDS,
    }
    return render(request, "api/docs.html", context)


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "path": path,
        "method": method.upper(),
        "id": operation["operationId"],
        "about": operation.get("description") or operation["summary"],
        "parameters": [
            {**each, "type": _type(each["schema"]), "where": each["in"]} for each in operation.get("parameters", [])
        ],
        "body": [_type(content["schema"]) for content in operation.get("requestBody", {}).get("content", {}).values()],
        "answers": [
            {"status": status, "type": " | ".join(_type(c["schema"]) for c in answer.get("content", {}).values())}
            for status, answer in operation["responses"].items()
        ],
    }


def _shape(name: str, shape: Mapping[str, Any]) -> dict[str, Any]:
    required = shape.get("required", [])
    fields = [
        {"name": field, "type": _type(each), "about": each.get("description", ""), "required": field in required}
        for field, each in shape.get("properties", {}).items()
    ]
    return {"name": name, "about": shape.get("description", ""), "fields": fields}


def _type(schema: Mapping[str, Any]) -> str:
    """A schema in a word or two: string, integer | null, [Account]."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    if "enum" in schema:
        return " | ".join(str(each) for each in schema["enum"])
    return str(schema.get("format") or schema.get("type") or "any")
