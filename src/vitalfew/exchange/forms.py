from datetime import timedelta
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import UNSEEN, AccountField, sees
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person, Post
from vitalfew.exchange.actions import FIELDS
from vitalfew.exchange.models import DataExchange
from vitalfew.exchange.models.agreed import said
from vitalfew.exchange.taking import ENDINGS, LARGEST, TOO_LARGE, Sent
from vitalfew.exchange.words import Offer, Rhythm, Way
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User

ORDERS: Final = {"day": True, "month": False}
LONGEST: Final = timedelta(days=92)
YEARS: Final = range(1990, 2101)


class ExchangeForm(forms.ModelForm[DataExchange]):
    """What each side gives. Asked for an account, its people can be chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = DataExchange
        fields = FIELDS
        widgets = {"since": DAY, "until": DAY, "note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "due_days": _("There within days"), "person": _("Who at the account answers for it"), "since": _("Begins on"),
            "until": _("Ends on"), "tolerance": _("Tolerance, per cent"), "note": _("Note"),
        }  # fmt: skip
        help_texts = {
            "due_days": _("So many days after the last day that is told of, the data must be there"),
            "until": _("Empty: until one side ends it"),
            "tolerance": _("By so much its stock may differ from what follows from its sales and our deliveries"),
        }  # fmt: skip

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["sell_out"] = chosen(_("It tells what it sold on"), said(Rhythm))
        self.fields["stock"] = chosen(_("It tells what it has left"), said(Rhythm))
        self.fields["way"] = chosen(_("Which way its data comes"), said(Way), must=True)
        self.fields["offers"] = forms.MultipleChoiceField(
            choices=[(each.value, _(each.label)) for each in Offer], required=False, label=_("What we tell it"),
            help_text=_("Nothing else leaves the house"), widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.fields["owner"] = ColleagueField(user, account, label=_("Who sees to it"), initial=user.username)
        self._place(user)
        dressed(self)

    def _place(self, user: User) -> None:
        """What is known is not asked."""
        if self.of is None:
            self.fields["account"] = AccountField(user)
            del self.fields["person"]
        else:
            there = Post.objects.held().filter(account=self.of).values("person")
            people = Person.objects.filter(Q(pk__in=there) | Q(pk=self.instance.person_id))
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.order_fields(["account", *FIELDS])
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        for name in ("since", "until"):
            if given.get(name) and given[name].year not in YEARS:
                self.add_error(name, _("This year lies too far away"))
        if since and until and until < since:
            self.add_error("until", _("It would end before it begins"))
        if not (given.get("sell_out") or given.get("stock") or given.get("offers")):
            self.add_error("sell_out", _("Say what at least one side gives"))
        owner, account = given.get("owner"), given.get("account", self.of)
        if owner and account and not sees(owner, account):
            self.add_error("owner", UNSEEN)
        return given


class DataForm(forms.Form):
    """A file of an account's data, and what it leaves open."""

    file = forms.FileField(
        label=_("CSV file, workbook or EDI message"), widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("Columns: date, product, and one or more of sold, stock, received; place where there are several"),
    )  # fmt: skip
    order = forms.ChoiceField(
        label=_("Order of day and month"), required=False,
        choices=[("", _("As the file shows")), ("day", _("The day first")), ("month", _("The month first"))],
    )  # fmt: skip
    sheet = forms.CharField(label=_("Sheet of the workbook"), max_length=100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if not str(upload.name).lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Taken are CSV files, workbooks (.xlsx) and EDI messages (.edi)"))
        if upload.size > LARGEST:
            raise forms.ValidationError(_(TOO_LARGE))
        return upload

    def sent(self, way: Way, *, by_them: bool = False) -> Sent:
        """As it is taken."""
        upload, said = self.cleaned_data["file"], self.cleaned_data
        return Sent(
            str(upload.name), upload.read(), way, by_them, day_first=ORDERS.get(said["order"]), sheet=said["sheet"]
        )


class ExplainForm(SettleForm):
    """Why it is as it is."""

    answer = forms.CharField(label=_("What explains it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class WaitForm(SettleForm):
    """The account was asked."""

    asks_again = forms.DateField(label=_("Ask again after"), widget=DAY)
    answer = forms.CharField(label=_("Who was asked what"), max_length=500)

    def clean_asks_again(self) -> Any:
        day = self.cleaned_data["asks_again"]
        if not timezone.localdate() < day <= timezone.localdate() + LONGEST:
            raise forms.ValidationError(_("A day after today, within three months"))
        return day
