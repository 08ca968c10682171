"""/analyses: the registry, and every analysis with its options as query parameters."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final

from ninja import Query, Router

from vitalfew.accounts.api import visible
from vitalfew.api.answering import responses
from vitalfew.api.gate import Asked, needs
from vitalfew.api.problems import NO_ANSWER, NOT_ACCEPTED, Problem, forbidden, not_accepted, not_found
from vitalfew.catalogue import Analysis, Refusal, UnknownOption, catalogue
from vitalfew.language import Message
from vitalfew.outlets.answers import described, document, with_tables
from vitalfew.outlets.api.shapes import AnalysisOut, Answer
from vitalfew.outlets.insight import answer_to, run_now
from vitalfew.people import audit
from vitalfew.people.language import language
from vitalfew.people.permissions import Right
from vitalfew.terms import gettext_noop as _
from vitalfew.warehouse.run import day_number, typed

logger = logging.getLogger(__name__)
router = Router(tags=["analyses"])
OURS: Final = frozenset({"account", "as_of", "currency"})
OF_THE_BOOK: Final = frozenset({"rows", "headline", "figures", "fit"})
"""What the result's head tells of the whole book."""


@router.get("", auth=needs(Right.ACCOUNTS), response=responses(list[AnalysisOut]), operation_id="list_analyses")
def list_analyses(request: Asked) -> list[dict[str, Any]]:  # noqa: ARG001  (ninja hands it over)
    """Every analysis: its question, inputs, options, columns and source."""
    return [described(each, language()) for each in catalogue().values()]


@router.get(
    "/{slug:name}",
    auth=needs(Right.ACCOUNTS),
    response=responses(Answer, 404),
    operation_id="run_analysis",
    openapi_extra={
        "parameters": [
            {"in": "query", "name": "options", "required": False, "style": "form", "explode": True,
             "schema": {"type": "object", "additionalProperties": {"type": "string"}},
             "description": "The analysis' own parameters, as the registry lists them"},
        ]
    },
)  # fmt: skip
def run_analysis(
    request: Asked,
    name: str,
    account: Annotated[str | None, Query(description="Only this account's rows")] = None,
    as_of: Annotated[date | None, Query(description="Look no further than this day")] = None,
    currency: Annotated[str | None, Query(max_length=3, description="The currency to count")] = None,
) -> dict[str, Any]:
    """An analysis' answer: for one account, or for the whole book where the role may."""
    declared = catalogue().get(name)
    if declared is None:
        raise not_found()
    asked = {key: request.GET[key] for key in request.GET if key not in OURS}
    _permitted(request, declared, asked, whole=account is None)
    code = None if account is None else visible(request.auth, account).code
    answer = document(_result(declared, asked, as_of, currency), language())
    if code is None:
        audit.record(request.auth, "export", f"analysis:{name}", {"rows": len(answer["rows"]), "options": asked})
        return answer
    return _of_account(answer, code)


def _permitted(request: Asked, declared: Analysis, asked: Mapping[str, str], *, whole: bool) -> None:
    if whole and not (request.auth.may(Right.INSIGHT) and request.auth.may(Right.EXPORT)):
        raise forbidden()
    if declared.tells_money(asked) and not request.auth.may(Right.MONEY):
        raise forbidden()
    if not whole and not declared.of_accounts:
        raise not_accepted("account", Message(_("This analysis doesn't speak of single accounts")))


def _result(declared: Analysis, asked: Mapping[str, str], as_of: date | None, currency: str | None) -> Any:
    try:
        if as_of is None and currency is None:
            return answer_to(declared, asked)
        return run_now(declared, typed(declared, asked), None if as_of is None else day_number(as_of), currency)
    except UnknownOption as unknown:
        raise (
            not_accepted(unknown.option, unknown.message) if unknown.option else Problem(NOT_ACCEPTED, unknown.message)
        ) from None
    except Refusal as refusal:
        raise Problem(NO_ANSWER, with_tables(declared, refusal.message, language())) from None
    except (ArithmeticError, LookupError, MemoryError, ValueError):
        if not asked:
            raise
        logger.warning("%s with %s", declared.name, dict(asked), exc_info=True)
        raise Problem(NOT_ACCEPTED, Message(_("With these options there is nothing to compute"))) from None


def _of_account(answer: dict[str, Any], code: str) -> dict[str, Any]:
    """The account's rows, without what the head tells of all others."""
    meta = {name: value for name, value in answer["meta"].items() if name not in OF_THE_BOOK}
    rows = [row for row in answer["rows"] if row[0] == code]
    return {"meta": {**meta, "rows": len(rows)}, "columns": answer["columns"], "rows": rows}
