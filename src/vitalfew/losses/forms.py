from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import colleagues
from vitalfew.accounts.forms import UNSEEN, AccountField, sees
from vitalfew.accounts.models import Account
from vitalfew.losses.interview import ASKED
from vitalfew.losses.models import LONGEST, Loss
from vitalfew.losses.words import Back
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.terms import ChurnCause

NEEDED: Any = _("What we would have needed to know, and by when")


def words(known: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in known]


class LossForm(forms.ModelForm[Loss]):
    """Which account left when, and who talks to it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Loss
        fields = ("lost_on", "talker")
        widgets = {"lost_on": DAY}
        labels = {"lost_on": _("Lost since")}
        help_texts = {"lost_on": _("The day by which it would have bought again, or on which it told us")}

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["talker"] = forms.ModelChoiceField(
            colleagues(), label=_("Who talks to it"), to_field_name="username", empty_label="–",
            help_text=_("Better not who lost it"),
        )  # fmt: skip
        if account is None:
            self.fields["account"] = AccountField(user)
        self.order_fields(("account", "lost_on", "talker"))
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        talker, account = given.get("talker"), given.get("account", self.of)
        if talker and account and not sees(talker, account):
            self.add_error("talker", UNSEEN)
        return given


class TalkForm(SettleForm):
    """The guided talk: what it says, in its own words; the cause last."""

    on = forms.DateField(label=_("Talked on"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in ASKED.items():
            self.fields[name] = forms.CharField(
                label=_(question), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.fields["back"] = chosen(_("Of coming back it says"), words(Back), must=True)
        self.fields["cause"] = chosen(_("The reason it gives itself"), words(ChurnCause))
        self.fields["cause"].required = True
        self.fields["needed"] = forms.CharField(
            label=NEEDED, max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
        dressed(self)


class RefusedForm(SettleForm):
    """It gives no reason."""

    needed = forms.CharField(label=NEEDED, max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2}))
