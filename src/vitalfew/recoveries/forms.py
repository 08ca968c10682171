from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import colleagues
from vitalfew.accounts.forms import UNSEEN, sees
from vitalfew.accounts.models import Account
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.recoveries.models import LONGEST, MOST_MONTHS, MOST_SHARE
from vitalfew.recoveries.words import ENDS, RecoveryState
from vitalfew.terms import ChurnCause

Money = forms.DecimalField


def words(known: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in known]


class OwnerField(forms.ModelChoiceField[User]):
    """Somebody of ours, by user name."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(colleagues(), label=label, to_field_name="username", empty_label="–", **kwargs)


def seeing(form: forms.BaseForm, account: Account) -> None:
    """What is done at an account is done by who sees it."""
    owner = form.cleaned_data.get("owner")
    if owner and not sees(owner, account):
        form.add_error("owner", UNSEEN)


class CostForm(forms.Form):
    """What an attempt costs."""

    cost = Money(label=_("Cost of an attempt"), min_value=0, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


class RoundForm(forms.Form):
    """Lost accounts that are tried together."""

    name = forms.CharField(label=_("What it is called"), max_length=100)
    cost = Money(label=_("Cost of an attempt"), min_value=0, max_digits=12, decimal_places=2)
    share = forms.IntegerField(
        label=_("Of 100 accounts, left alone by lot"), min_value=0, max_value=MOST_SHARE,
        help_text=_("With 0 nobody can tell afterwards whether accounts came back by our doing"),
    )  # fmt: skip
    months = forms.IntegerField(label=_("Judged after so many months"), min_value=3, max_value=MOST_MONTHS)
    accounts = forms.ModelMultipleChoiceField(
        Account.objects.none(), to_field_name="code", widget=forms.MultipleHiddenInput, label=_("Accounts")
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accounts"].queryset = Account.objects.visible_to(user).select_related("manager")  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.fields["owner"] = OwnerField(
            _("Who leads the attempts"), required=False, help_text=_("Left empty: each account's manager")
        )
        self.order_fields(("name", "cost", "share", "months", "owner"))
        self.fields["name"].widget.attrs["autofocus"] = True
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        owner = given.get("owner")
        if owner and not all(sees(owner, each) for each in given.get("accounts", ())):
            self.add_error("owner", UNSEEN)
        return given


class RecoveryForm(forms.Form):
    """Why it left, what is offered, who leads it, what it has cost so far."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    offer = forms.CharField(
        label=_("What is offered"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    spent = Money(label=_("What it has cost"), min_value=0, max_digits=12, decimal_places=2, required=False)

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["cause"] = chosen(_("Why it left"), words(ChurnCause), must=True)
        self.fields["owner"] = OwnerField(_("Who leads it"))
        self.order_fields(("cause", "offer", "owner", "spent"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        seeing(self, self.of)
        return given


class EndForm(SettleForm):
    """What became of it."""

    state = forms.ChoiceField(choices=[("", "–"), *words(ENDS)], label=_("What became of it"))
    on = forms.DateField(label=_("Since"), widget=DAY)
    spent = Money(label=_("What it has cost"), min_value=0, max_digits=12, decimal_places=2, required=False)
    outcome = forms.CharField(
        label=_("How it came to that, and what we learned"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("state") and given["state"] != RecoveryState.CALLED_OFF and given.get("spent") is None:
            self.add_error("spent", _("Say what it has cost; 0 where it cost nothing"))
        return given


class DoForm(SettleForm):
    """It was done."""

    on = forms.DateField(label=_("Done on"), widget=DAY)
    note = forms.CharField(
        label=_("What came of it"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class LeaveOutForm(SettleForm):
    """It is not done."""

    why = forms.CharField(label=_("Why not"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


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
    """Other words, somebody else, or another day."""

    version = forms.IntegerField(widget=forms.HiddenInput)


USUAL: Any = {"cost": Decimal(1000), "share": 30, "months": 6}
"""Until somebody says otherwise."""
