from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField, UploadField
from vitalfew.accounts.models import Account
from vitalfew.incentives.models import Case, Scheme, SchemeVersion
from vitalfew.incentives.words import CaseKind, Every
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.terms import Cooperation, Term, Tier

MOST_ACCOUNTS: Final = 500
LONGEST: Final = 3660
"""Days."""
TICKED: Final = ("tiers", "regions", "cooperations")


def _ticks(label: Any, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple)


def _words(words: type[Term]) -> list[tuple[str, Any]]:
    return [(each.value, _(each.label)) for each in words]


class SchemeForm(forms.ModelForm[Scheme]):
    """Its name, and what it is for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Scheme
        fields = ("name", "about")
        widgets = {"name": forms.TextInput(attrs={"autofocus": True}), "about": forms.Textarea(attrs={"rows": 2})}
        labels = {"name": _("Name of the scheme"), "about": _("What it is to bring about")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class VersionForm(forms.ModelForm[SchemeVersion]):
    """From when to when, how often it is settled, and whom it is for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    accounts = forms.CharField(
        label=_("Only these accounts"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Their codes, one a line; empty: everybody that the choices above leave"),
    )  # fmt: skip

    class Meta:
        model = SchemeVersion
        fields = ("since", "until", "every")
        widgets = {"since": DAY, "until": DAY}
        labels = {"since": _("In force from"), "until": _("Until")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Account.objects.exclude(region="").order_by("region").values_list("region", flat=True).distinct()
        known = sorted({*regions, *(self.instance.regions or [])})
        self.fields["every"] = chosen(_("Settled"), [(each.value, each.label) for each in Every], must=True)
        self.fields["tiers"] = _ticks(_("Only these tiers"), _words(Tier))
        self.fields["regions"] = _ticks(_("Only these regions"), [(each, each) for each in known])
        self.fields["cooperations"] = _ticks(_("Only these kinds of cooperation"), _words(Cooperation))
        self.order_fields(("since", "until", "every", *TICKED, "accounts"))
        if self.instance.pk is not None:
            self.initial.update({name: getattr(self.instance, name) for name in TICKED})
            self.initial["accounts"] = "\n".join(self.instance.accounts)
        dressed(self)
        for name in TICKED:
            self.fields[name].widget.attrs.pop("class", None)

    def clean_accounts(self) -> list[str]:
        """Codes that there are."""
        codes = sorted({line.strip() for line in self.cleaned_data["accounts"].splitlines() if line.strip()})
        if len(codes) > MOST_ACCOUNTS:
            raise forms.ValidationError(_("Name no more than %(n)s accounts") % {"n": MOST_ACCOUNTS})
        there = set(Account.objects.filter(code__in=codes).values_list("code", flat=True))
        if missing := [code for code in codes if code not in there]:
            raise forms.ValidationError(_("There is no account with the code %(code)s") % {"code": missing[0]})
        return codes

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("It would end before it begins"))
        elif since and until and (until - since).days > LONGEST:
            self.add_error("until", _("A version lasts ten years at most"))
        return said


class RuleForm(forms.Form):
    """A rule's terms; ``version`` is that of the draft."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, categories: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            self.fields["category"] = chosen(_("Category"), [(each, each) for each in categories or []], must=True)
            self.order_fields(("category",))
        dressed(self)

    @property
    def terms(self) -> dict[str, Any]:
        """As they are kept: decimals as text."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {name: _plain(value) if isinstance(value, Decimal) else value for name, value in said.items()}


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def rate(label: Any, most: int = 100, places: int = 3) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=most, max_digits=8, decimal_places=places)


def money(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=16, decimal_places=2)


class StepsField(forms.CharField):
    """Thresholds with their rates, one a line."""

    def __init__(self, label: Any, help_text: Any) -> None:
        super().__init__(label=label, help_text=help_text, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))

    def clean(self, value: Any) -> Any:
        lines = [line.replace("，", " ").replace("：", " ").split() for line in super().clean(value).splitlines()]
        steps = [self._step(line) for line in lines if line]
        starts = [start for start, _rate in steps]
        if len(set(starts)) < len(starts):
            raise forms.ValidationError(_("The same threshold stands twice"))
        return [[_plain(start), _plain(share)] for start, share in sorted(steps)]

    def _step(self, line: list[str]) -> tuple[Decimal, Decimal]:
        said = [part.replace(",", "").rstrip("%") for part in line]
        fields = (money(""), rate(""))
        try:
            start, share = (field.clean(part) for field, part in zip(fields, said, strict=True))
        except (ValueError, forms.ValidationError):
            text = _("“%(line)s” is not a threshold and a rate in per cent, such as 1000000 1.5")
            raise forms.ValidationError(text % {"line": " ".join(line)[:40]}) from None
        return start, share

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str | None) else "\n".join(" ".join(step) for step in value)


