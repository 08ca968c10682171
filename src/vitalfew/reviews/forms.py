from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.reviews import questions
from vitalfew.reviews.models import TIERS
from vitalfew.reviews.words import Cadence
from vitalfew.warehouse.models import Refresh

FEW = 24


class FiguresField(forms.ModelChoiceField[Refresh]):
    """Figures by their day."""

    def label_from_instance(self, obj: Any) -> str:
        return formats.date_format(obj.as_of, "DATE_FORMAT")


class RoundForm(forms.Form):
    """For how long a round is held, and on the figures of which day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(each.value, each.label) for each in Cadence]
        self.fields["cadence"] = chosen(_("Round of a"), words, must=True)
        self.fields["cadence"].required = False
        self.fields["refresh"] = FiguresField(_figures(), required=False, label=_("Figures as of"), empty_label=None)
        dressed(self)

    def clean_cadence(self) -> str:
        return self.cleaned_data.get("cadence") or Cadence.YEAR.value


def _figures() -> Any:
    """The latest refresh of each day."""
    latest: dict[Any, int] = {}
    for pk, day in questions.figures_of().values_list("pk", "as_of"):
        latest.setdefault(day, pk)
    return Refresh.objects.filter(pk__in=list(latest.values())[:FEW]).defer("summaries").order_by("-as_of")


class DecisionForm(forms.Form):
    """Another tier than proposed needs its reason."""

    tier = forms.ChoiceField(choices=TIERS)
    reason = forms.CharField(max_length=300, required=False)
    version = forms.IntegerField(required=False)

    def __init__(self, proposed: str, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.proposed = proposed

    def clean(self) -> None:
        super().clean()
        said = self.cleaned_data
        if said.get("tier") != self.proposed and not said.get("reason", "").strip():
            raise forms.ValidationError(_("Another tier than proposed needs a reason"))


class ManyForm(forms.Form):
    """The same tier for several accounts, with its reason."""

    reason = forms.CharField(max_length=300, label=_("Reason"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tier"] = chosen(_("Tier"), TIERS, must=True)
        self.order_fields(("tier", "reason"))
        dressed(self)


class ApprovalForm(forms.Form):
    """The day from which the tiers are in force."""

    since = forms.DateField(label=_("In force from"), widget=DAY)


class SubmitForm(ApprovalForm):
    """Handed to whoever approves it."""

    why = forms.CharField(
        label=_("To whoever approves it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
