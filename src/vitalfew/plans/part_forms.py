"""The forms of what a plan is made of."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.accounts.between import categories
from vitalfew.accounts.colleagues import ColleagueField
from vitalfew.accounts.forms import UNSEEN, CategoryField, sees
from vitalfew.people.fields import DAY, chosen, dressed
from vitalfew.people.models import User
from vitalfew.people.permissions import Right
from vitalfew.plans.measures import GUARDED, OF_A_CATEGORY, Measure
from vitalfew.plans.models import Goal, Plan, Promotion, Step, Target

WHOLE: Final = 100
MAY_BE_BELOW: Final = (Measure.HAND, Measure.MARGIN)


class PartForm(forms.ModelForm[Any]):
    """Something that a plan is made of; ``version`` is the one the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, user: User, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.plan = user, plan
        self.prepare()
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True
        dressed(self)

    def prepare(self) -> None:
        """What it asks beyond the fields of its record."""

    def in_plan(self, name: str, day: Any) -> None:
        if day and not self.plan.since <= day <= self.plan.until:
            self.add_error(name, _("This day lies outside the plan's time"))


class GoalForm(PartForm):
    class Meta:
        model = Goal
        fields = ("text", "measure", "category", "start", "target", "unit")
        labels = {
            "text": _("What is to be reached"), "start": _("Where it stands at the beginning"), "target": _("Target"),
            "unit": _("Unit"),
        }  # fmt: skip
        help_texts = {
            "target": _("Amounts in the currency of the plan, shares in per cent"),
            "unit": _("Only for a figure written down by hand"),
        }

    def prepare(self) -> None:
        money = self.user.may(Right.MONEY)
        words = [(each.value, each.label) for each in Measure if money or each not in GUARDED]
        self.fields["measure"] = chosen(_("Measured by"), words, must=True)
        self.fields["category"] = CategoryField(self.instance.category, required=False)
        self.order_fields(["text", "measure", "category", "start", "target", "unit"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        measure, target = said.get("measure"), said.get("target")
        if measure in OF_A_CATEGORY and not said.get("category"):
            self.add_error("category", _("This measure needs a category"))
        if measure and measure not in OF_A_CATEGORY:
            said["category"] = ""
        if target is not None and target < 0 and measure not in MAY_BE_BELOW:
            self.add_error("target", _("A target below zero can't be measured so"))
        if target is not None and target > WHOLE and measure == Measure.SHARE:
            self.add_error("target", _("A share is at most 100 per cent"))
        return said


class StepForm(PartForm):
    class Meta:
        model = Step
        fields = ("text", "owner", "due", "goal")
        widgets = {"due": DAY}
        labels = {"text": _("What is to be done"), "due": _("By when"), "goal": _("Which goal it serves")}

    def prepare(self) -> None:
        self.fields["owner"] = ColleagueField(
            self.user, self.plan.account, label=_("Who sees to it"), initial=self.user.username
        )
        if self.instance.owner_id:
            self.initial["owner"] = self.instance.owner.username
        goals = Goal.objects.visible_to(self.user).filter(plan=self.plan)
        self.fields["goal"].queryset = goals  # type: ignore[attr-defined]  # the stubs know the plain field only
        self.order_fields(["text", "owner", "due", "goal"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        self.in_plan("due", said.get("due"))
        owner = said.get("owner")
        if owner and not sees(owner, self.plan.account):
            self.add_error("owner", UNSEEN)
        return said


class TargetForm(PartForm):
    class Meta:
        model = Target
        fields = ("category", "amount", "note")
        labels = {"amount": _("What it shall buy of it in the plan's time"), "note": _("Note")}

    def prepare(self) -> None:
        self.fields["category"] = CategoryField(self.instance.category)

    def clean_amount(self) -> Any:
        return _positive(self.cleaned_data["amount"])


class PromotionForm(PartForm):
    class Meta:
        model = Promotion
        fields = ("name", "categories", "since", "until", "budget", "our_share", "note")
        widgets = {"since": DAY, "until": DAY}
        labels = {
            "name": _("Name of the promotion"), "since": _("Begins on"), "until": _("Ends on"), "budget": _("Budget"),
            "our_share": _("Our share in per cent"), "note": _("Note"),
        }  # fmt: skip
        help_texts = {"budget": _("What both sides spend together")}

    def prepare(self) -> None:
        known = list(dict.fromkeys([*self.instance.promoted, *categories()]))
        field = forms.MultipleChoiceField(
            choices=[(each, each) for each in known],
            label=_("What is promoted"),
            initial=self.instance.promoted,
            required=bool(known),
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["categories"] = field
        self.initial["categories"] = self.instance.promoted

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].widget.attrs["class"] = ""

    def clean_categories(self) -> str:
        return "\n".join(self.cleaned_data["categories"])

    def clean_budget(self) -> Any:
        return _positive(self.cleaned_data["budget"])

    def clean_our_share(self) -> Any:
        share = self.cleaned_data["our_share"]
        if share > WHOLE:
            raise forms.ValidationError(_("A share is at most 100 per cent"))
        return share

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        self.in_plan("since", since)
        if since and until and until < since:
            self.add_error("until", _("It would end before it begins"))
        else:
            self.in_plan("until", until)
        return said


def _positive(amount: Any) -> Any:
    if amount <= 0:
        raise forms.ValidationError(_("An amount above zero is needed"))
    return amount


PART_FORMS: Final = {"goal": GoalForm, "step": StepForm, "target": TargetForm, "promotion": PromotionForm}


class NoteForm(forms.ModelForm[Goal]):
    """How far a goal has come that the house can't read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    figure = forms.DecimalField(label=_("Figure reached"), max_digits=17, decimal_places=2)
    figure_on = forms.DateField(label=_("As of"), widget=DAY)
    source = forms.CharField(label=_("From where the figure is"), max_length=300)

    class Meta:
        model = Goal
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)

    def clean_figure_on(self) -> Any:
        day = self.cleaned_data["figure_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day lies ahead"))
        return day
