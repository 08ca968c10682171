from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import colleagues
from vitalfew.accounts.forms import UNSEEN, AccountField, CategoryField, UploadField, sees
from vitalfew.accounts.models import Account, AccountFile
from vitalfew.activities.models import Activity
from vitalfew.journeys import questions
from vitalfew.journeys.models import FUNCTIONS, Check, Checkpoint, Journey, JourneyTemplate
from vitalfew.journeys.words import LATE, After, End, Result, Stage
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.promises.rights import PromiseRight

ORDER: Final = (
    "account", "template", "title", "family", "order", "worth", "currency", "owner", "opened_on", "ordered_on",
    "promised_on", "delivered_on",
)  # fmt: skip
ENDS: Final = tuple(each for each in End if each is not End.COMPLETE)


def words(known: Any) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in known]


class ColleagueField(forms.ModelChoiceField[User]):
    """Somebody of ours, by user name."""

    def __init__(self, label: Any) -> None:
        super().__init__(colleagues(), label=label, to_field_name="username", empty_label="–")


class TemplateForm(forms.ModelForm[JourneyTemplate]):
    """What a template is called, and for which purchases it is."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = JourneyTemplate
        fields = ("name", "about")
        labels = {"name": _("What it is called"), "about": _("For which purchases")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autofocus"] = True
        dressed(self)


class CheckpointForm(forms.ModelForm[Checkpoint]):
    """A check of a template."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Checkpoint
        fields = ("title", "how", "stage", "place", "function", "after", "days", "months", "must", "evidence")
        widgets = {"how": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "title": _("What is checked"), "how": _("How it is done"), "place": _("Order within its stage"),
            "days": _("Working days after it"), "months": _("Comes again every so many months"),
            "must": _("Obligatory"), "evidence": _("Asks for evidence: a document or a touch of the account"),
        }  # fmt: skip
        help_texts = {
            "months": _("In use alone; the first time so many months after the day above, then after it was done last"),
        }

    def __init__(self, _user: User, _row: JourneyTemplate, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"] = chosen(_("Stage"), words(Stage), must=True)
        self.fields["function"] = chosen(_("Whose work it is"), words(FUNCTIONS), must=True)
        self.fields["after"] = chosen(_("Due after"), words(After), must=True)
        self.order_fields(self.Meta.fields)
        self.fields["title"].widget.attrs["autofocus"] = True
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("months") and given.get("stage") != Stage.USE:
            self.add_error("months", _("Only what is in use is looked at again and again"))
        if given.get("months") and given.get("after") == After.CHECK:
            self.add_error("after", _("What comes again counts from a day of its own, such as the delivery"))
        if given.get("stage") in LATE and given.get("after") == After.PROMISED:
            self.add_error("after", _("After delivery, the day of delivery counts"))
        return given


class JourneyForm(forms.ModelForm[Journey]):
    """A purchase that is accompanied. The template is chosen as it begins."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Journey
        fields = (
            "title", "family", "order", "worth", "currency", "owner", "opened_on", "ordered_on", "promised_on", "delivered_on",
        )  # fmt: skip
        widgets = dict.fromkeys(("opened_on", "ordered_on", "promised_on", "delivered_on"), DAY)
        labels = {
            "title": _("Which purchase"), "order": _("Order number"), "worth": _("Worth"), "currency": _("Currency"),
            "opened_on": _("Service begun on"), "ordered_on": _("Ordered on"), "promised_on": _("Promised day of delivery"),
            "delivered_on": _("Delivered on"),
        }  # fmt: skip
        help_texts = {"order": _("Its days and product family are then taken from the facts, soon and every night")}

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["owner"] = ColleagueField(_("Who leads it"))
        self.fields["family"] = CategoryField(self.instance.family, required=False)
        self.fields["family"].label = _("Product family")
        if self.instance.pk is None:
            self._begun(user)
        self.order_fields(ORDER)
        self.fields["title"].widget.attrs["autofocus"] = True
        dressed(self)

    def _begun(self, user: User) -> None:
        rows = questions.usable(user)
        self.fields["template"] = forms.ModelChoiceField(rows, label=_("Template"), empty_label=None)
        if self.of is None:
            self.fields["account"] = AccountField(user)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).strip().upper()

    def clean_opened_on(self) -> Any:
        day = self.cleaned_data["opened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day

    def clean_order(self) -> str:
        return str(self.cleaned_data["order"]).strip()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        owner, account = given.get("owner"), given.get("account", self.of)
        if owner and account and not sees(owner, account):
            self.add_error("owner", UNSEEN)
        if account and given.get("order"):
            self._alone(account, given["order"])
        ordered, delivered = given.get("ordered_on"), given.get("delivered_on")
        if ordered and delivered and delivered < ordered:
            self.add_error("delivered_on", _("It was delivered before it was ordered"))
        if delivered and delivered > timezone.localdate():
            self.add_error("delivered_on", _("This day lies ahead"))
        return given

    def _alone(self, account: Account, order: str) -> None:
        if Journey.objects.of_order(account, order).exclude(pk=self.instance.pk).exists():
            self.add_error("order", _("This order has a journey already"))


class DoForm(SettleForm):
    """What a check came to."""

    result = forms.ChoiceField(label=_("What it came to"))
    on = forms.DateField(label=_("Done on"), widget=DAY)
    note = forms.CharField(
        label=_("What was found"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where trouble was found or it does not apply"),
    )  # fmt: skip
    file = UploadField()
    document = forms.ModelChoiceField(
        AccountFile.objects.none(), label=_("Or a document kept at the account"), required=False
    )
    activity = forms.ModelChoiceField(Activity.objects.none(), label=_("Or a touch of the account"), required=False)
    promise = forms.CharField(
        label=_("What we promise the customer because of it"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Written down as a promise in the same step"),
    )  # fmt: skip
    promise_due = forms.DateField(label=_("To be kept by"), widget=DAY, required=False)

    def __init__(self, user: User, check: Check, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = check
        self.fields["result"] = chosen(_("What it came to"), words(Result), must=True)
        self.fields["document"].queryset = questions.documents(check.account)  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.fields["activity"].queryset = questions.touches(user, check.account)  # type: ignore[attr-defined]  # as above
        if not user.may(PromiseRight.MAKE):
            del self.fields["promise"], self.fields["promise_due"]
        self.order_fields(["version", "result", "on", "note"])
        dressed(self)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        result, shown = given.get("result"), [given.get(name) for name in ("file", "document", "activity")]
        if result and result != Result.FINE and not given.get("note", "").strip() and "note" not in self.errors:
            self.add_error("note", _("Say in a few words what was found, or why it does not apply"))
        if self.asked.evidence and result != Result.SPARED and not any(shown) and "file" not in self.errors:
            self.add_error("file", _("This check asks for evidence: add a document or a touch of the account"))
        if given.get("promise", "").strip() and not given.get("promise_due"):
            self.add_error("promise_due", _("Say by when it is kept"))
        if given.get("promise_due") and given.get("on") and given["promise_due"] < given["on"]:
            self.add_error("promise_due", _("It was to be kept before it was promised"))
        return given


class LeaveOutForm(SettleForm):
    """It is not done."""

    why = forms.CharField(label=_("Why it is left out"), max_length=500)


class HandOnForm(SettleForm):
    """Somebody else."""

    owner = ColleagueField(_("To whom"))

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account

    def clean_owner(self) -> User:
        owner: User = self.cleaned_data["owner"]
        if not sees(owner, self.of):
            raise forms.ValidationError(UNSEEN)
        return owner


class CloseForm(SettleForm):
    """It ends."""

    end = forms.ChoiceField(label=_("Why it ends"))
    on = forms.DateField(label=_("Closed on"), widget=DAY)
    why = forms.CharField(label=_("In a few words"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end"] = chosen(_("Why it ends"), words(ENDS), must=True)
        dressed(self)


class TakeForm(forms.Form):
    """By which template journeys begin for several orders at once."""

    template = forms.ModelChoiceField(JourneyTemplate.objects.none(), label=_("Template"), empty_label=None)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = questions.usable(user)  # type: ignore[attr-defined]  # as above
        dressed(self)
