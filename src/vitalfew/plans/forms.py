from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import UNSEEN, AccountField, sees
from vitalfew.accounts.models import Account
from vitalfew.people.fields import DAY, SettleForm, chosen, dressed
from vitalfew.people.models import User
from vitalfew.plans.models import Plan
from vitalfew.plans.words import Rating, SalesModel

FEW_ROWS: Final = 3
YEARS: Final = range(1990, 2101)


def _area(rows: int = FEW_ROWS) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PlanForm(forms.ModelForm[Plan]):
    """A plan's own fields; ``proposed`` is the sales model that the findings speak for."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Plan
        fields = (
            "title", "since", "until", "review_on", "owner", "strengths", "weaknesses", "opportunities", "threats",
            "service", "sales_model", "sales_model_why",
        )  # fmt: skip
        widgets = {
            "since": DAY, "until": DAY, "review_on": DAY, "strengths": _area(), "weaknesses": _area(),
            "opportunities": _area(), "threats": _area(), "service": _area(), "sales_model_why": _area(2),
        }  # fmt: skip
        labels = {
            "title": _("Title"), "since": _("Begins on"), "until": _("Ends on"), "review_on": _("To be reviewed on"),
            "strengths": _("Strengths"), "weaknesses": _("Weaknesses"), "opportunities": _("Opportunities"),
            "threats": _("Threats"), "service": _("What we do for it alone"),
            "sales_model_why": _("Why this sales model"),
        }  # fmt: skip
        help_texts = {
            "strengths": _("Ours with this account, seen from inside"),
            "opportunities": _("What its market and its own plans open to us"),
            "service": _("Service, delivery or terms that others do not get"),
        }

    def __init__(self, user: User, account: Account | None, *args: Any, proposed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of, self.proposed = account, proposed
        self.fields["owner"] = ColleagueField(user, account, label=_("Who sees to it"), initial=user.username)
        self.fields["sales_model"] = chosen(_("Sales model"), [(each.value, each.label) for each in SalesModel])
        if account is None:
            self.fields["account"] = AccountField(user)
            self.order_fields(["account"])
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        dressed(self)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until, review = said.get("since"), said.get("until"), said.get("review_on")
        if since and until and until < since:
            self.add_error("until", _("The plan would end before it begins"))
        elif since and review and review < since:
            self.add_error("review_on", _("It would be reviewed before it begins"))
        for name in ("since", "until", "review_on"):
            if said.get(name) and said[name].year not in YEARS:
                self.add_error(name, _("This year lies too far away"))
        owner, account = said.get("owner"), said.get("account", self.of)
        if owner and account and not sees(owner, account):
            self.add_error("owner", UNSEEN)
        self._check_model(said)
        return said

    def _check_model(self, said: dict[str, Any]) -> None:
        """Who decides against the proposal says why."""
        model = said.get("sales_model")
        if model and self.proposed and model != self.proposed and not said.get("sales_model_why"):
            self.add_error("sales_model_why", _("The findings propose another sales model: say why not"))


class CloseForm(SettleForm):
    """Reviewed and done with."""

    rating = chosen(_("How it went"), [(each.value, each.label) for each in Rating], must=True)
    lessons = forms.CharField(label=_("What we learnt"), max_length=2000, widget=_area())


class ReviewForm(SettleForm):
    """Reviewed; it goes on."""

    review_on = forms.DateField(label=_("Next review on"), widget=DAY)

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("The next review must lie ahead"))
        return day


class SendBackForm(forms.Form):
    why = forms.CharField(label=_("What is to be thought over"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
