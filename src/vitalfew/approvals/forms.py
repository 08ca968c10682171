from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField, colleagues
from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.approvals.kinds import kinds, with_amounts
from vitalfew.approvals.models import Approval, Delegation, Limit
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.people.roles import Role

ORDER: Final = ("account", "kind", "what", "amount", "why", "needed_by")


class AskForm(forms.ModelForm[Approval]):
    """What is asked for, about which account. Asked again, kind and account stay."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Approval
        fields = ("what", "amount", "why", "needed_by")
        widgets = {
            "what": forms.Textarea(attrs={"rows": 2}), "why": forms.Textarea(attrs={"rows": 3}), "needed_by": DAY,
        }  # fmt: skip
        labels = {
            "what": _("What is asked for"), "amount": _("Amount"), "why": _("Why"), "needed_by": _("Needed by"),
        }  # fmt: skip
        help_texts = {"why": _("What speaks for it, and what happens without it")}

    def __init__(self, user: User, account: Account | None, *args: Any, currency: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = True
        self.fields["amount"].min_value = None  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.fields["amount"].help_text = _("%(currency)s; left out for an exception") % {"currency": currency}
        if self.instance.pk is None:
            by_hand = [(kind.value, kind.label) for kind in kinds().values() if kind.by_hand]
            self.fields["kind"] = chosen(_("Kind of approval"), by_hand, must=True)
            if account is None:
                self.fields["account"] = AccountField(user)
        elif self.instance.number is not None:
            for name in ("what", "amount", "needed_by"):
                del self.fields[name]
        self.order_fields(ORDER)
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        kind = kinds().get(said.get("kind", self.instance.kind))
        if kind and kind.by_hand and "amount" not in self.errors:
            self._amount(said, asked=kind.money)
        day = said.get("needed_by")
        if day and day < timezone.localdate():
            self.add_error("needed_by", _("This day has passed"))
        return said

    def _amount(self, said: dict[str, Any], *, asked: bool) -> None:
        amount = said.get("amount")
        if asked and amount is None:
            self.add_error("amount", _("Say how much: limits go by the amount"))
        elif amount is not None and amount <= 0:
            self.add_error("amount", _("Write an amount above zero"))
        elif not asked:
            said["amount"] = None


class ApproveForm(SettleForm):
    note = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class SendBackForm(SettleForm):
    why = forms.CharField(
        label=_("Why, and what is missing"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class DelegationForm(forms.ModelForm[Delegation]):
    """Who decides in one's place, from when until when."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Delegation
        fields = ("deputy", "since", "until")
        widgets = {"since": DAY, "until": DAY}
        labels = {"deputy": _("Who decides in your place"), "since": _("From"), "until": _("Until")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = colleagues().exclude(pk=user.pk)
        self.fields["deputy"] = ColleagueField(user, known=others, label=_("Who decides in your place"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("It would end before it begins"))
        return said


class LimitForm(forms.ModelForm[Limit]):
    """Up to which amount a role decides; kind and role of one that is set stay."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Limit
        fields = ("amount",)
        labels = {"amount": _("Up to and including")}

    def __init__(self, *args: Any, currency: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = currency
        if self.instance.pk is None:
            some = [(kind.value, kind.label) for kind in with_amounts()]
            roles = [(role.value, role.label) for role in Role if role in _deciding()]
            self.fields["kind"] = chosen(_("Kind of approval"), some, must=True)
            self.fields["role"] = chosen(_("Role"), roles, must=True)
            self.order_fields(("kind", "role", "amount"))
        dressed(self)

    def clean_amount(self) -> Any:
        amount = self.cleaned_data["amount"]
        if amount < 0:
            raise forms.ValidationError(_("Write zero or more: with zero the role decides about none"))
        return amount


def _deciding() -> set[str]:
    return {role for kind in with_amounts() for role in kind.decide.roles}
