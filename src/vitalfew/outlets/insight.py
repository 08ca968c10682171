"""Insight: every analysis with its options, chart, table and method; and 'how do we know?' behind each figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from vitalfew.accounts import questions
from vitalfew.accounts.facts_of import with_product_names
from vitalfew.accounts.findings_of import MOST_ROWS
from vitalfew.accounts.pages import found
from vitalfew.accounts.remembered import remembered
from vitalfew.backtests.kept import kept
from vitalfew.backtests.register import backtests
from vitalfew.catalogue import Analysis, Column, Refusal, UnknownOption, catalogue
from vitalfew.language import Message
from vitalfew.outlets.answers import as_csv, as_json, largest_first
from vitalfew.outlets.beside import BESIDE
from vitalfew.outlets.losing import losing_first
from vitalfew.outlets.templatetags.figures import cell
from vitalfew.panels import MONTHS_A_YEAR, last_whole_month, month_start
from vitalfew.people import audit
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.language import language
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.terms import Group
from vitalfew.warehouse import scorecards
from vitalfew.warehouse.engines.duck import DuckEngine, connect
from vitalfew.warehouse.known import known
from vitalfew.warehouse.models import Refresh, RefreshState
from vitalfew.warehouse.run import Result, day_number, day_of, start, typed

SHOWN = 200
TWELVE_MONTHS = {*scorecards.YEARLY, "trend", "tiers"}
"""Analyses whose figures are of the last twelve whole months."""
MOST_DIGITS = 18
"""More has no number that a database takes."""


@needs(Right.INSIGHT)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All analyses, by group, each with its question and its latest finding."""
    refresh = scorecards.current()
    seen = [each for each in catalogue().values() if not each.confidential or signed_in(request).may(Right.MONEY)]
    groups = [(group, [each for each in seen if each.group is group]) for group in Group]
    said = _said_now(refresh, signed_in(request)) if refresh else {}
    return render(request, "outlets/insight.html", {"groups": [(g, e) for g, e in groups if e], "said": said})


def _said_now(refresh: Refresh, user: User) -> dict[str, tuple[bool, Message]]:
    """What each analysis found in a sentence, or why it found nothing: whether it found, and the sentence."""
    kept = {name: (each.get("headline"), each.get("refused")) for name, each in refresh.summaries.items()}
    said = {name: (bool(found), Message.restored(found or no)) for name, (found, no) in kept.items() if found or no}
    names = questions.names_of(user, {code for _found, each in said.values() for code in each.accounts})
    return {name: (found, each.naming(names)) for name, (found, each) in said.items()}


@needs(Right.INSIGHT)
@require_GET
def analysis(request: HttpRequest, name: str) -> HttpResponse:
    """One analysis: its options as a form, its answer, its method."""
    declared = catalogue().get(name)
    if declared is None:
        raise Http404
    user = signed_in(request)
    given = {option: request.GET[option] for option in declared.options if request.GET.get(option, "") != ""}
    asked = {**{option: str(value) for option, value in scorecards.YEARLY.get(name, {}).items()}, **given}
    try:
        typed(declared, asked)
    except UnknownOption as wrong:
        return _asked_again(request, declared, asked, wrong)
    if declared.tells_money(asked) and not user.may(Right.MONEY):
        raise Http404
    context: dict[str, Any] = {
        "analysis": declared,
        "options": _fields(declared, asked),
        "query": request.GET.urlencode(),
        "proof": _proof(declared),
        "can_export": user.may(Right.EXPORT),
        "beside": BESIDE.get(name),
    }
    try:
        if request.GET.get("format") in {"csv", "json"}:
            user.must(Right.EXPORT)
            return _file(request, answer_to(declared, asked), request.GET["format"])
        shown = _shown_to(declared, asked)
    except Refusal as refused:
        return render(request, "outlets/analysis.html", {**context, "refused": refused.message})
    return render(request, "outlets/analysis.html", {**context, **_named(shown, user)})


