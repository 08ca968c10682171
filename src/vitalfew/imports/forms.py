"""What is said of a file: with the upload, and when the file leaves something open."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vitalfew.imports.models import Import
from vitalfew.imports.models import Mapping as SavedMapping
from vitalfew.warehouse.readers import REASONS
from vitalfew.warehouse.readers.cells import Wrong
from vitalfew.warehouse.readers.currencies import currency
from vitalfew.warehouse.readers.headings import proposed
from vitalfew.warehouse.tables import KINDS, Column

ENCODINGS: Final = ("utf-8", "gb18030", "big5", "utf-16", "cp1252", "shift_jis")
ORDERS: Final = {"day": True, "month": False}
ANSWERABLE: Final = frozenset({"missing_column", "duplicate_column", "not-a-date", "choose_sheet", "bad-encoding"})
COLUMN: Final = "column-"


class UploadForm(forms.Form):
    """How files of one kind are to be read; what is left empty is found out."""

    kind = forms.ChoiceField(choices=[(kind, table.meaning) for kind, table in KINDS.items()])
    mapping = forms.CharField(required=False)
    encoding = forms.ChoiceField(required=False, choices=[("", ""), *((each, each) for each in ENCODINGS)])
    sheet = forms.CharField(required=False, max_length=100)
    currency = forms.CharField(required=False, max_length=20)
    date_order = forms.ChoiceField(required=False, choices=[("", ""), *((each, each) for each in ORDERS)])
    decimal_comma = forms.BooleanField(required=False)
    strict = forms.BooleanField(required=False)

    def clean_currency(self) -> str:
        try:
            return currency(self.cleaned_data["currency"]) or ""
        except Wrong as wrong:
            raise forms.ValidationError(gettext(REASONS[wrong.reason])) from None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if name := said.get("mapping"):
            saved = SavedMapping.objects.filter(name=name).first()
            if saved is None:
                self.add_error("mapping", _("There is no mapping of this name"))
            elif "kind" in said and saved.kind != said["kind"]:
                self.add_error("mapping", _("This mapping is for another kind of file"))
        return said

    @property
    def options(self) -> dict[str, Any]:
        """As they are kept with the import; only what was said."""
        said = {name: self.cleaned_data[name] for name in ("encoding", "sheet", "decimal_comma", "strict", "currency")}
        said = {name: value for name, value in said.items() if value}
        if order := self.cleaned_data["date_order"]:
            said["day_first"] = ORDERS[order]
        saved = SavedMapping.objects.filter(name=self.cleaned_data["mapping"]).first()
        return {**said, "mapping": saved.fields} if saved else said


class AnswerForm(forms.Form):
    """What a refused file leaves open, asked field by field."""

    keep_as = forms.CharField(
        required=False,
        max_length=100,
        label=_("Keep these columns under a name"),
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, row: Import, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.table = row, KINDS[row.kind]
        reason, params = row.report.get("reason"), row.report.get("params", {})
        if reason in {"missing_column", "duplicate_column"}:
            self.fields = {**dict(self._columns(params.get("every", []))), **self.fields}
        else:
            self.fields.clear()
        if reason == "not-a-date":
            self.fields["date_order"] = _choice(
                gettext("Dates such as %(example)s") % params,
                [("day", gettext("Day first")), ("month", gettext("Month first"))],
            )
        if reason == "choose_sheet":
            self.fields["sheet"] = _choice(gettext("Sheet"), [(each, each) for each in params["sheets"]])
        if reason == "bad-encoding":
            self.fields["encoding"] = _choice(gettext("Encoding"), [(each, each) for each in ENCODINGS])

    def _columns(self, headings: list[str]) -> Iterator[tuple[str, forms.Field]]:
        """A choice of heading for every field, the required ones first."""
        likely = {**proposed(headings, self.table), **self.row.options.get("mapping", {})}
        choices = [("", "–"), *((each, each) for each in headings)]
        for column in sorted(self.table.columns, key=lambda column: not column.required):
            yield COLUMN + column.name, _heading(column, choices, likely.get(column.name, ""))

    @property
    def options(self) -> dict[str, Any]:
        """The import's options with the answers laid over them."""
        said: dict[str, Any] = dict(self.row.options)
        given = self.cleaned_data
        said |= {name: given[name] for name in ("sheet", "encoding") if given.get(name)}
        if order := given.get("date_order"):
            said["day_first"] = ORDERS[order]
        chosen = {
            name.removeprefix(COLUMN): value for name, value in given.items() if name.startswith(COLUMN) and value
        }
        return {**said, "mapping": chosen} if chosen else said


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.Select(attrs={"class": "form-select"}))


def _heading(column: Column, choices: list[tuple[str, str]], likely: str) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(
        label=gettext(column.meaning), choices=choices, required=False, initial=likely, widget=widget
    )


def answerable(report: Mapping[str, Any]) -> bool:
    """Whether the user's word would be enough to read the file."""
    return report.get("reason") in ANSWERABLE
