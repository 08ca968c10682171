"""What a customer is told of a period: what it did, what that earns, what is paid; as page, PDF and CSV in three languages."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from vitalfew.coins import amount, written
from vitalfew.incentives.models import SchemeRule, Standing
from vitalfew.incentives.rules import RuleKind
from vitalfew.language import Message
from vitalfew.paper import FONTS, laid_out
from vitalfew.people.language import language
from vitalfew.spreadsheets import guarded
from vitalfew.terms import label_of


def lines(row: Standing) -> list[dict[str, Any]]:
    """Rule by rule: its kind, how it was reckoned, the amount, what is missing to more."""
    kinds = dict(SchemeRule.objects.filter(pk__in=[each["rule"] for each in row.lines]).values_list("pk", "kind"))
    return [
        {
            "code": kinds[each["rule"]], "kind": label_of(RuleKind, kinds[each["rule"]]), "told": Message.restored(each["told"]),
            "amount": amount(each["units"], row.currency), "exactly": written(amount(each["units"], row.currency), row.currency),
            "missing": "" if each["missing"] is None else written(amount(each["missing"], row.currency), row.currency),
        }
        for each in row.lines
    ]  # fmt: skip


def context(row: Standing) -> dict[str, Any]:
    return {"standing": row, "lines": lines(row), "today": timezone.localdate()}


def written_out(row: Standing, code: str) -> str:
    """The statement itself in the language of that code."""
    with translation.override(code):
        return render_to_string("incentives/statement_text.html", context(row))


def pdf(row: Standing, code: str) -> bytes:
    with translation.override(code):
        page = render_to_string("incentives/statement_paper.html", context(row) | {"font": FONTS[language()]})
    made: bytes = laid_out(page).write_pdf()
    return made


def as_csv(row: Standing, code: str) -> str:
    """For a spreadsheet, with nothing that it would run."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    with translation.override(code):
        for cells in _cells(row):
            writer.writerow([guarded(cell) for cell in cells])
    return "\ufeff" + buffer.getvalue()


def _cells(row: Standing) -> Iterator[list[Any]]:
    said = translation.gettext
    yield [said("Account"), said("Code"), said("Scheme"), said("From"), said("Until"), said("Rule"), said("How it comes about"),
           said("Amount"), said("Currency")]  # fmt: skip
    head: list[Any] = [
        row.account.name,
        row.account.code,
        row.of.scheme.name,
        row.since.isoformat(),
        row.until.isoformat(),
    ]
    for each in lines(row):
        yield [*head, said(each["kind"]), each["told"].say(language()), str(each["amount"]), row.currency]
    yield [*head, said("Together"), "", str(amount(row.units, row.currency)), row.currency]
