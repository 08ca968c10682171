from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.people.fields import chosen, dressed
from vitalfew.stakeholders.closeness import Closeness
from vitalfew.stakeholders.models import Acquaintance, MeetingRule
from vitalfew.stakeholders.plan import PLANNERS, Rhythm


class AcquaintanceForm(forms.ModelForm[Acquaintance]):
    """How well one knows the person, and what is worth knowing of it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Acquaintance
        fields = ("closeness", "note")
        labels = {"note": _("From where, through whom")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(each.value, each.label) for each in Closeness]
        self.fields["closeness"] = chosen(_("How well I know the person"), words, must=True)
        dressed(self)


class MeetingForm(forms.ModelForm[MeetingRule]):
    """Who of ours, and how often."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = MeetingRule
        fields = ("role", "rhythm")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(each.value, each.label) for each in PLANNERS]
        self.fields["role"] = chosen(_("Our colleague"), roles)
        self.fields["role"].help_text = _("None: nobody is planned to")
        self.fields["rhythm"] = chosen(_("How often"), [(each.value, each.label) for each in Rhythm], must=True)
        dressed(self)
