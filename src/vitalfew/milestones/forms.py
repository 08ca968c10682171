from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import AccountField
from vitalfew.accounts.models import Account
from vitalfew.contacts.models import Person
from vitalfew.milestones.days import has_lunar
from vitalfew.milestones.models import LONGEST_LEAD, Milestone
from vitalfew.milestones.words import USUAL, Occasion, Sign
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User

ORDER: Final = (
    "account",
    "kind",
    "title",
    "day",
    "lunar",
    "yearly",
    "round_only",
    "lead",
    "owner",
    "person",
    "consent",
)


class MilestoneForm(forms.ModelForm[Milestone]):
    """A day worth a word. A personal one names the person, and how he or she agreed that we keep it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Milestone
        fields = ("title", "day", "lunar", "yearly", "round_only", "lead", "person", "consent")
        widgets = {"day": DAY}
        labels = {
            "title": _("What it is"), "day": _("Day, the first time"), "lunar": _("By the Chinese calendar"),
            "yearly": _("Comes round every year"),
            "round_only": _("Only the first and every fifth year"),
    "lead": _("Days ahead it is told"), "person": _("Whose day"),
            "consent": _("How he or she agreed"),
        }  # fmt: skip
        help_texts = {
            "title": _("Such as: 20 years, new plant in Hefei, name of the award"),
            "consent": _("Asked for with a personal day: who keeps it without a yes breaks a confidence"),
        }  # fmt: skip

    def __init__(self, user: User, account: Account | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = account
        self.fields["kind"] = chosen(_("Kind of day"), [(each.value, each.label) for each in Occasion], must=True)
        self.fields["owner"] = ColleagueField(
            user, account, label=_("Who congratulates"), required=False, empty_label=_("The account's manager")
        )
        self.fields["lead"].validators.append(MaxValueValidator(LONGEST_LEAD))
        self.fields["lead"].required = False
        self._place(user)
        self.order_fields(ORDER)
        dressed(self)

    def _place(self, user: User) -> None:
        if self.of is None:
            self.fields["account"] = AccountField(user)
            del self.fields["person"], self.fields["consent"]
        else:
            people = Person.objects.filter(posts__account=self.of, posts__put_away_at=None).distinct()
            self.fields["person"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only

    def clean_lead(self) -> int:
        """As many days as is usual for its kind, where none are said."""
        said: int | None = self.cleaned_data["lead"]
        return said if said is not None else USUAL[self.cleaned_data.get("kind") or Occasion.OTHER].lead

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("lunar") and said.get("day") and not has_lunar(said["day"]):
            self.add_error("day", _("The Chinese calendar is known from 1901 to 2099"))
        if said.get("kind") == Occasion.PERSONAL:
            self._personal(said)
        return said

    def _personal(self, said: dict[str, Any]) -> None:
        if self.of is None:
            self.add_error("kind", _("Begin a personal day on the account's page: there its people can be chosen"))
        elif not said.get("person"):
            self.add_error("person", _("Say whose day it is"))
        elif not said.get("consent"):
            self.add_error("consent", _("Say how he or she agreed that we keep this day"))


class CongratulateForm(SettleForm):
    """Something was sent or said."""

    what = forms.CharField(
        label=_("What was sent or said"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    done_on = forms.DateField(label=_("On which day"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sign"] = chosen(_("How"), [(each.value, each.label) for each in Sign], must=True)
        self.order_fields(("sign", "what", "done_on"))
        dressed(self)


class LeaveOutForm(SettleForm):
    """Nothing is sent this time."""

    why = forms.CharField(label=_("Why nothing is sent"), max_length=500)


class ReplyForm(SettleForm):
    """What came back."""

    text = forms.CharField(label=_("What came back"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    on = forms.DateField(label=_("On which day"), widget=DAY)

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day
