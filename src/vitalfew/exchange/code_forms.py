from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.exchange.models import OwnCode
from vitalfew.exchange.taking import LARGEST, TOO_LARGE
from vitalfew.people.fields import dressed


class MatchForm(forms.Form):
    """Their code, and ours."""

    code = forms.CharField(label=_("Its code"), max_length=100)
    product = forms.CharField(
        label=_("Our product code"), max_length=100, widget=forms.TextInput(attrs={"list": "our-products"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class CodeForm(forms.ModelForm[OwnCode]):
    """The product that is meant, as it is known by now."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = OwnCode
        fields = ("product",)
        labels = {"product": _("Our product code")}
        widgets = {"product": forms.TextInput(attrs={"list": "our-products"})}
        help_texts = {
            "product": _("What was told under it before stays with the former product until the file is sent anew")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class CodesForm(forms.Form):
    """A file of codes."""

    file = forms.FileField(
        label=_("CSV or Excel file"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=_("Columns: its code, our product code"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_(TOO_LARGE))
        return upload
