from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vitalfew.people.fields import DAY, dressed
from vitalfew.people.models import User
from vitalfew.visit_plans.models import WEEK, VisitPlan
from vitalfew.visit_plans.questions import plannable


class PlanForm(forms.ModelForm[VisitPlan]):
    """For whom, which weeks, how many visits at most."""

    class Meta:
        model = VisitPlan
        fields = ("people", "since", "weeks", "most_a_day", "most_a_week", "mine_only")
        widgets = {"since": DAY, "people": forms.CheckboxSelectMultiple}
        labels = {
            "people": _("Who takes part"), "since": _("Week from"), "weeks": _("Weeks"),
            "most_a_day": _("Visits a day at most"), "most_a_week": _("Visits a week at most"),
            "mine_only": _("Only accounts that they manage"),
        }  # fmt: skip
        help_texts = {"since": _("Any day of the first week"), "weeks": _("1 to 12")}

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = plannable(user)
        people = User.objects.filter(pk__in=[each.pk for each in known]).order_by("name", "pk")
        self.fields["people"].queryset = people  # type: ignore[attr-defined]  # the stubs know the plain field only
        begun = {"people": [user.pk] if user in known else [], "since": timezone.localdate() + WEEK}
        for name, value in (begun | {"weeks": 4, "most_a_day": 2, "most_a_week": 4}).items():
            self.fields[name].initial = value
        dressed(self)

    def clean_since(self) -> date:
        """The Monday of its week, which is not over."""
        day: date = self.cleaned_data["since"]
        monday = day - timedelta(days=day.weekday())
        if monday + WEEK <= timezone.localdate():
            raise forms.ValidationError(_("This week is over"))
        return monday


class MoveForm(forms.Form):
    """Who goes, in which week."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Who goes"))
    week = forms.DateField(label=_("Week from"))

    def __init__(self, plan: VisitPlan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = plan.people.all()  # type: ignore[attr-defined]  # as above