def _asked_again(request: HttpRequest, declared: Analysis, asked: dict[str, str], wrong: UnknownOption) -> HttpResponse:
    """The form with what is wrong beside its field; nothing was computed."""
    context = {"analysis": declared, "options": _fields(declared, asked, wrong), "wrong": wrong.message}
    return render(request, "outlets/analysis.html", context, status=422)


def _fields(declared: Analysis, asked: dict[str, str], wrong: UnknownOption | None = None) -> list[dict[str, Any]]:
    return [
        {
            "error": wrong.message if wrong and wrong.option == name else None,
            "option": option,
            "value": asked.get(name, str(option.default)),
            "names": [(c, option.choice.names.get(c, c)) for c in option.choices],
        }
        for name, option in declared.options.items()
    ]


def answer_to(declared: Analysis, asked: Mapping[str, str]) -> Result:
    """What the latest refresh found, where it was computed with these options; else computed now."""
    refresh = kept_for(declared, asked)
    if refresh:
        return scorecards.result(settings.HOME, refresh, declared.name)
    return run_now(declared, typed(declared, asked))


def kept_for(declared: Analysis, asked: Mapping[str, str]) -> Refresh | None:
    """The refresh that has asked just this, if the latest one has."""
    refresh = scorecards.current()
    kept = refresh.summaries.get(declared.name) if refresh else None
    if kept is None:
        return None
    chosen = {name: option.default for name, option in declared.options.items()}
    same = {**chosen, **typed(declared, asked)} == {**chosen, **scorecards.YEARLY.get(declared.name, {})}
    return refresh if same else None


def run_now(
    declared: Analysis, options: Mapping[str, Any], as_of: int | None = None, currency: str | None = None
) -> Result:
    """The analysis on the facts as they are: as of the day of the lists, unless another is asked for."""
    engine = DuckEngine(connect("1GB"))
    refresh = scorecards.current()
    day = as_of if as_of is not None else day_number(refresh.as_of) if refresh else None
    run = start(known(settings.HOME, engine), engine, day, currency)
    return run.result(declared.name, **options)


def _proof(declared: Analysis) -> dict[str, Any] | None:
    """How well it would have known on the own past, as far as that was worked out: over all days first, then each."""
    asked, found = backtests().get(declared.name), kept(settings.HOME, declared.name)
    if asked is None or found is None:
        return None
    figures = asked.columns[1:]
    days = [(day_number(date.fromisoformat(row["as_of"])), _told(row, figures)) for row in found.origins]
    pooled = _told(found.pooled, figures) if found.origins else None
    as_of = day_number(date.fromisoformat(found.as_of))
    stated = [row for row in found.reliability if row["accounts"]]
    return {"found": found, "as_of": as_of, "columns": asked.columns, "pooled": pooled, "days": days, "stated": stated}


def _told(row: Mapping[str, Any], columns: Sequence[Column]) -> list[Any]:
    return [cell(row.get(column.name), column.unit, "", None) for column in columns]


@dataclass(frozen=True)
class _Shown:
    """What the page shows of a result: its head, its chart's data, its first rows."""

    meta: Mapping[str, Any]
    headline: Message | None
    warnings: Sequence[Message]
    spec: dict[str, Any] | None
    rows: list[dict[str, Any]]
    as_of: int
    currency: str


def _shown_to(declared: Analysis, asked: Mapping[str, str]) -> _Shown:
    refresh = kept_for(declared, asked)
    if refresh is None:
        return _shown(answer_to(declared, asked))
    name = f"insight:{declared.name}:{language()}"
    return remembered(refresh, name, lambda: _shown(answer_to(declared, asked)))


def _shown(result: Result) -> _Shown:
    chart = result.chart(language())
    rows = with_product_names(settings.HOME, largest_first(result).slice(0, SHOWN).to_pylist())
    spec = chart.spec if chart else None
    said = (result.findings.headline, result.warnings)
    return _Shown(result.described(language()), *said, spec, rows, result.as_of, result.currency)


