from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.people.models import User
from vitalfew.preferences.models import Preference
from vitalfew.preferences.words import Area, Works

ORDER: Final = ("account", "works", "area", "text", "evidence", "seen_on", "person")


class PreferenceForm(forms.ModelForm[Preference]):
    """What works or does not. Asked for an account, its people can be chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Preference
        fields = ("text", "evidence", "seen_on", "person")
        widgets = {"seen_on": DAY}
        labels = {
            "text": _("What"), "evidence": _("How we know"), "seen_on": _("Seen on"), "person": _("With whom"),
        }  # fmt: skip
        help_texts = {
            "text": _("Such as: plain figures first, then the talk"),
            "evidence": _("What happened, or who of the customer's said so"),
        }

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["works"] = chosen(
            _("With this account it"), [(each.value, each.label) for each in Works], must=True
        )
        self.fields["area"] = chosen(_("Which area"), [(each.value, each.label) for each in Area], must=True)
        self.fields["seen_on"].initial = timezone.localdate()
        if account is None:
            self.fields["account"] = AccountField(user)
            del self.fields["person"]
        else:
            people = Person.objects.filter(posts__account=account, posts__put_away_at=None).distinct()
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.order_fields(ORDER)
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        dressed(self)

    def clean_seen_on(self) -> Any:
        day = self.cleaned_data["seen_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day
