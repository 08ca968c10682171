from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.complaints.eight_d import FEWEST_WHYS, WHYS, Discipline, Piece, whys
from vitalfew.people.fields import DAY, SettleForm, dressed

LONGEST: Final = 2000


class DisciplineForm(SettleForm):
    """What one of the eight says. A chain of whys has a field for each answer."""

    def __init__(self, each: Discipline, *args: Any, told: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        begun = {**_begun(each, told or {}), **kwargs.pop("initial", {})}
        super().__init__(*args, initial=begun, **kwargs)
        self.of = each
        for piece in each.pieces:
            self.fields |= _needed(piece, _fields(piece))
        dressed(self)

    @property
    def given(self) -> dict[str, Any]:
        """By piece, as the record keeps it."""
        return {piece.name: self._given(piece) for piece in self.of.pieces}

    def _given(self, piece: Piece) -> date | str | None:
        if not piece.a_chain:
            said: date | str | None = self.cleaned_data[piece.name]
            return said
        answers = (" ".join(self.cleaned_data[name].split()) for name in names_of(piece))
        return "\n".join(answer for answer in answers if answer)


def _needed(piece: Piece, fields: dict[str, forms.Field]) -> dict[str, forms.Field]:
    """It can be saved with gaps, and is closed without: what closing needs says so, and is not called optional."""
    for n, field in enumerate(fields.values(), 1):
        if piece.must and (not piece.a_chain or n <= FEWEST_WHYS):
            field.later = _("needed to close it")  # type: ignore[attr-defined]  # the page reads it
    return fields


def names_of(piece: Piece) -> list[str]:
    """The fields of a chain of whys."""
    return [f"{piece.name}_{n}" for n in range(1, WHYS + 1)]


def _begun(each: Discipline, told: Mapping[str, Any]) -> dict[str, Any]:
    begun: dict[str, Any] = {}
    for piece in each.pieces:
        if piece.a_chain:
            begun |= dict(zip(names_of(piece), whys(told.get(piece.name, "")), strict=False))
        else:
            begun[piece.name] = told.get(piece.name)
    return begun


def _fields(piece: Piece) -> dict[str, forms.Field]:
    label, inside = _(piece.label), _("Not in the customer's version") if piece.inside else ""
    if piece.a_chain:
        return {
            name: forms.CharField(label=f"{label} · {n}", max_length=380, required=False, help_text=inside if n == 1 else "")
            for n, name in enumerate(names_of(piece), 1)
        }  # fmt: skip
    if piece.a_day:
        return {piece.name: forms.DateField(label=label, widget=DAY, required=False, help_text=inside)}
    area = forms.Textarea(attrs={"rows": 3})
    return {piece.name: forms.CharField(label=label, max_length=LONGEST, widget=area, required=False, help_text=inside)}
