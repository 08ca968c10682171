"""Insight: every analysis with its options, chart, table and method; and 'how do we know?' behind each figure."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vitalfew.accounts import questions
from vitalfew.accounts.pages import _user, found
from vitalfew.catalogue import Analysis, Refusal, UnknownOption, catalogue
from vitalfew.outlets.answers import as_csv, as_json
from vitalfew.outlets.templatetags.figures import cell, language
from vitalfew.people import audit
from vitalfew.people.gate import needs
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import Group
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine, connect
from vitalfew.warehouse.run import FromStore, Result, day_number, start, typed
from vitalfew.warehouse.store import Store

SHOWN = 200


@needs(Right.INSIGHT)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All analyses, by group, each with its question and its latest finding."""
    refresh = scorecards.current()
    groups = [(group, [each for each in catalogue().values() if each.group is group]) for group in Group]
    found_now = refresh.summaries if refresh else {}
    return render(request, "outlets/insight.html", {"groups": [(g, e) for g, e in groups if e], "found": found_now})


@needs(Right.INSIGHT)
@require_GET
def analysis(request: HttpRequest, name: str) -> HttpResponse:
    """One analysis: its options as a form, its answer, its method."""
    declared = catalogue().get(name)
    if declared is None:
        raise Http404
    given = {option: request.GET[option] for option in declared.options if request.GET.get(option, "") != ""}
    asked = {**{option: str(value) for option, value in scorecards.YEARLY.get(name, {}).items()}, **given}
    context: dict[str, Any] = {
        "analysis": declared,
        "options": _fields(declared, asked),
        "query": request.GET.urlencode(),
    }
    try:
        result = _result(declared, asked)
    except (Refusal, UnknownOption) as refused:
        return render(request, "outlets/analysis.html", {**context, "refused": refused.message})
    if request.GET.get("format") in {"csv", "json"} and _user(request).may(Right.EXPORT):
        return _file(request, result, request.GET["format"])
    return render(request, "outlets/analysis.html", {**context, **_answer(result, _user(request))})


def _fields(declared: Analysis, asked: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "option": option,
            "value": asked.get(name, str(option.default)),
            "names": [(c, option.choice.names.get(c, c)) for c in option.choices],
        }
        for name, option in declared.options.items()
    ]


def _result(declared: Analysis, asked: dict[str, str]) -> Result:
    return run_now(declared, typed(declared, asked))


def run_now(
    declared: Analysis, options: Mapping[str, Any], as_of: int | None = None, currency: str | None = None
) -> Result:
    """The analysis on the facts as they are: as of the day of the lists, unless another is asked for."""
    engine = DuckEngine(connect("1GB"))
    refresh = scorecards.current()
    day = as_of if as_of is not None else day_number(refresh.as_of) if refresh else None
    run = start(FromStore(engine, Store(settings.HOME.facts).snapshot()), engine, day, currency)
    return run.result(declared.name, **options)


def _answer(result: Result, user: User) -> dict[str, Any]:
    chart = result.chart(language())
    shown = _largest_first(result).slice(0, SHOWN).to_pylist()
    return {
        "result": result,
        "meta": result.described(language()),
        "spec": questions.with_names(user, chart.spec) if chart else None,
        "rows": [_cells(row, result) for row in shown],
        "names": questions.names_of(user, {row["customer"] for row in shown if "customer" in row}),
        "more": max(result.table.num_rows - SHOWN, 0),
    }


def _largest_first(result: Result) -> pa.Table:
    """The rows as the chart ranks them; as they came where it ranks none."""
    drawing = result.analysis.drawing
    if drawing is None or drawing.kind not in {"top", "points"}:
        return result.table
    return result.table.sort_by([(drawing.y, "descending"), ("customer", "ascending")])


def _cells(row: dict[str, Any], result: Result) -> list[tuple[Any, Any]]:
    return [
        (column, cell(row[column.name], column.unit, result.currency, column.words))
        for column in result.analysis.columns
    ]


def _file(request: HttpRequest, result: Result, kind: str) -> HttpResponse:
    user = _user(request)
    audit.record(user, "export", f"analysis:{result.analysis.name}", {"rows": result.table.num_rows})
    content = as_csv(result) if kind == "csv" else as_json(result, language()).encode()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if kind == "csv" else "application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{result.analysis.name}.{kind}"'
    return response


@needs(Right.ACCOUNTS)
@require_GET
def why(request: HttpRequest, name: str) -> HttpResponse:
    """How do we know: definition, this account's inputs, interval, date, source."""
    declared, user = catalogue().get(name), _user(request)
    account = found(request, request.GET.get("account", ""))
    refresh = scorecards.current()
    if declared is None or refresh is None or (about_money(declared, {}) and not user.may(Right.MONEY)):
        raise Http404
    rows = scorecards.of_account(settings.HOME, refresh, name, account.code)
    figures = [
        (column, cell(row[column.name], column.unit, refresh.currency, column.words))
        for row in rows[:1]
        for column in declared.columns
        if column.name != "customer"
    ]
    context = {
        "analysis": declared,
        "account": account,
        "figures": figures,
        "refresh": refresh,
        "can_insight": user.may(Right.INSIGHT),
    }
    return render(request, "outlets/why.html", context)


def about_money(declared: Analysis, options: Mapping[str, Any]) -> bool:
    """Whether the answer tells margins, contribution or lifetime value."""
    told = declared.group in {Group.CONTRIBUTION, Group.VALUE} or declared.name == "tiers"
    return told or options.get("basis") == "margin"


@needs(Right.ACCOUNTS)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The box that finds accounts, analyses and pages."""
    user, text = _user(request), request.GET.get("q", "").strip()
    accounts = [
        {"label": a.name, "detail": a.code, "url": a.get_absolute_url(), "kind": "account"}
        for a in questions.found_by(user, text)
    ]
    return render(request, "parts/palette.html", {"results": accounts + _analyses(request, text), "q": text})


def _analyses(request: HttpRequest, text: str) -> list[dict[str, str]]:
    from django.urls import reverse
    from django.utils.translation import gettext

    if not text or not _user(request).may(Right.INSIGHT):
        return []
    named = [(gettext(each.title), each) for each in catalogue().values()]
    return [
        {
            "label": title,
            "detail": gettext(each.question),
            "url": reverse("analysis", args=[each.name]),
            "kind": "analysis",
        }
        for title, each in named
        if text.lower() in title.lower() or text.lower() in each.name
    ][:5]
