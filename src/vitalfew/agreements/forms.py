import re
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import UNSEEN, AccountField, UploadField, sees
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.agreements.actions import CARE, FIELDS
from vitalfew.agreements.models import Agreement
from vitalfew.agreements.words import AgreementKind, Renewal, Side
from vitalfew.contacts.models import Person, Post
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User

YEARS: Final = range(1990, 2101)
LONGEST: Final = 3660
CURRENCY: Final = re.compile(r"[A-Z]{3}")


def words(known: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in known]


class AgreementForm(forms.ModelForm[Agreement]):
    """An agreement's own fields; of one in force only its number, who looks after it and who signed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Agreement
        fields = FIELDS
        widgets = {"since": DAY, "until": DAY, "signed_on": DAY, "note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "number": _("Agreement number"), "title": _("Title"), "since": _("Begins on"), "until": _("Ends on"),
            "notice_days": _("Notice period in days"), "lead_days": _("Remind so many days ahead"),
            "value": _("Value a year"), "currency": _("Currency"), "ours": _("Who signs for us"),
            "theirs": _("Who signs for the customer"), "signed_on": _("Signed on"), "note": _("Note"),
        }  # fmt: skip
        help_texts = {
            "until": _("Empty: until one side ends it"),
            "notice_days": _("Before its last day; the day by which notice must be given follows from it"),
        }

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["kind"] = chosen(_("Kind"), words(AgreementKind), must=True)
        self.fields["renewal"] = chosen(_("Renewal"), words(Renewal), must=True)
        self.fields["owner"] = ColleagueField(user, account, label=_("Who sees to it"), initial=user.username)
        self.fields["ours"] = ColleagueField(
            user, account, label=_("Who signs for us"), required=False, empty_label="–"
        )
        self._place(user)
        dressed(self)

    def _place(self, user: User) -> None:
        """What is known, and what can't be changed any more, is not asked."""
        if self.instance.pk and not self.instance.is_draft:
            for name in set(FIELDS) - set(CARE):
                del self.fields[name]
        if self.of is None:
            del self.fields["theirs"]
            self.fields["account"] = AccountField(user)
        else:
            there = Post.objects.held().filter(account=self.of).values("person")
            people = Person.objects.filter(Q(pk__in=there) | Q(pk=self.instance.theirs_id))
            self.fields["theirs"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.order_fields(["account", *FIELDS])
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"].strip().upper()
        if code and not CURRENCY.fullmatch(code):
            raise forms.ValidationError(_("A currency has three letters, such as CNY"))
        return code

    def clean_value(self) -> Any:
        value = self.cleaned_data["value"]
        if value is not None and value < 0:
            raise forms.ValidationError(_("An amount below zero can't be agreed on"))
        return value

    def clean_notice_days(self) -> Any:
        return _within(self.cleaned_data["notice_days"])

    def clean_lead_days(self) -> Any:
        return _within(self.cleaned_data["lead_days"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        self._check_days(said)
        if said.get("value") is not None and "currency" in self.fields and not said.get("currency"):
            self._say_once("currency", _("Say in which currency the value is"))
        owner, account = said.get("owner"), said.get("account", self.of)
        if owner and account and not sees(owner, account):
            self.add_error("owner", UNSEEN)
        return said

    def _check_days(self, said: dict[str, Any]) -> None:
        since, until, notice = said.get("since"), said.get("until"), said.get("notice_days")
        for name in ("since", "until", "signed_on"):
            if said.get(name) and said[name].year not in YEARS:
                self.add_error(name, _("This year lies too far away"))
        if since and until and until < since:
            self.add_error("until", _("The agreement would end before it begins"))
        elif since and until and notice and (until - since).days < notice:
            self.add_error("notice_days", _("Notice would have to be given before the agreement begins"))
        if said.get("renewal") == Renewal.AUTOMATIC and "until" in self.fields and not until:
            self._say_once("until", _("What renews itself needs a last day on which it does"))

    def _say_once(self, name: str, text: Any) -> None:
        if name not in self.errors:
            self.add_error(name, text)


def _within(days: int | None) -> int | None:
    if days is not None and days > LONGEST:
        raise forms.ValidationError(_("So many days are more than ten years"))
    return days


class NoticeForm(SettleForm):
    """One side gave notice."""

    on = forms.DateField(label=_("Notice given on"), widget=DAY)
    by = chosen(_("Who gave notice"), words(Side), must=True)
    why = forms.CharField(label=_("Reason"), max_length=500)


class EndForm(SettleForm):
    """It is over."""

    on = forms.DateField(label=_("Ended on"), widget=DAY)
    why = forms.CharField(label=_("Reason"), max_length=500)


class AttachForm(forms.Form):
    """A document of the account, or a new one."""

    file = forms.ModelChoiceField(
        AccountFile.objects.none(), label=_("Document of the account"), required=False, empty_label="–"
    )
    upload = UploadField()

    def __init__(self, row: Agreement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = AccountFile.objects.filter(account=row.account).exclude(agreements=row)
        self.fields["file"].queryset = known  # type: ignore[attr-defined]  # the stubs know the plain field only
        dressed(self)
