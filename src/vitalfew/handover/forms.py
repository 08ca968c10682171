from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.questions import managers
from vitalfew.contacts.models import Person
from vitalfew.handover.models import Handover
from vitalfew.handover.words import Consent, HandoverCause
from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.people.models import User

USUAL: Final = timedelta(days=21)


class StartForm(forms.Form):
    """To whom, why, until when, and what the successor must know."""

    manager = forms.ModelChoiceField(User.objects.none(), to_field_name="username", label=_("Successor"))
    cause = chosen(_("Cause"), [(each.value, each.label) for each in HandoverCause], must=True)
    person = forms.ModelChoiceField(Person.objects.none(), required=False, label=_("Who leaves the customer"))
    due = forms.DateField(widget=DAY, label=_("To be done by"))
    note = forms.CharField(
        required=False, max_length=4000, label=_("What the successor must know"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = User.objects.filter(pk__in=[user.pk for user in managers()]).order_by("name")  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.fields["due"].initial = timezone.localdate() + USUAL
        if people is None:
            del self.fields["person"]
        else:
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # as above
        dressed(self)

    def clean_due(self) -> Any:
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError(_("This day has passed"))
        return due


class HandoverForm(forms.ModelForm[Handover]):
    """What can still be changed of a running handover."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Handover
        fields = ("due", "note")
        widgets = {"due": DAY, "note": forms.Textarea(attrs={"rows": 4})}
        labels = {"due": _("To be done by"), "note": _("What the successor must know")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class AgreedForm(forms.Form):
    """Who of the customer's agreed, when and how."""

    by = forms.CharField(max_length=100, label=_("Who agreed"))
    on = forms.DateField(widget=DAY, label=_("On"))
    how = chosen(_("How"), [(each.value, each.label) for each in Consent if each is not Consent.PORTAL], must=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
        dressed(self)
