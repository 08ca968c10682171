from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import AccountField, UploadField
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.promises.models import DEPARTMENTS, Promise
from vitalfew.promises.words import Origin

ORDER: Final = ("account", "text", "due", "owner", "person", "made_on", "origin", "reference", "department")


class PromiseForm(forms.ModelForm[Promise]):
    """What was promised. Asked for an account, its people can be chosen; the day of one that stands is moved by consent alone."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Promise
        fields = ("text", "due", "owner", "person", "made_on", "origin", "reference", "department")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 3, "autofocus": True}), "due": DAY, "made_on": DAY,
        }  # fmt: skip
        labels = {
            "text": _("What was promised"), "due": _("To be kept by"), "owner": _("Who sees to it"),
            "person": _("Promised to"), "made_on": _("Promised on"), "reference": _("Number of the order, complaint or contract"),
        }  # fmt: skip

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["origin"] = chosen(_("Occasion"), [(each.value, each.label) for each in Origin], must=True)
        self.fields["department"] = chosen(
            _("Department that must act"), [(each.value, each.label) for each in DEPARTMENTS]
        )
        self.fields["owner"] = ColleagueField(user, account, label=_("Who sees to it"), initial=user.username)
        self._place(user)
        self.order_fields(ORDER)
        dressed(self)

    def _place(self, user: User) -> None:
        """What is known already is not asked."""
        if self.instance.pk is not None:
            del self.fields["due"]
        if self.of is None:
            self.fields["account"] = AccountField(user)
            self.fields["account"].widget.attrs["autofocus"] = True
            del self.fields["text"].widget.attrs["autofocus"], self.fields["person"]
        else:
            there = Post.objects.held().filter(account=self.of)
            people = Person.objects.filter(Q(pk__in=there.values("person")) | Q(pk=self.instance.person_id))
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only
            self.fields["person"].empty_label = "–"  # type: ignore[attr-defined]  # as above

    def clean_made_on(self) -> Any:
        day = self.cleaned_data["made_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead: write down the day on which it was promised"))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        made, due, account = said.get("made_on"), said.get("due", self.instance.due), said.get("account", self.of)
        if made and due and due < made:
            self.add_error("due" if "due" in self.fields else "made_on", _("It was to be kept before it was promised"))
        owner = said.get("owner")
        if owner and account and not Account.objects.visible_to(owner).filter(pk=account.pk).exists():
            self.add_error("owner", _("This colleague does not see the account: add him or her to its team first"))
        return said


class KeepForm(SettleForm):
    """It was done."""

    on = forms.DateField(label=_("Done on"), widget=DAY)
    evidence = forms.CharField(
        label=_("How we know it was kept"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Delivery note, mail, what the customer said"),
    )  # fmt: skip
    file = UploadField()


class MoveForm(SettleForm):
    """The customer agreed to another day."""

    due = forms.DateField(label=_("New day"), widget=DAY)
    agreed_on = forms.DateField(label=_("Agreed on"), widget=DAY)
    consent = forms.CharField(label=_("Who of the customer's agreed"), max_length=100)
    why = forms.CharField(label=_("Reason"), max_length=500)


class AskDayForm(SettleForm):
    """The customer is asked in the portal for another day."""

    due = forms.DateField(label=_("New day"), widget=DAY)
    why = forms.CharField(label=_("What the customer reads"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ReleaseForm(SettleForm):
    """The customer wants it no more."""

    on = forms.DateField(label=_("Released on"), widget=DAY)
    consent = forms.CharField(label=_("Who of the customer's released us"), max_length=100)
    why = forms.CharField(label=_("Reason"), max_length=500)


class GiveUpForm(SettleForm):
    """It is not kept."""

    why = forms.CharField(label=_("Why it is not kept"), max_length=500)
