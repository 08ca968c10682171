from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import colleagues
from vitalfew.accounts.forms import UNSEEN, AccountField, sees
from vitalfew.accounts.models import Account, TeamRole
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.rescues.models import Play, Rescue
from vitalfew.rescues.words import ENDS
from vitalfew.terms import ChurnCause

FUNCTIONS: Final = tuple(each for each in TeamRole if each is not TeamRole.DEPUTY)


def words(known: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in known]


class OwnerField(forms.ModelChoiceField[User]):
    """Somebody of ours who sees the account, by user name."""

    def __init__(self, label: Any) -> None:
        super().__init__(colleagues(), label=label, to_field_name="username", empty_label="–")


def seeing(form: forms.BaseForm, account: Account | None) -> None:
    """What is done at an account is done by who sees it."""
    owner = form.cleaned_data.get("owner")
    if owner and account and not sees(owner, account):
        form.add_error("owner", UNSEEN)


class RescueForm(forms.ModelForm[Rescue]):
    """Why an account may leave, and who leads what is done about it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Rescue
        fields = ("why",)
        widgets = {"why": forms.Textarea(attrs={"rows": 3})}
        labels = {"why": _("What speaks for it")}

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["cause"] = chosen(_("Why it may leave"), words(ChurnCause), must=True)
        if self.instance.pk is None:
            self.fields["owner"] = OwnerField(_("Who leads it"))
            if account is None:
                self.fields["account"] = AccountField(user)
        self.order_fields(("account", "cause", "why", "owner"))
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        seeing(self, given.get("account", self.of))
        return given


class HandOnForm(SettleForm):
    """Who leads it from now on."""

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["owner"] = OwnerField(_("Who leads it"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        seeing(self, self.of)
        return given


class EndForm(SettleForm):
    """What became of the account."""

    state = forms.ChoiceField(choices=[("", "–"), *words(ENDS)], label=_("What became of it"))
    on = forms.DateField(label=_("Since"), widget=DAY)
    outcome = forms.CharField(
        label=_("How it came to that, and what we learned"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DoForm(SettleForm):
    """It was done."""

    on = forms.DateField(label=_("Done on"), widget=DAY)
    note = forms.CharField(
        label=_("What came of it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class LeaveOutForm(SettleForm):
    """It is not done."""

    why = forms.CharField(label=_("Why not"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class StepForm(forms.Form):
    """A step in words of one's own."""

    title = forms.CharField(label=_("What is done"), max_length=200)
    due = forms.DateField(label=_("By when"), widget=DAY)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["owner"] = OwnerField(_("Who does it"))
        self.order_fields(("title", "owner", "due"))
        dressed(self)

    def clean_due(self) -> Any:
        day = self.cleaned_data["due"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day has passed"))
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        seeing(self, self.of)
        return given


class MoveForm(StepForm):
    """Who does a step, and by when."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(account, *args, **kwargs)
        del self.fields["title"]


class PlayForm(forms.ModelForm[Play]):
    """A play of the firm's own."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Play
        fields = ("title", "days")
        labels = {"title": _("What is done"), "days": _("Working days from the plan's beginning")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"] = chosen(_("Whose work it is"), words(FUNCTIONS), must=True)
        self.order_fields(("title", "function", "days"))
        self.fields["title"].widget.attrs["autofocus"] = True
        dressed(self)


class WeighForm(forms.Form):
    """What plans cost and keep, and the risk one is looking at; shares in a hundred."""

    risk = forms.IntegerField(
        label=_("Alarm from this risk on"),
        min_value=5,
        max_value=95,
        widget=forms.NumberInput(attrs={"type": "range", "step": 5}),
    )
    plan = forms.DecimalField(label=_("Cost of a plan"), min_value=0, max_digits=12, decimal_places=2)
    kept = forms.IntegerField(label=_("Of 100 warned of, kept"), min_value=0, max_value=100)
    margin = forms.IntegerField(label=_("Margin in their sales, in 100"), min_value=0, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class ThresholdForm(forms.Form):
    """From which risk on the firm wants to be warned."""

    risk = forms.IntegerField(min_value=5, max_value=95)
