from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField
from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.people.models import User
from vitalfew.supply.models import monday
from vitalfew.supply.overrides import Override, Why


class OneOrAll(AccountField):
    """None: all accounts together."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value and value.strip() else None


class OverrideForm(forms.ModelForm[Override]):
    """What is needed in place of the forecast; of one that stands the figure and its reason alone are asked."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Override
        fields = ("product", "week", "quantity", "note")
        widgets = {"week": DAY}
        labels = {
            "product": _("Product code"), "week": _("Week"), "quantity": _("Needed, in place of the forecast"), "note": _("Note"),
        }  # fmt: skip
        help_texts = {"week": _("Any day of it")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"] = chosen(_("Reason"), [(each.value, each.label) for each in Why], must=True)
        if self.instance.pk:
            del self.fields["product"], self.fields["week"]
        else:
            self.fields["account"] = OneOrAll(user)
            self.fields["account"].required = False
            self.fields["account"].help_text = _("Empty: all accounts together")
        self.order_fields(("product", "account", "week", "quantity", "why", "note"))
        dressed(self)

    def clean_product(self) -> str:
        return str(self.cleaned_data["product"]).strip()

    def clean_week(self) -> date:
        return monday(self.cleaned_data["week"])
