from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField, UploadField
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.intelligence.models import Competitor, Confirmation, Intelligence, choices
from vitalfew.intelligence.rights import IntelligenceRight
from vitalfew.intelligence.values import NoNumber, number_of
from vitalfew.intelligence.words import (
    DELIVERED,
    LASTS,
    MEASURES,
    Attribute,
    Credibility,
    Kind,
    Reliability,
    SourceKind,
)
from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.people.models import User

GROUPS: Final = (
    (_("What is known"), ("account", "competitor", "kind", "text")),
    (_("As a fact that can be compared"), ("attribute", "value", "detail", "region", "category")),
    (_("From where, and how sure"), ("source_kind", "source", "person", "day", "reliability", "credibility", "valid_until")),
    (_("Documents"), ("file",)),
)  # fmt: skip


class NoOrOneAccount(AccountField):
    """None where it is left empty."""

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self.required = False
        self.help_text = _("Its code or its whole name; empty: of the market or a competitor at large")

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value and value.strip() else None


class FileForm(forms.Form):
    """A document more."""

    file = UploadField(required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)


def graded(form: forms.BaseForm) -> None:
    """The two steps of the grade, each with its letter or number."""
    for name, label, words in (
        ("reliability", _("How far the source can be relied on"), Reliability),
        ("credibility", _("How likely it is true"), Credibility),
    ):
        told = [(each.value, f"{each.value} · {_(each.label)}") for each in words]
        form.fields[name] = forms.ChoiceField(choices=[("", "–"), *told], label=label)


class IntelligenceForm(forms.ModelForm[Intelligence]):
    """A piece of intelligence. Asked for an account, its people can be chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    competitor = forms.CharField(
        max_length=100, required=False, label=_("Competitor"), widget=forms.TextInput(attrs={"list": "competitors"})
    )
    valid_until = forms.DateField(
        required=False,
        label=_("Holds until"),
        widget=DAY,
        help_text=_("Empty: as long as its kind is usually good for"),
    )

    class Meta:
        model = Intelligence
        fields = (
            "kind", "text", "attribute", "value", "detail", "region", "category", "source_kind", "source",
            "person", "day", "reliability", "credibility", "valid_until",
        )  # fmt: skip
        widgets = {"day": DAY, "text": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "text": _("Statement"), "value": _("Value given"), "detail": _("Of what exactly"), "region": _("Region"),
            "category": _("Category"), "source": _("Who or what said it"), "person": _("Who at the customer said it"),
            "day": _("True as of"),
        }  # fmt: skip
        help_texts = {"source": _("Name, paper, fair: two sources are told apart by it")}

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account, self.general = account, user.may(IntelligenceRight.MARKET)
        self.fields["kind"] = chosen(_("Kind"), choices(Kind), must=True)
        self.fields["attribute"] = chosen(_("Attribute"), _measured(Attribute))
        self.fields["source_kind"] = chosen(_("From where"), choices(SourceKind), must=True)
        graded(self)
        self._place(user)
        dressed(self)

    def _place(self, user: User) -> None:
        """What is known already is not asked: the account of a piece stays."""
        if self.account is None:
            del self.fields["person"]
        else:
            people = Person.objects.filter(posts__account=self.account, posts__put_away_at=None).distinct()
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only
            self.fields["person"].empty_label = "–"  # type: ignore[attr-defined]  # as above
        if self.instance.pk is None:
            self.fields["file"] = UploadField()
            if self.account is None:
                self.fields["account"] = NoOrOneAccount(user) if self.general else AccountField(user)

    @property
    def groups(self) -> Iterable[tuple[Any, list[Any], bool]]:
        """Its fields as they stand together, and whether these are folded: the optional ones, while none is filled."""
        for title, names in GROUPS:
            if fields := [self[name] for name in names if name in self.fields]:
                optional = not any(each.field.required for each in fields) and "file" not in names
                yield title, fields, optional and not any(each.value() or each.errors for each in fields)

    def clean_competitor(self) -> str:
        return " ".join(self.cleaned_data["competitor"].split())

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead: write since when it is so"))
        return day

    def clean_credibility(self) -> int:
        return int(self.cleaned_data["credibility"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        self._whole_fact(said)
        day, until = said.get("day"), said.get("valid_until")
        if day and until and until < day:
            self.add_error("valid_until", _("This is before the day it was so"))
        elif day and not until and said.get("kind"):
            said["valid_until"] = day + timedelta(days=LASTS[said["kind"]])
        return said

    def _whole_fact(self, said: dict[str, Any]) -> None:
        """An attribute has a value, a value an attribute, and numbers are numbers."""
        attribute, value = said.get("attribute", ""), said.get("value", "")
        if bool(attribute) != bool(value):
            self.add_error("value" if attribute else "attribute", _("A fact has both: an attribute and its value"))
        elif attribute == Attribute.OTHER and not said.get("detail"):
            self.add_error("detail", _("Write of what it is the value"))
        elif attribute in DELIVERED and self.account is None and not said.get("account"):
            self.add_error("attribute", _("Delivered value is told of an account: name it"))
        elif attribute:
            self._number(attribute, value)

    def _number(self, attribute: str, value: str) -> None:
        try:
            number_of(attribute, value)
        except NoNumber:
            self.add_error("value", _("Write a number, as 2150 or 2,150.50"))


def _measured(words: Iterable[Attribute]) -> list[tuple[str, Any]]:
    """Each attribute with how its value is given."""
    return [(each.value, f"{_(each.label)} ({_(MEASURES[each].label)})") for each in words]


class ConfirmationForm(forms.ModelForm[Confirmation]):
    """From whom else, and when."""

    class Meta:
        model = Confirmation
        fields = ("source_kind", "source", "day")
        widgets = {"day": DAY}
        labels = {"source": _("Who or what said it"), "day": _("Heard on")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_kind"] = chosen(_("From where"), choices(SourceKind), must=True)
        dressed(self)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This lies ahead: log it when it is done"))
        return day


class CompetitorForm(forms.ModelForm[Competitor]):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    web = forms.URLField(required=False, label=_("Website"), assume_scheme="https", max_length=200)

    class Meta:
        model = Competitor
        fields = ("name", "web", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}
        labels = {"name": _("Company name"), "note": _("Note")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