BASE_OF_VOLUME: Final = [("all", _("All net sales of the period")), ("above", _("Only what lies above each threshold"))]
BASE_OF_GROWTH: Final = [("all", _("All net sales of the period")), ("more", _("Only what was bought more"))]


class VolumeForm(RuleForm):
    steps = StepsField(_("Thresholds"), _("One a line: net sales from, then the rate in per cent, such as 1000000 1.5"))
    base = forms.ChoiceField(label=_("The rate counts on"), choices=BASE_OF_VOLUME)


class GrowthForm(RuleForm):
    steps = StepsField(
        _("Thresholds"), _("One a line: growth from in per cent, then the rate in per cent, such as 10 0.5")
    )
    base = forms.ChoiceField(label=_("The rate counts on"), choices=BASE_OF_GROWTH)
    floor = money(_("Least net sales of the year before"))


class MixForm(RuleForm):
    category = forms.ChoiceField()
    least = rate(_("Least share in per cent"))
    rate = rate(_("Rate in per cent of the category's net sales"))


class PaymentForm(RuleForm):
    least = rate(_("Least share paid in time, in per cent"))
    grace = forms.IntegerField(label=_("Days of grace"), min_value=0, max_value=180)
    rate = rate(_("Rate in per cent of what was paid in time"))


class ReportsForm(RuleForm):
    least = rate(_("Least share of months with a report, in per cent"))
    rate = rate(_("Rate in per cent of net sales"))


class TrainingForm(RuleForm):
    each = money(_("Amount a session"))
    most = forms.IntegerField(label=_("Sessions that count, at most"), min_value=1, max_value=1000)


class PenaltyForm(RuleForm):
    each = money(_("Amount a case"))
    rate = rate(_("Rate in per cent of net sales, for each case"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("each") == 0 and said.get("rate") == 0:
            self.add_error("each", _("Say an amount, a rate or both"))
        return said


RULE_FORMS: Final[dict[str, type[RuleForm]]] = {
    "volume": VolumeForm, "growth": GrowthForm, "mix": MixForm, "payment": PaymentForm, "reports": ReportsForm,
    "training": TrainingForm, "price": PenaltyForm, "channel": PenaltyForm, "obligation": PenaltyForm,
}  # fmt: skip


class CaseForm(forms.ModelForm[Case]):
    """What happened, when, and how we know it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    file = UploadField()

    class Meta:
        model = Case
        fields = ("day", "evidence", "amount")
        widgets = {"day": DAY, "evidence": forms.Textarea(attrs={"rows": 3})}
        labels = {"day": _("Happened on"), "evidence": _("How we know it"), "amount": _("Amount of this case")}
        help_texts = {"amount": _("Only for a breach that costs something else than the rule says")}

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = chosen(_("Kind"), [(each.value, each.label) for each in CaseKind], must=True)
        self.fields["amount"].min_value = None  # type: ignore[attr-defined]  # the stubs know the plain field only
        if self.instance.pk is not None:
            del self.fields["file"]
        elif account is None:
            self.fields["account"] = AccountField(user)
        self.order_fields(("account", "kind", "day", "evidence", "amount", "file"))
        dressed(self)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        amount = said.get("amount")
        if amount is not None and amount < 0:
            self.add_error("amount", _("Write an amount above zero"))
        elif amount is not None and said.get("kind") == CaseKind.TRAINING:
            self.add_error("amount", _("A training earns what the rule says"))
        return said


class HandInForm(SettleForm):
    why = forms.CharField(label=_("Why"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReverseForm(SettleForm):
    why = forms.CharField(label=_("Reason of the reversal"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class PeriodForm(forms.Form):
    """Which period."""

    since = forms.DateField()
    until = forms.DateField()


class BookForm(PeriodForm):
    """Which period, how much the page showed, and the key under which it is booked once."""

    expected = forms.IntegerField(min_value=-(2**62), max_value=2**62)
    key = forms.CharField(max_length=64)
