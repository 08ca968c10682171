"""How the fields of forms look and choose, everywhere the same."""

from collections.abc import Collection
from typing import Any, ClassVar, Final

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from vitalfew.people.models import User
from vitalfew.people.permissions import Right

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
DASHES: Final = "---------"
"""How Django writes that nothing is chosen."""
DIGITS: Final = 18
"""Of a record's number, as every database takes it."""


def dressed(form: forms.BaseForm) -> None:
    """Fields look as they do everywhere."""
    for field in form.fields.values():
        if getattr(field, "empty_label", None) == DASHES:
            field.empty_label = "–"  # type: ignore[attr-defined]  # only choosing fields have one
        if isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
            continue
        select = isinstance(field.widget, forms.Select)
        field.widget.attrs["class"] = "form-select" if select else "form-control"


def picked(form: forms.BaseForm, names: Collection[str]) -> dict[str, Any]:
    """What was said in those of its fields that were asked."""
    return {name: value for name, value in form.cleaned_data.items() if name in names}


def said(form: forms.BaseForm) -> dict[str, Any]:
    """All that was said in it."""
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def number_in(text: str) -> int:
    """The number of a record that an address names; 0, which none has, where it is no such number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0


class RecordForm(forms.ModelForm[Any]):
    """A record with what it costs; ``version`` is the one the page showed. Who sees no costs is asked for none."""

    COSTS: ClassVar = ("budget", "cost", "yearly_cost")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.may(Right.MONEY):
            for name in self.COSTS:
                self.fields.pop(name, None)

    def placed(self) -> None:
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        dressed(self)

    def fields_said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}


class SettleForm(forms.Form):
    """Something that becomes of a record; ``version`` is the one the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


def checked_email(form: forms.BaseForm) -> str:
    """An address that mail can reach; one that was kept before stays as it was brought."""
    given: str = form.cleaned_data["email"].strip()
    if given and given != form.initial.get("email", ""):
        validate_email(given)
    return given


class Row(forms.BaseForm):
    """A row of several: it counts by what stands in it, so that one that nobody touched stays as it is."""

    WRITTEN: ClassVar[tuple[str, ...]] = ()
    """Which of its fields say something; a row without any is an empty one."""

    def has_changed(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.WRITTEN)


def chosen(label: Any, known: list[tuple[str, str]], *, must: bool = False) -> forms.ChoiceField:
    """One of a few words; or none, unless there must be one."""
    words = [(value, _(word)) for value, word in known]
    return forms.ChoiceField(choices=words if must else [("", "–"), *words], required=must, label=label)
