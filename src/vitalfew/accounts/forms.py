from typing import Any, Final

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError as NotACode

from vitalfew.accounts import questions
from vitalfew.accounts.actions import SIGNATURES, NotAccepted, check_file, contents_of
from vitalfew.accounts.between import categories
from vitalfew.accounts.colleagues import PeopleSelect, colleagues
from vitalfew.accounts.kinds import KINDS
from vitalfew.accounts.models import Account, TeamRole
from vitalfew.people.models import User

UNSEEN: Final = _("This colleague does not see the account: add him or her to its team first")


def sees(user: User, account: Account) -> bool:
    return bool(Account.objects.visible_to(user).filter(pk=account.pk).exists())


class AccountForm(forms.ModelForm[Account]):
    """What people complete by hand."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    manager = forms.ModelChoiceField(queryset=User.objects.none(), required=False, label=_("Manager"))

    class Meta:
        model = Account
        fields = ("name", "kind", "region", "country", "industry", "uscc", "manager")
        labels = {
            "name": _("Company name"), "kind": _("Kind"), "region": _("Region"), "country": _("Country"),
            "industry": _("Industry"), "uscc": _("Unified social credit code"),
        }  # fmt: skip

    def __init__(self, *args: Any, may_assign: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget = forms.Select(choices=_kinds())
        managers = [user.pk for user in questions.managers()]
        self.fields["manager"].queryset = User.objects.filter(pk__in=managers)  # type: ignore[attr-defined]  # the stubs know the plain field only
        if not may_assign:
            del self.fields["manager"]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-control"

    def clean_uscc(self) -> str:
        code: str = self.cleaned_data["uscc"].strip().upper()
        if not code:
            return ""
        try:
            return str(credit_code.validate(code))
        except NotACode:
            raise forms.ValidationError(_("This is no unified social credit code: check its 18 characters")) from None


def _kinds() -> list[tuple[str, Any]]:
    """Those the house knows, then what else the book calls its customers."""
    others = sorted(set(questions.every_kind()) - set(KINDS))
    return [("", "–"), *((kind, _(label)) for kind, label in KINDS.items()), *((kind, kind) for kind in others)]


class MemberForm(forms.Form):
    """Somebody joins the account's group."""

    user = forms.ModelChoiceField(queryset=colleagues(), label=_("Person"), empty_label="–", widget=PeopleSelect)
    role = forms.ChoiceField(choices=[(role.value, role.label) for role in TeamRole], label=_("Role"))


class AccountField(forms.CharField):
    """An account that the user may see, by its code or its whole name."""

    def __init__(self, user: User) -> None:
        offered = {"data-accounts-from": reverse_lazy("accounts-like"), "autocomplete": "off"}
        widget = forms.TextInput(attrs=offered)
        super().__init__(max_length=300, label=_("Account"), help_text=_("Its code or its whole name"), widget=widget)
        self.user = user

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        seen = Account.objects.visible_to(self.user)
        by_code = questions.one(self.user, text)
        rows = [by_code] if by_code else list(seen.filter(name=text)[:2])
        if len(rows) != 1:
            raise forms.ValidationError(_("No account of yours has this code or name"))
        return rows[0]


class UploadField(forms.FileField):
    """A document of a kind that is kept: its name and bytes."""

    def __init__(self, *, required: bool = False) -> None:
        widget = forms.FileInput(attrs={"accept": ",".join(SIGNATURES)})
        super().__init__(required=required, label=_("File or photo"), widget=widget)

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes] | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            check_file(*(given := contents_of(upload)))
        except NotAccepted:
            raise forms.ValidationError(
                _("Kept are PDF, pictures, Office documents and text up to 25 MB; this file is none of these")
            ) from None
        return given


class CategoryField(forms.ChoiceField):
    """One of the categories of the product list, and what stands in the record already."""

    def __init__(self, kept: str = "", *, required: bool = True) -> None:
        known = [*dict.fromkeys([*([kept] if kept else []), *categories()])]
        super().__init__(choices=[("", "–"), *((each, each) for each in known)], required=required, label=_("Category"))
