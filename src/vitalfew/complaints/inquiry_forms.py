from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.complaints.forms import effect_field
from vitalfew.people.fields import DAY, SettleForm, dressed


class ExplainForm(SettleForm):
    """Why it is as it is."""

    why = forms.CharField(label=_("Explained because"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class ProblemForm(SettleForm):
    """What is wrong, and what it does."""

    text = forms.CharField(label=_("What is wrong"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["effect"] = effect_field()
        dressed(self)


class LaterForm(SettleForm):
    """When one looks again."""

    until = forms.DateField(label=_("Look again on"), widget=DAY)
