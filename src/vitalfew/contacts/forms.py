from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import LANGUAGES, Person, Phone, Post, choices
from vitalfew.contacts.questions import bosses_at, colleagues
from vitalfew.contacts.reporting import closes_circle
from vitalfew.contacts.words import LEVELS, Attitude, Basis, Channel, Influence, Part, PhoneKind
from vitalfew.people.fields import DAY, Row, checked_email, chosen, dressed
from vitalfew.people.models import User


class PersonForm(forms.ModelForm[Person]):
    """What belongs to the person, wherever he or she works."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Person
        fields = (
            "name", "called", "email", "wechat", "channel", "language", "birthday", "note", "basis", "agreed_on",
            "purpose", "keep_until",
        )  # fmt: skip
        widgets = {"birthday": DAY, "agreed_on": DAY, "keep_until": DAY, "note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "name": _("Person's name"), "called": _("How to address"), "email": _("E-mail"), "wechat": _("WeChat"),
            "channel": _("Wishes to be reached by"), "language": _("Language"), "birthday": _("Birthday"), "note": _("Note"),
            "agreed_on": _("Consent given on"), "purpose": _("What it is kept for"), "keep_until": _("To be kept until"),
        }  # fmt: skip
        help_texts = {
            "birthday": _("Only where the person wishes it"),
            "keep_until": _("After this day it is asked whether it may go"),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"] = chosen(_("Wishes to be reached by"), choices(Channel))
        self.fields["language"] = chosen(_("Language"), LANGUAGES)
        self.fields["basis"] = chosen(_("Why it may be kept"), choices(Basis))
        dressed(self)

    def clean_email(self) -> str:
        return checked_email(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("basis") == Basis.CONSENT and not said.get("agreed_on"):
            self.add_error("agreed_on", _("Write the day on which the person agreed"))
        return said


class PostForm(forms.ModelForm[Post]):
    """What the person is at one account."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Post
        fields = ("title", "department", "level", "part", "influence", "attitude", "reports_to", "since", "left_on")
        widgets = {"since": DAY, "left_on": DAY}
        labels = {
            "title": _("Job title"), "department": _("Department"), "level": _("Level"), "part": _("Part in buying"),
            "influence": _("Influence"), "reports_to": _("Reports to"), "attitude": _("Attitude to us"),
            "since": _("Since"), "left_on": _("Left on"),
        }  # fmt: skip

    def __init__(self, *args: Any, account: Account | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("level", LEVELS), ("part", Part), ("influence", Influence), ("attitude", Attitude)):
            self.fields[name] = self._choice(name, choices(words))
        self._report(account or (self.instance.account if self.instance.pk else None))
        dressed(self)

    def _report(self, account: Account | None) -> None:
        """To one of the others at the account, or to the one who was named, there or not."""
        if account is None:
            del self.fields["reports_to"]
            return
        others = colleagues(account, self.instance.reports_to_id).exclude(pk=self.instance.person_id)
        self.fields["reports_to"].queryset = others  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.fields["reports_to"].empty_label = "–"  # type: ignore[attr-defined]  # as above

    def _choice(self, name: str, known: list[tuple[str, str]]) -> forms.ChoiceField:
        """One of our words, or the one that the facts brought."""
        now = getattr(self.instance, name)
        other = [(now, now)] if now and now not in dict(known) else []
        return chosen(self.Meta.labels[name], [*known, *other])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("since") and said.get("left_on") and said["left_on"] < said["since"]:
            self.add_error("left_on", _("This is before the first day there"))
        to = said.get("reports_to")
        if to and self.instance.pk and closes_circle(bosses_at(self.instance.account), self.instance.person_id, to.pk):
            self.add_error(
                "reports_to", _("This person already reports to the one being changed, directly or over others")
            )
        return said


class PhoneForm(Row, forms.ModelForm[Phone]):
    WRITTEN = ("number",)

    class Meta:
        model = Phone
        fields = ("kind", "number")
        labels = {"kind": _("Kind"), "number": _("Telephone")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(choices=[(w.value, _(w.label)) for w in PhoneKind], label=_("Kind"))
        self.fields["number"].required = False
        self.empty_permitted = True
        dressed(self)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label


Phones = forms.formset_factory(PhoneForm, extra=1, max_num=10)


def numbers(phones: Any) -> list[tuple[str, str]]:
    """The numbers that were written down."""
    said = [form.cleaned_data for form in phones.forms if form.cleaned_data.get("number", "").strip()]
    return [(each["kind"], each["number"].strip()) for each in said]


class PlaceForm(forms.Form):
    """At which account somebody is."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(user)
        dressed(self)


class MoveForm(forms.ModelForm[Post]):
    """To which company, from which day, as what."""

    class Meta:
        model = Post
        fields = ("title", "department")
        labels = {"title": _("Job title there"), "department": _("Department there")}

    day = forms.DateField(label=_("First day there"), widget=DAY)
    field_order = ("account", "day", "title", "department")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = AccountField(user)
        self.order_fields(self.field_order)
        dressed(self)
