from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import colleagues
from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.language import LANGUAGES
from vitalfew.people.fields import dressed
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.reports.kinds import open_to
from vitalfew.reports.making import spoken
from vitalfew.reports.models import Schedule
from vitalfew.reports.rights import ReportRight
from vitalfew.reports.words import Form, Rhythm, Weekday


def words(known: Any) -> list[tuple[str, Any]]:
    return [(each.value, _(each.label)) for each in known]


class AskForm(forms.Form):
    """Which report, about whom, as what."""

    kind = forms.ChoiceField(label=_("Report"))
    form = forms.ChoiceField(label=_("Format"))
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGES.items()))

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = open_to(user)
        asked_of(self, user, account)
        self.fields["language"].initial = spoken(user)
        self.order_fields(("kind", "account", "form", "language"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        return about_account(self, super().clean() or {})


class ScheduleForm(forms.ModelForm[Schedule]):
    """Which report is made how often, and for whom."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Schedule
        fields = ("kind", "form", "rhythm", "weekday", "readers", "mailed")
        labels = {
            "kind": _("Report"), "form": _("Format"), "rhythm": _("How often"), "weekday": _("On"),
            "mailed": _("Mail it to its readers, with the file"),
        }  # fmt: skip
        help_texts = {
            "weekday": _("Where that day is off, on the next working day. Monthly ones come on the first working day.")
        }

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.known = user, open_to(user)
        asked_of(self, user, account)
        self.fields["rhythm"] = forms.ChoiceField(label=_("How often"), choices=words(Rhythm))
        self.fields["weekday"] = forms.ChoiceField(
            label=_("On"), choices=words(Weekday), required=False, help_text=self.Meta.help_texts["weekday"]
        )
        people = colleagues() if user.may(ReportRight.SEND) else User.objects.filter(pk=user.pk)
        self.fields["readers"] = forms.ModelMultipleChoiceField(
            people, label=_("Readers"), to_field_name="username", widget=forms.CheckboxSelectMultiple,
            help_text=_("Each gets what he or she may see, in his or her own language"),
        )  # fmt: skip
        self.order_fields(("kind", "account", "form", "rhythm", "weekday", "readers", "mailed"))
        dressed(self)

    def clean(self) -> dict[str, Any]:
        return about_account(self, super().clean() or {})


def asked_of(form: Any, user: User, account: Account | None) -> None:
    """The kinds whose figures the user may see; as a workbook only for who may export lists."""
    forms_known = [each for each in Form if each is Form.PDF or user.may(Right.EXPORT)]
    form.fields["kind"] = forms.ChoiceField(label=_("Report"), choices=words(form.known.values()))
    form.fields["form"] = forms.ChoiceField(label=_("Format"), choices=words(forms_known))
    form.fields["account"] = AccountField(user)
    form.fields["account"].required = False
    form.fields["account"].help_text = _("Where the report is about one: its code or its whole name")
    form.fields["account"].initial = account.code if account else ""


def about_account(form: Any, given: dict[str, Any]) -> dict[str, Any]:
    """A report about an account names one; the others name none."""
    kind = form.known.get(given.get("kind", ""))
    if kind and kind.of_account and not given.get("account") and "account" not in form.errors:
        form.add_error("account", _("Say which account the report is about"))
    return given
