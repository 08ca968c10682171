from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError as NotACode

from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.directory.kinds import Kind
from vitalfew.directory.models import Organisation, OrganisationPerson, Served
from vitalfew.people.fields import DAY, Row, checked_email, chosen, dressed
from vitalfew.people.models import User


class CustomerField(AccountField):
    """The customer it is, too; none where it is none."""

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self.required, self.label = False, _("It is this customer, too")

    def clean(self, value: Any) -> Account | None:
        return super().clean(value) if value and value.strip() else None


class OrganisationForm(forms.ModelForm[Organisation]):
    """A distributor, agent, supplier or carrier."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    web = forms.URLField(required=False, label=_("Website"), assume_scheme="https", max_length=200)

    class Meta:
        model = Organisation
        fields = (
            "name", "distributor", "agent", "supplier", "carrier", "code", "region", "country", "uscc", "web", "phone", "email",
            "channel", "note",
        )  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "name": _("Company name"), **{kind.value: _(kind.label) for kind in Kind}, "code": _("Code"),
            "region": _("Region"), "country": _("Country"), "uscc": _("Unified social credit code"),
            "phone": _("Telephone"), "email": _("E-mail"), "channel": _("Its name in the order lines"), "note": _("Note"),
        }  # fmt: skip
        help_texts = {"channel": _("As the column 'channel' names it: its lines are counted by that")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = CustomerField(user)
        self.order_fields([*self.Meta.fields[:6], "account", *self.Meta.fields[6:]])
        dressed(self)

    def clean_email(self) -> str:
        return checked_email(self)

    def clean_uscc(self) -> str:
        code: str = self.cleaned_data["uscc"].strip().upper()
        try:
            return str(credit_code.validate(code)) if code else ""
        except NotACode:
            raise forms.ValidationError(_("This is no unified social credit code: check its 18 characters")) from None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not any(said.get(kind.value) for kind in Kind):
            self.add_error("distributor", _("Say what it is: at least one of the four"))
        return said


class PersonForm(Row, forms.ModelForm[OrganisationPerson]):
    """Somebody there to turn to."""

    WRITTEN = ("name", "title", "phone", "email", "person")

    class Meta:
        model = OrganisationPerson
        fields = ("name", "title", "phone", "email", "person")
        labels = {
            "name": _("Person's name"), "title": _("Job title"), "phone": _("Telephone"), "email": _("E-mail"),
        }  # fmt: skip

    def __init__(self, *args: Any, people: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["person"]
        else:
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only
            self.fields["person"].empty_label = "–"  # type: ignore[attr-defined]  # as above
            self.fields["person"].label = _("One of the contacts")
        self.fields["name"].required = False
        self.empty_permitted = True
        dressed(self)

    def clean_email(self) -> str:
        return checked_email(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("name") and said.get("person"):
            said["name"] = said["person"].name
        if not said.get("name") and any(said.get(each) for each in ("title", "phone", "email")):
            self.add_error("name", _("Write the person's name"))
        return said


PeopleForms = forms.formset_factory(PersonForm, extra=2, max_num=30)


def contacts_of(account: Account | None) -> Any:
    """Whom a person there may be, among the contacts of the customer it is."""
    return Person.objects.filter(posts__account=account, posts__put_away_at=None).distinct() if account else None


def people(forms_: Any) -> list[dict[str, Any]]:
    """Those that were written down."""
    written = [form.cleaned_data for form in forms_.forms if form.cleaned_data.get("name")]
    names = PersonForm.Meta.fields
    return [{"person": None, **{name: each[name] for name in names if name in each}} for each in written]


class ServeForm(forms.ModelForm[Served]):
    """For which account it works, as what."""

    class Meta:
        model = Served
        fields = ("kind", "since")
        widgets = {"since": DAY}
        labels = {"since": _("Since")}

    def __init__(self, user: User, row: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = row.kinds or list(Kind)
        self.fields["account"] = AccountField(user)
        self.fields["kind"] = chosen(_("As"), [(each.value, each.label) for each in kinds], must=True)
        self.order_fields(["account", "kind", "since"])
        dressed(self)


class ImportForm(forms.Form):
    """A list as CSV or workbook."""

    file = forms.FileField(
        label=_("CSV or Excel file"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
