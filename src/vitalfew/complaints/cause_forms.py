from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.complaints.models import Cause
from vitalfew.people.fields import dressed

FIELDS: Final = ("named", "branch")


class BranchField(forms.ModelChoiceField[Cause]):
    """A branch by its word in the language of who chooses."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.word)


class CauseForm(forms.ModelForm[Cause]):
    """A cause in the house's own words, and the branch it stands on."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Cause
        fields: ClassVar = FIELDS
        labels: ClassVar = {"named": _("Cause, in your own words")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        branches = Cause.objects.filter(branch=None, put_away_at=None).exclude(pk=self.instance.pk)
        self.fields["branch"] = BranchField(
            branches, required=False, label=_("Branch"), empty_label="–",
            help_text=_("Empty for a branch itself"),
        )  # fmt: skip
        self.fields["named"].required = True
        if self.instance.pk:
            self.initial["named"] = self.instance.word
        dressed(self)
