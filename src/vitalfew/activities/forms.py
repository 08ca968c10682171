from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField, UploadField
from vitalfew.accounts.models import Account
from vitalfew.activities.models import KEY, Activity
from vitalfew.activities.ways import Way
from vitalfew.contacts.models import Person
from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.people.models import User


class ActivityForm(forms.ModelForm[Activity]):
    """What was done, when, with whom. Asked for an account, its people can be chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=KEY)

    class Meta:
        model = Activity
        fields = ("way", "person", "day", "text", "pinned")
        widgets = {"day": DAY, "text": forms.Textarea(attrs={"rows": 4, "autofocus": True})}
        labels = {
            "day": _("Date"), "text": _("What was said or agreed"), "person": _("With whom"),
            "pinned": _("Keep on top of the timeline"),
        }  # fmt: skip

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"] = chosen(_("How"), [(way.value, way.label) for way in Way], must=True)
        if account is None:
            del self.fields["person"]
        else:
            self.fields["person"].queryset = self._people(account)  # type: ignore[attr-defined]  # the stubs know the plain field only
            self.fields["person"].empty_label = "–"  # type: ignore[attr-defined]  # as above
        if account is None:
            self.fields["account"] = AccountField(user)
            self.order_fields(["account", "way", "day", "text", "pinned"])
            del self.fields["text"].widget.attrs["autofocus"]
            self.fields["account"].widget.attrs["autofocus"] = True
        if self.instance.pk is None:
            self.fields["file"] = UploadField()
        dressed(self)

    def _people(self, account: Account) -> Any:
        """Who is there now, and with whom it was, there or not."""
        there = Person.objects.filter(posts__account=account, posts__left_on=None)
        return Person.objects.filter(Q(pk__in=there.values("pk")) | Q(pk=self.instance.person_id))

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This lies ahead: log it when it is done"))
        return day