def _named(shown: _Shown, user: User) -> dict[str, Any]:
    """With the names of the accounts that the user may see, cells written for people."""
    declared = catalogue()[shown.meta["analysis"]]
    columns, codes = declared.columns, {row["customer"] for row in shown.rows if "customer" in row}
    spoken = [each for each in (shown.headline, *shown.warnings) if each]
    names = questions.names_of(user, codes.union(*(each.accounts for each in spoken)))
    headline = shown.headline.naming(names) if shown.headline else None
    [spec] = questions.with_names(user, shown.spec) if shown.spec else [None]
    return {
        "meta": shown.meta,
        "headline": headline,
        "warnings": [
            *losing_first(declared, shown.rows, user, names),
            *(each.naming(names) for each in shown.warnings),
        ],
        "fit": {n: _readable(value) for n, value in shown.meta["fit"].items() if not isinstance(value, Mapping)},
        "as_of": shown.as_of,
        "spec": {**spec, "title": headline.say(language())} if spec and headline else spec,
        "rows": [_cells(row, columns, shown.currency) for row in shown.rows],
        "names": names,
        "more": max(shown.meta["rows"] - SHOWN, 0),
    }


def _readable(value: Any) -> Any:
    """Parameters of a model with as many figures as one reads."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    return [_readable(each) for each in value] if isinstance(value, list | tuple) else value


def _cells(row: dict[str, Any], columns: Sequence[Column], currency: str) -> list[tuple[Any, Any]]:
    """The account by its code, for its link; None where a row is of no account, such as our own shelves."""
    return [
        (column, row[column.name] if column.name == "customer" else _cell(row, column, currency)) for column in columns
    ]


def _cell(row: dict[str, Any], column: Column, currency: str) -> str:
    return cell(row.get(column.name), column.in_row(row).unit, currency, column.words)


def _file(request: HttpRequest, result: Result, kind: str) -> HttpResponse:
    user = signed_in(request)
    audit.record(user, "export", f"analysis:{result.analysis.name}", {"rows": result.table.num_rows})
    content = as_csv(result) if kind == "csv" else as_json(result, language()).encode()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if kind == "csv" else "application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{result.analysis.name}.{kind}"'
    return response


def _refresh_asked(number: str) -> Refresh | None:
    """A past one by its number, else the one that lists show."""
    if not number:
        return scorecards.current()
    done = Refresh.objects.filter(state=RefreshState.DONE)
    return done.filter(pk=int(number)).first() if number.isdecimal() and len(number) <= MOST_DIGITS else None


@needs(Right.ACCOUNTS)
@require_GET
def why(request: HttpRequest, name: str) -> HttpResponse:
    """How do we know: definition, this account's inputs, interval, date, source."""
    declared, user = catalogue().get(name), signed_in(request)
    account = found(request, request.GET.get("account", ""))
    refresh = _refresh_asked(request.GET.get("at", ""))
    if declared is None or refresh is None or not declared.of_accounts:
        raise Http404
    if declared.tells_money({}) and not user.may(Right.MONEY):
        raise Http404
    rows = scorecards.of_account(settings.HOME, refresh, name, account.code)
    asked = request.GET.get("of", "")
    told = sorted((c for c in declared.columns if c.name != "customer"), key=lambda column: column.name != asked)
    context = {
        "analysis": declared,
        "account": account,
        "columns": told,
        "rows": [_cells(row, told, refresh.currency) for row in with_product_names(settings.HOME, rows[:MOST_ROWS])],
        "more": max(len(rows) - MOST_ROWS, 0),
        "refresh": refresh,
        "asked": asked,
        "span": _span(declared, refresh),
        "can_insight": user.may(Right.INSIGHT),
    }
    return render(request, "outlets/why.html", context)


def _span(declared: Analysis, refresh: Refresh) -> tuple[date, date] | None:
    """The twelve whole months whose orders are behind its figures, where it speaks of these."""
    if declared.name not in TWELVE_MONTHS:
        return None
    last = last_whole_month(day_number(refresh.as_of))
    return day_of(month_start(last - MONTHS_A_YEAR + 1)), day_of(month_start(last + 1) - 1)
