"""The form in which few products are told of on a phone: what was sold and is left, product by product.

What is filled in becomes a file like any other, so that it is kept and found again.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.exchange.forms import DataForm as DataFileForm
from vitalfew.exchange.models import DataExchange, DataRow
from vitalfew.exchange.shape import Line, Read
from vitalfew.exchange.taking import NOTHING_SAID, Sent
from vitalfew.exchange.words import Format, Measure, Way
from vitalfew.people.fields import DAY, dressed
from vitalfew.people.records import NotPossible

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["DataFileForm", "FillForm", "form", "sent"]
MOST: Final = 30
LATELY: Final = timedelta(days=62)
"""Products that were told of so lately are asked for."""
EMPTY: Final = 3
"""Lines for further products."""


class FillForm(forms.Form):
    """A day, and a line for each product."""

    day = forms.DateField(label=_("Last day that is told of"), widget=DAY)

    def __init__(self, exchange: DataExchange, known: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [*known, *((("", ""),) * EMPTY)]
        self.measures = [measure for measure, told in _measures(exchange) if told]
        for number, (product, place) in enumerate(self.lines):
            self._asked(number, product, place)
        dressed(self)

    def _asked(self, number: int, product: str, place: str) -> None:
        label = " · ".join(filter(None, (product, place)))
        if not product:
            self.fields[f"product-{number}"] = forms.CharField(label=_("Product code"), max_length=100, required=False)
        for measure in self.measures:
            self.fields[f"{measure.value}-{number}"] = forms.DecimalField(
                label=label, required=False, max_digits=14, decimal_places=4, min_value=None
            )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day

    def rows(self) -> Iterator[tuple[str, str, list[tuple[Measure, Any]]]]:
        """Product, place and its fields, for the page."""
        for number, (product, place) in enumerate(self.lines):
            yield product, place, [(each, self[f"{each.value}-{number}"]) for each in self.measures]

    @property
    def table(self) -> list[dict[str, Any]]:
        return [
            {"product": product, "place": place, "code": None if product else self[f"product-{number}"],
             "cells": [{"label": measure.label, "field": bound} for measure, bound in cells]}
            for number, (product, place, cells) in enumerate(self.rows())
        ]  # fmt: skip

    def said(self) -> list[Line]:
        """The lines in which something stands."""
        return [line for number in range(len(self.lines)) if (line := self._line(number))]

    def _line(self, number: int) -> Line | None:
        product, place = self.lines[number]
        product = product or self.cleaned_data.get(f"product-{number}", "").strip()
        told = {measure: self.cleaned_data.get(f"{measure.value}-{number}") for measure in self.measures}
        given: dict[Measure, Decimal] = {
            measure: quantity for measure, quantity in told.items() if quantity is not None
        }
        return Line(number + 2, self.cleaned_data["day"], product, place, given) if product and given else None


def _measures(exchange: DataExchange) -> tuple[tuple[Measure, str], ...]:
    return (Measure.SOLD, exchange.sell_out), (Measure.STOCK, exchange.stock)


def form(exchange: DataExchange, data: Any = None) -> FillForm:
    """For the products that were told of lately."""
    since = timezone.localdate() - LATELY
    lately = DataRow.objects.filter(account=exchange.account_id, current=True, day__gte=since)
    known = sorted(set(lately.values_list("product", "place")))[:MOST]
    return FillForm(exchange, known, data, initial={"day": timezone.localdate()})


def sent(form: FillForm, *, by_them: bool) -> Sent:
    """As a file: a line for each product."""
    lines = form.said()
    if not lines:
        raise NotPossible(NOTHING_SAID)
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    table.writerow(["date", "product", "place", *(measure.value for measure in form.measures)])
    for line in lines:
        table.writerow([line.day, line.product, line.place, *(line.told.get(each, "") for each in form.measures)])
    name = f"{form.cleaned_data['day']:%Y-%m-%d}.csv"
    return Sent(name, buffer.getvalue().encode(), Way.PORTAL, by_them, read=Read(Format.FORM, lines, []))
