"""The tab Orders: an account's orders, of some days if asked so, page by page, with what they add up to."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts import facts_of
from vitalfew.home import Home
from vitalfew.people.fields import dressed
from vitalfew.warehouse.run import day_number

LAST_PAGE: Final = 100_000
DAY: Final = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Days(forms.Form):
    """From which day to which."""

    since = forms.DateField(label=_("From day"), required=False, widget=DAY)
    until = forms.DateField(label=_("To day"), required=False, widget=DAY)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("This day is before the first one"))
        return said

    @property
    def span(self) -> facts_of.Days:
        """The days as the facts count them; wrong ones are as if none were given."""
        said = self.cleaned_data if self.is_valid() else {}
        since, until = said.get("since"), said.get("until")
        return (day_number(since) if since else None, day_number(until) if until else None)


def ordered(home: Home, codes: list[str], asked: Mapping[str, str]) -> dict[str, Any]:
    """What the tab shows of what was asked."""
    form, page = Days(asked), _page(asked.get("page", ""))
    size = facts_of.ORDERS
    rows = facts_of.orders(home, codes, size + 1, form.span, size * (page - 1))
    return {
        "days": form,
        "orders": rows[:size],
        "sums": facts_of.summed(home, codes, form.span),
        "newer": page - 1,
        "older": page + 1 if len(rows) > size else 0,
    }


def _page(said: str) -> int:
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < len(str(LAST_PAGE)) else 1
    return max(number, 1)
