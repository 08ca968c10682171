"""Forms of supply: an entry of a week, a lead time, many weeks pasted at once, and who sees to a product until when."""

import csv
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.supply.models import Incoming, LeadTime, monday
from vitalfew.supply.words import Arrival

LONGEST: Final = timedelta(days=180)
MOST: Final = 500
PASTED: Final = ("kind", "product", "week", "quantity")


class IncomingForm(forms.ModelForm[Incoming]):
    """What can be made or arrives in a week; any day of the week stands for it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Incoming
        fields = ("product", "week", "quantity", "note")
        widgets = {"week": DAY}
        labels = {
            "product": _("Product code"), "week": _("Week"), "quantity": _("Quantity"), "note": _("Note"),
        }  # fmt: skip
        help_texts = {"week": _("Any day of it")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = chosen(_("Kind"), [(each.value, each.label) for each in Arrival], must=True)
        self.order_fields(("kind", "product", "week", "quantity", "note"))
        if self.instance.pk:
            self.fields["kind"].initial = self.instance.kind
        dressed(self)

    def clean_product(self) -> str:
        return str(self.cleaned_data["product"]).strip()

    def clean_week(self) -> date:
        return monday(self.cleaned_data["week"])


class LeadTimeForm(forms.ModelForm[LeadTime]):
    """How long goods take."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = LeadTime
        fields = ("product", "days", "deviation", "note")
        labels = {
            "product": _("Product code"), "days": _("Lead time in days"), "deviation": _("Its deviation in days"),
            "note": _("Note"),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_product(self) -> str:
        return str(self.cleaned_data["product"]).strip()


class PasteForm(forms.Form):
    """Many weeks at once: what is wrong is said line by line, and then nothing is stored."""

    rows = forms.CharField(
        label=_("Lines"), widget=forms.Textarea(attrs={"rows": 10}), max_length=100_000,
        help_text=_("One a line: capacity or arrival, product code, day of the week, quantity, parted by commas or tabs"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_rows(self) -> list[Incoming]:
        text = self.cleaned_data["rows"].replace("，", ",")
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(_("More than %(n)s lines: send them in parts"), params={"n": MOST})
        parted = csv.reader(lines, delimiter="\t" if "\t" in lines[0] else ",")
        read = [IncomingForm(dict(zip(PASTED, map(str.strip, cells), strict=False))) for cells in parted]
        if wrong := [_wrong(number, form) for number, form in enumerate(read, 1) if not form.is_valid()]:
            raise ValidationError(wrong)
        return [Incoming(**{name: form.cleaned_data[name] for name in (*PASTED, "note")}) for form in read]


def _wrong(number: int, form: forms.BaseForm) -> str:
    said = "; ".join(f"{form.fields[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())
    return gettext("Line %(n)s: %(said)s") % {"n": number, "said": said}


class SnoozeForm(SettleForm):
    """Somebody sees to it."""

    until = forms.DateField(label=_("Ask again after"), widget=DAY)
    why = forms.CharField(label=_("What is done about it"), max_length=300)

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise ValidationError(_("A day from today on, within half a year"))
        return day
