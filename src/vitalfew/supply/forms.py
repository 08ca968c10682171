"""Forms of supply: an entry of a week, a lead time, many weeks pasted at once, and who sees to a product until when."""

import csv
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.models import Account
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.supply.models import Allotment, Incoming, LeadTime, Stocked, monday
from vitalfew.supply.weeks import WEEKS
from vitalfew.supply.words import Arrival, Rule

LONGEST: Final = timedelta(days=180)
MOST: Final = 500
PRODUCTS: Final = 20
LEAST: Final = 0.01
LARGEST: Final = 1e9
LONGEST_GRACE: Final = 90
SLIDER: Final = forms.NumberInput(attrs={"type": "range", "step": 1})
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


class AllotmentForm(forms.ModelForm[Allotment]):
    """A draft: of what, for how long, by which rules."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Allotment
        fields = ("name", "products", "weeks", "floor", "reserve", "minimums", "packs", "grace", "note")
        labels = {
            "name": _("Name"), "products": _("Product codes"), "weeks": _("Weeks"), "floor": _("Floor in percent"),
            "reserve": _("Kept back in percent"), "minimums": _("Minimums of contracts"),
            "packs": _("Packs"), "grace": _("Days kept after the week"), "note": _("Note"),
        }  # fmt: skip
        help_texts = {
            "products": _("Parted by commas, twenty at most"),
            "floor": _("So much of its need every account gets before any priority"),
            "minimums": _(
                "Beyond what agreements say. One a line: account code, product code, quantity a week, parted by commas"
            ),
            "packs": _("One a line: product code, pieces in a pack, parted by commas; else piece by piece"),
        }
        widgets = {"minimums": forms.Textarea(attrs={"rows": 4}), "packs": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = chosen(_("Rule"), [(each.value, each.label) for each in Rule], must=True)
        self.order_fields(
            ("name", "products", "weeks", "rule", "floor", "reserve", "minimums", "packs", "grace", "note")
        )
        self.fields["weeks"].validators += [MinValueValidator(1), MaxValueValidator(WEEKS)]
        for name in ("floor", "reserve"):
            self.fields[name].validators.append(MaxValueValidator(100))
        self.fields["grace"].validators.append(MaxValueValidator(LONGEST_GRACE))
        self.fields["rule"].initial = self.instance.rule
        dressed(self)

    def clean_products(self) -> str:
        said = [part.strip() for part in _commas(self.cleaned_data["products"]).split(",") if part.strip()]
        codes = list(dict.fromkeys(said))
        if len(codes) > PRODUCTS:
            raise ValidationError(_("%(n)s products at most"), params={"n": PRODUCTS})
        known = set(Stocked.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown := [code for code in codes if code not in known]:
            raise ValidationError(_("Not in the picture: %(codes)s"), params={"codes": ", ".join(unknown)})
        return ", ".join(codes)

    def clean_minimums(self) -> str:
        lines = [line for line in _commas(self.cleaned_data["minimums"]).splitlines() if line.strip()]
        parted = [[cell.strip() for cell in line.split(",")] for line in lines]
        known = set(Account.objects.filter(code__in={cells[0] for cells in parted}).values_list("code", flat=True))
        wrong = [n for n, cells in enumerate(parted, 1) if not _is_minimum(cells, known)]
        if wrong:
            text = _("Line %(n)s: an account that there is, a product code, a quantity, parted by commas")
            raise ValidationError([ValidationError(text, params={"n": n}) for n in wrong])
        return "\n".join(", ".join(cells) for cells in parted)

    def clean_packs(self) -> str:
        lines = [line for line in _commas(self.cleaned_data["packs"]).splitlines() if line.strip()]
        parted = [[cell.strip() for cell in line.split(",")] for line in lines]
        if wrong := [
            n for n, cells in enumerate(parted, 1) if len(cells) != len(Pack._fields) or not _is_much(cells[1])
        ]:
            text = _("Line %(n)s: a product code and a quantity, parted by commas")
            raise ValidationError([ValidationError(text, params={"n": n}) for n in wrong])
        return "\n".join(", ".join(cells) for cells in parted)


def _commas(text: str) -> str:
    return text.replace("，", ",").replace("、", ",")


def _is_minimum(cells: list[str], known: set[str]) -> bool:
    return len(cells) == len(Minimum._fields) and cells[0] in known and _is_much(cells[2])


def _is_much(said: str) -> bool:
    try:
        return LEAST <= float(said) < LARGEST
    except ValueError:
        return False


class Pack(NamedTuple):
    """A line of how goods are packed."""

    product: str
    quantity: str


class Minimum(NamedTuple):
    """A line of what contracts promise."""

    account: str
    product: str
    quantity: str


class WhatIfForm(forms.Form):
    """Other rules, tried without keeping them."""

    rule = forms.ChoiceField(label=_("Rule"), choices=[(each.value, _(each.label)) for each in Rule])
    floor = forms.IntegerField(label=_("Floor in percent"), min_value=0, max_value=100, widget=SLIDER)
    reserve = forms.IntegerField(label=_("Kept back in percent"), min_value=0, max_value=100, widget=SLIDER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
        for name in ("floor", "reserve"):
            self.fields[name].widget.attrs.pop("class")


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
