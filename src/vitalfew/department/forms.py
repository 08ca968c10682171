from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.models import Absence
from vitalfew.accounts.questions import managers
from vitalfew.department.models import FirmDays, Works
from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.people.models import User


def _colleagues() -> Any:
    return User.objects.filter(pk__in=[user.pk for user in managers()]).order_by("name")


class ManagerForm(forms.Form):
    """Whoever is to look after accounts."""

    manager = forms.ModelChoiceField(User.objects.none(), to_field_name="username", label=_("Manager"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = _colleagues()  # type: ignore[attr-defined]  # the stubs know the plain field only
        dressed(self)


class CapacityForm(forms.Form):
    """How much somebody can look after, in ordinary accounts."""

    accounts = forms.FloatField(min_value=1, max_value=100_000, required=False, label=_("Capacity in accounts"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class AbsenceForm(forms.ModelForm[Absence]):
    """Who is away from when until when, and who stands in."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Absence
        fields = ("user", "deputy", "since", "until")
        widgets = {"since": DAY, "until": DAY}
        labels = {"user": _("Who is away"), "deputy": _("Who stands in"), "since": _("From"), "until": _("Until")}

    def __init__(self, user: User, *args: Any, for_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = _colleagues()  # type: ignore[attr-defined]  # as above
        self.fields["user"].queryset = _colleagues() if for_all else User.objects.filter(pk=user.pk)  # type: ignore[attr-defined]  # as above
        if self.instance.pk:
            del self.fields["user"]
        elif not for_all:
            self.fields["user"].initial = user
            self.fields["user"].empty_label = None  # type: ignore[attr-defined]  # as above
        dressed(self)


class FirmDaysForm(forms.ModelForm[FirmDays]):
    """From when until when the firm is closed, or open, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = FirmDays
        fields = ("since", "until", "reason")
        widgets = {"since": DAY, "until": DAY}
        labels = {"since": _("From"), "until": _("Until"), "reason": _("Reason")}
        help_texts = {"reason": _("Such as stock-taking, a trip of the firm, a weekend worked in return")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(each.value, each.label) for each in Works]
        self.fields["works"] = chosen(_("Closed or open"), words, must=True)
        self.initial.setdefault("works", self.instance.works)
        self.order_fields(("works", "since", "until", "reason"))
        dressed(self)
