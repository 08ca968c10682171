from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.complaints.forms import words
from vitalfew.complaints.models import Claim
from vitalfew.complaints.words import ClaimState, Party
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed


class CompensateForm(SettleForm):
    """How much, and why."""

    amount = forms.DecimalField(label=_("Amount"), max_digits=16, decimal_places=2, min_value=0.01)
    why = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, *args: Any, twice: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if twice:
            self.fields["again"] = forms.BooleanField(label=_("Give it something once more"), required=False)
            dressed(self)


class ClaimForm(forms.ModelForm[Claim]):
    """What a third party is to pay."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Claim
        fields = ("name", "what", "amount", "claimed_on", "due")
        widgets = {"what": forms.Textarea(attrs={"rows": 2}), "claimed_on": DAY, "due": DAY}
        labels = {
            "name": _("Name of the supplier or carrier"), "what": _("What is claimed, and on what grounds"),
            "amount": _("Amount"), "claimed_on": _("Claimed on"), "due": _("Answer expected by"),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"] = chosen(_("Third party"), words(Party), must=True)
        self.order_fields(("party", "name", "what", "amount", "claimed_on", "due"))
        dressed(self)

    def clean_claimed_on(self) -> Any:
        day = self.cleaned_data["claimed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day

    def clean_amount(self) -> Any:
        if self.cleaned_data["amount"] <= 0:
            raise forms.ValidationError(_("More than nothing"))
        return self.cleaned_data["amount"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("due") and said.get("claimed_on") and said["due"] < said["claimed_on"]:
            self.add_error("due", _("Its answer was expected before it was claimed"))
        return said


class ClaimEndForm(SettleForm):
    """What became of it."""

    recovered = forms.DecimalField(label=_("Recovered so far"), max_digits=16, decimal_places=2, min_value=0)
    note = forms.CharField(label=_("What was said or paid"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = [each for each in ClaimState if each is not ClaimState.OPEN]
        self.fields["state"] = chosen(_("State"), words(later), must=True)
        dressed(self)
