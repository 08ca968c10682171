"""A version of a scheme: for whom, its rules, what it would have cost; simulated, handed in."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from vitalfew.accounts.actions import exported
from vitalfew.coins import amount, written
from vitalfew.incentives import actions, questions
from vitalfew.incentives.background import simulate_soon
from vitalfew.incentives.forms import HandInForm, VersionForm
from vitalfew.incentives.models import SchemeRule, SchemeVersion
from vitalfew.incentives.rights import IncentiveRight
from vitalfew.incentives.rules import RuleKind
from vitalfew.incentives.telling import told
from vitalfew.incentives.words import VersionState
from vitalfew.lists.records import Pages
from vitalfew.people.fields import picked
from vitalfew.people.gate import needs, signed_in
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.people.saving import ASKED_FOR, SAVED, changed, done
from vitalfew.spreadsheets import guarded
from vitalfew.terms import Cooperation, Tier, label_of

FEW: Final = 10


def _around(user: User, row: SchemeVersion) -> dict[str, Any]:
    """For whom, its rules, what it would have cost."""
    rules = list(row.rules.filter(taken_out=False))
    can_make, totals = user.may(IncentiveRight.MAKE), user.may(IncentiveRight.TOTALS)
    return {
        "row": row, "rules": [(each, told(each.kind, each.terms, row.currency)) for each in rules], "kinds": list(RuleKind),
        "can_make": can_make, "may_edit": can_make and row.is_draft, "totals": totals, "whom": _whom(user, row),
        "can_export": user.may(Right.EXPORT), "told": _told(user, row, rules) if row.is_simulated and totals else None,
        "waits": row.approval if row.state == VersionState.ASKED else None,
        "hand_in": HandInForm(initial={"version": row.version}),
    }  # fmt: skip


def _whom(user: User, row: SchemeVersion) -> list[str]:
    """Each choice in words, of accounts those that the user sees; none: everybody."""
    seen, others = questions.chosen(user, row)
    further = [_("%(n)s others") % {"n": others}] if others else []
    chosen = [
        [_(label_of(Tier, each)) for each in row.tiers], row.regions,
        [_(label_of(Cooperation, each)) for each in row.cooperations], [*seen, *further],
    ]  # fmt: skip
    return [" · ".join(each) for each in chosen if each]


def _told(user: User, row: SchemeVersion, rules: list[SchemeRule]) -> dict[str, Any]:
    """What the simulation found, amounts to the coin, and its ends."""
    found, code = row.found, row.currency
    amounts = {name: written(amount(found[name], code), code) for name in ("cost", "sales", "before", "less", "more")}
    rows = questions.outcomes(user, row)
    contribution = found.get("contribution") if user.may(Right.MONEY) else None
    cost = float(amount(found["cost"], code))
    by_rule = [(each, written(amount(found["by_rule"].get(str(each.pk), 0), code), code)) for each in rules]
    return {
        **found, **amounts, "since": date.fromisoformat(found["since"]), "until": date.fromisoformat(found["until"]),
        "of_sales": found["cost"] / found["sales"] if found["sales"] > 0 else None,
        "of_contribution": cost / contribution if contribution and contribution > 0 else None,
        "rules": by_rule, "best": _lines(row, rows.by_gain("-")), "worst": _lines(row, rows.by_gain("")),
        "nearest": _lines(row, rows.filter(near=True).order_by("missing", "pk")),
    }  # fmt: skip


def _lines(row: SchemeVersion, rows: Any) -> list[dict[str, Any]]:
    return [{"account": each.account, **_amounts(row, each)} for each in rows[:FEW]]


def _amounts(row: SchemeVersion, each: Any) -> dict[str, str]:
    names = ("sales", "units", "before", "gain", "missing")
    figures = {name: getattr(each, name) for name in names}
    return {
        name: "" if value is None else written(amount(value, row.currency), row.currency)
        for name, value in figures.items()
    }


PAGES: Final = Pages(
    questions.versions, "incentives/version.html", _around, see=IncentiveRight.SEE, write=IncentiveRight.MAKE
)
version = PAGES.shows()


@needs(IncentiveRight.MAKE)
def edit_version(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft's days, and whom it is for."""
    user, row = signed_in(request), PAGES.found(request, pk)
    if not row.is_draft:
        raise Http404
    form = VersionForm(request.POST or None, instance=PAGES.found(request, pk), initial={"version": row.version})
    return changed(
        request, form, lambda number: actions.change_version(user, pk, number, picked(form, actions.OF_VERSION)),
        "incentives/edit.html", {"back": row, "draft": f"incentive-version-{pk}-{row.version}"},
    )  # fmt: skip


discard = PAGES.puts_away(
    actions.discard, undo="incentive-version-back", to=lambda row: row.scheme.get_absolute_url(), said=SAVED
)


@needs(IncentiveRight.MAKE)
@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    return done(request, lambda: actions.bring_back(user, pk), back="incentives")


@needs(IncentiveRight.MAKE)
@require_POST
def simulate(request: HttpRequest, pk: int) -> HttpResponse:
    """On the orders of the year before, in the background."""
    user, row = signed_in(request), PAGES.found(request, pk)
    return done(request, lambda: simulate_soon(actions.ask_simulation(user, pk)), row, said="")


@needs(IncentiveRight.SEE)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the simulation is; the page is loaded anew when it is done."""
    row = PAGES.found(request, pk)
    answer = render(request, "incentives/progress.html", {"row": row})
    if not row.is_running:
        answer["HX-Refresh"] = "true"
    return answer


hand_in = PAGES.takes("hand_in", HandInForm, actions.hand_in, said=ASKED_FOR)
take_back = PAGES.does(actions.take_back)


@needs(Right.EXPORT)
@require_GET
def outcomes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The simulation account by account, as far as the user sees them."""
    user, row = signed_in(request), PAGES.found(request, pk)
    exported(user, "incentive-outcomes", "csv", f"version={pk}")
    head = [
        _("Account"),
        _("Code"),
        _("Net sales"),
        _("Earned"),
        _("By the scheme as it is"),
        _("Missing to the next threshold"),
        _("Currency"),
    ]
    answer = StreamingHttpResponse(
        _csv(row, head, questions.outcomes(user, row)), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="simulation-{pk}.csv"'
    return answer


def _csv(row: SchemeVersion, head: list[str], rows: Any) -> Iterator[str]:
    yield "\ufeff" + _cells(head)
    for each in rows.iterator(chunk_size=2000):
        figures = (each.sales, each.units, each.before, each.missing)
        shown = ["" if value is None else str(amount(value, row.currency)) for value in figures]
        yield _cells([each.account.name, each.account.code, *shown, row.currency])


def _cells(cells: list[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([guarded(cell) for cell in cells])
    return buffer.getvalue()
