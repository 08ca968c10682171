from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.reviews.models import TIERS


class DecisionForm(forms.Form):
    """Another tier than proposed needs its reason."""

    tier = forms.ChoiceField(choices=TIERS)
    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, proposed: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.proposed = proposed

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("tier") != self.proposed and not said.get("reason", "").strip():
            raise forms.ValidationError(_("Another tier than proposed needs a reason"))


class ApprovalForm(forms.Form):
    """The day from which the tiers are in force."""

    since = forms.DateField(label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"}))
